"""The records of an .xls (BIFF 8) that calamine does not tell of: password, calendar, which cells are formulas."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

BEGIN, END, FILEPASS, DATE_MODE, FORMULA = 0x0809, 0x000A, 0x002F, 0x0022, 0x0006
BOOL_OR_ERROR = 0x0205
# Values of a cell that could not be computed, as Excel shows them.
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
GLOBALS, WORKSHEET = 0x0005, 0x0010  # kinds of parts, named where one begins
HEAD = struct.Struct("<HH")  # type and length of a record


@dataclass(slots=True)
class BiffFacts:
    """What the records say. Formulas by sheet, in the order of the sheets: row and column from 0."""

    encrypted: bool = False
    version: int = 6  # of the format as its parts name it; 5 is Excel 5.0/95
    date_1904: bool = False
    formulas: list[list[tuple[int, int]]] = field(default_factory=list)
    errors: list[list[tuple[int, int, str]]] = field(default_factory=list)  # likewise, and the value


def biff_facts(stream: bytes) -> BiffFacts:
    """Read through the stream of a workbook; one that breaks off gives what came before."""
    facts = BiffFacts()
    depth = 0  # a chart inside a sheet is a part inside a part
    for kind, content in _records(stream):
        if kind == FILEPASS:
            facts.encrypted = True
            break  # what follows cannot be read
        depth += (kind == BEGIN) - (kind == END)
        if depth == 1 and kind in NOTED:
            NOTED[kind](facts, content)
    return facts


def _begin(facts: BiffFacts, content: bytes) -> None:
    version, part = HEAD.unpack_from(content)
    if part == GLOBALS:
        facts.version = version >> 8
    elif part == WORKSHEET:
        facts.formulas.append([])
        facts.errors.append([])


def _date_mode(facts: BiffFacts, content: bytes) -> None:
    facts.date_1904 = content[:1] == b"\x01"


def _formula(facts: BiffFacts, content: bytes) -> None:
    if facts.formulas:
        facts.formulas[-1].append(HEAD.unpack_from(content))


def _error(facts: BiffFacts, content: bytes) -> None:
    if facts.errors and content[7:8] == b"\x01":
        row, column = HEAD.unpack_from(content)
        facts.errors[-1].append((row, column, ERRORS.get(content[6], "#N/A")))


NOTED = {BEGIN: _begin, DATE_MODE: _date_mode, FORMULA: _formula, BOOL_OR_ERROR: _error}


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + HEAD.size <= len(stream):
        kind, length = HEAD.unpack_from(stream, at)
        if kind == 0 and length == 0:  # padding after the last part
            return
        at += HEAD.size
        yield kind, stream[at : at + length].ljust(HEAD.size, b"\0")
        at += length
