"""Writes .xls workbooks (BIFF 8 in an OLE container) by hand, since no library of ours can."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

SECTOR = 512
SMALLEST_STREAM = 4096  # shorter streams would need the container's second, finer table
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
DATE_STYLE, PLAIN_STYLE = 1, 0
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
VISIBLE, HIDDEN, VERY_HIDDEN = 0, 1, 2


@dataclass(frozen=True)
class Formula:
    """A cell that calculates; the result is what Excel last stored."""

    result: float


@dataclass(frozen=True)
class OldSheet:
    """A worksheet: its rows, what is merged (first row, last row, first column, last column; from 0), its state."""

    rows: Sequence[Sequence[Any]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    state: int = VISIBLE


@dataclass(frozen=True)
class OldBook:
    """Sheets by name, the date system, and further streams such as those that WPS adds."""

    sheets: dict[str, OldSheet]
    date_1904: bool = False
    streams: dict[str, bytes] = field(default_factory=dict)


def old_excel(book: OldBook) -> bytes:
    """The whole file."""
    stream = workbook_stream(book).ljust(SMALLEST_STREAM, b"\0")
    return container(
        {"Workbook": stream} | {n: s.ljust(SMALLEST_STREAM, b"\0") for n, s in book.streams.items()}
    )


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def workbook_stream(book: OldBook) -> bytes:
    """The globals, whose records of the sheets say where each sheet begins, and the sheets."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    start += record(0x0042, struct.pack("<H", 1200)) + record(0x0022, struct.pack("<H", book.date_1904))
    start += _style(0) + _style(14)
    bodies = [_sheet(sheet, book.date_1904) for sheet in book.sheets.values()]
    at = len(start) + sum(len(_bound(name, 0, 0)) for name in book.sheets) + len(record(0x000A))
    for (name, sheet), body in zip(book.sheets.items(), bodies, strict=True):
        start += _bound(name, at, sheet.state)
        at += len(body)
    return start + record(0x000A) + b"".join(bodies)


def _style(number_format: int) -> bytes:
    return record(0x00E0, struct.pack("<HHH", 0, number_format, 0).ljust(20, b"\0"))


def _bound(name: str, at: int, state: int) -> bytes:
    return record(0x0085, struct.pack("<IBBBB", at, state, 0, len(name), 1) + name.encode("utf-16-le"))


def _sheet(sheet: OldSheet, date_1904: bool) -> bytes:
    width = max(map(len, sheet.rows), default=0)
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    head += record(0x0200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0))
    return head + b"".join(_cells(sheet.rows, date_1904)) + _merged(sheet.merged) + record(0x000A)


def _cells(rows: Sequence[Sequence[Any]], date_1904: bool) -> Iterator[bytes]:
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                yield _cell(number, column, value, date_1904)


def _cell(row: int, column: int, value: Any, date_1904: bool) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        place = struct.pack("<HHHHB", row, column, PLAIN_STYLE, len(text) // 2, 1)
        return record(0x0204, place + text)
    if isinstance(value, Formula):
        place = struct.pack("<HHHdHIH", row, column, PLAIN_STYLE, value.result, 0, 0, 3)
        return record(0x0006, place + b"\x1e\x01\x00")  # calculates the constant 1
    style = DATE_STYLE if isinstance(value, datetime) else PLAIN_STYLE
    number = (value - EPOCHS[date_1904]).total_seconds() / 86_400 if isinstance(value, datetime) else value
    return record(0x0203, struct.pack("<HHHd", row, column, style, number))


def _merged(ranges: Sequence[tuple[int, int, int, int]]) -> bytes:
    cells = b"".join(struct.pack("<HHHH", *each) for each in ranges)
    return record(0x00E5, struct.pack("<H", len(ranges)) + cells) if ranges else b""


def container(streams: dict[str, bytes]) -> bytes:
    """An OLE container: header, one table of sectors, one sector of directory, then the streams."""
    table, entries, body = [TABLE, END], [], b""
    for name, content in streams.items():
        entries.append(_entry(name, 2, len(table), len(content), right=len(entries) + 2))
        sectors = -(-len(content) // SECTOR)
        table += [*range(len(table) + 1, len(table) + sectors), END]
        body += content.ljust(sectors * SECTOR, b"\0")
    entries[-1] = entries[-1][:72] + struct.pack("<I", FREE) + entries[-1][76:]
    directory = _entry("Root Entry", 5, END, 0, child=1) + b"".join(entries)
    assert len(table) <= SECTOR // 4, "a longer file would need a second table of sectors"
    packed = struct.pack("<128I", *table, *[FREE] * (SECTOR // 4 - len(table)))
    return _header() + packed + directory.ljust(SECTOR, b"\0") + body


def _header() -> bytes:
    header = bytearray(SECTOR)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, SMALLEST_STREAM, END, 0, END, 0, 0)
    struct.pack_into("<109I", header, 76, 0, *[FREE] * 108)
    return bytes(header)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    encoded = f"{name}\0".encode("utf-16-le")
    tail = struct.pack("<HBBIII", len(encoded), kind, 1, FREE, right, child)
    return (encoded.ljust(64, b"\0") + tail).ljust(116, b"\0") + struct.pack("<IQ", start, size)
