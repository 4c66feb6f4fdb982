"""The records of an .xls (BIFF 8) that calamine does not tell of: password, calendar, which cells are formulas."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

BEGIN, END, FILEPASS, DATE_MODE, FORMULA = 0x0809, 0x000A, 0x002F, 0x0022, 0x0006
GLOBALS, WORKSHEET = 0x0005, 0x0010  # kinds of parts, named where one begins
HEAD = struct.Struct("<HH")  # type and length of a record


@dataclass(slots=True)
class BiffFacts:
    """What the records say. Formulas by sheet, in the order of the sheets: row and column from 0."""

    encrypted: bool = False
    date_1904: bool = False
    formulas: list[list[tuple[int, int]]] = field(default_factory=list)


def biff_facts(stream: bytes) -> BiffFacts:
    """Read through the stream of a workbook; one that breaks off gives what came before."""
    facts = BiffFacts()
    depth = 0  # a chart inside a sheet is a part inside a part
    for kind, content in _records(stream):
        if kind == BEGIN:
            depth += 1
            if depth == 1 and _part(content) == WORKSHEET:
                facts.formulas.append([])
        elif kind == END:
            depth -= 1
        elif kind == FILEPASS:
            facts.encrypted = True
            break  # what follows cannot be read
        elif kind == DATE_MODE:
            facts.date_1904 = content[:1] == b"\x01"
        elif kind == FORMULA and depth == 1 and facts.formulas:
            facts.formulas[-1].append(HEAD.unpack_from(content))
    return facts


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + HEAD.size <= len(stream):
        kind, length = HEAD.unpack_from(stream, at)
        if kind == 0 and length == 0:  # padding after the last part
            return
        at += HEAD.size
        yield kind, stream[at : at + length].ljust(HEAD.size, b"\0")
        at += length


def _part(content: bytes) -> int:
    _, part = HEAD.unpack_from(content)
    return int(part)
