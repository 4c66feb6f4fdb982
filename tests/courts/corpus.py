"""Hostile and odd workbooks of a court, each with the verdict that it must get.

Every entry is a function that makes the bytes, registered with the fault it belongs to (X01 to X25), a name and
the verdict. Nothing binary is kept. All are sent by 滨城区人民法院 (鲁1602) for October 2026.
"""

import random
import re
import struct
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.courts.court_sheets import (
    SCHEDULE,
    appearance,
    as_bytes,
    hearing,
    judgment,
    workbook,
)
from tests.lib import hostile
from tests.lib.old_excel import VERY_HIDDEN, Formula, OldBook, OldSheet, container, old_excel

WARNINGS = frozenset({"court_unknown", "rare_character", "date_out_of_month", "not_on_schedule"})
ANY = "*"  # an error whose code the specification leaves open
DAY = "2026-10-12"
Make = Callable[[], bytes]
Place = tuple[str, int, str]  # code, row, column


@dataclass(frozen=True)
class Verdict:
    """Refused with one of some codes, or read with these counts, issues and facts; None is not looked at.

    `facts` are values of the accepted rows in their order, `says` patterns that the page must show.
    """

    refused: tuple[str, ...] = ()
    accepted: int = 0
    held: int = 0
    ignored: int | None = 0
    issues: tuple[Place, ...] = ()
    facts: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    statuses: Mapping[str, int] = field(default_factory=dict)
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A workbook of the corpus; `before` is one that was confirmed earlier, `kind` what the clerk asked for."""

    fault: str
    name: str
    make: Make
    verdict: Verdict
    kind: str = "auto"
    before: Make | None = None


ENTRIES: dict[str, Entry] = {}


def add(fault: str, name: str, make: Make, verdict: Verdict, **how: Any) -> None:
    assert name not in ENTRIES, name
    ENTRIES[name] = Entry(fault, name, make, verdict, **how)


def entry(fault: str, name: str, verdict: Verdict, **how: Any) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        add(fault, name, make, verdict, **how)
        return make

    return register


def refused(*codes: str, says: Sequence[str] = ()) -> Verdict:
    return Verdict(refused=codes, says=tuple(says))


def read(
    accepted: int,
    *issues: Place,
    ignored: int | None = 0,
    says: Sequence[str] = (),
    statuses: Mapping[str, int] | None = None,
    **facts: tuple[Any, ...],
) -> Verdict:
    """Rows with an error are held, each once."""
    held = len({row for code, row, _ in issues if code not in WARNINGS})
    return Verdict((), accepted, held, ignored, issues, facts, statuses or {}, tuple(says))


# --- tools -----------------------------------------------------------------------------------------------


def of_path(make: Callable[[Path], None]) -> Make:
    """A generator that writes a file, as one that gives bytes."""

    def content() -> bytes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "book.xlsx"
            make(path)
            return path.read_bytes()

    return content


def schedule(*rows: Sequence[Any]) -> bytes:
    return as_bytes(workbook(排庭=list(rows)))


def plain() -> bytes:
    return schedule(hearing())


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], method: int = ZIP_DEFLATED, kept: BytesIO | None = None) -> bytes:
    kept = BytesIO() if kept is None else kept
    with ZipFile(kept, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def replaced(parts: dict[str, bytes], part: str, *pairs: tuple[bytes, bytes]) -> dict[str, bytes]:
    """The parts with texts of one of them replaced; each text must be there."""
    xml = parts[part]
    for old, new in pairs:
        assert old in xml, old
        xml = xml.replace(old, new)
    return parts | {part: xml}


def with_parts(**added: bytes) -> Make:
    """The plain schedule with further parts; `__` stands for `/` and `_dot_` for a full stop."""
    parts = {name.replace("__", "/").replace("_dot_", "."): content for name, content in added.items()}
    return lambda: packed(parts_of(plain()) | parts)


# The two rows of `hostile.plain`: a good one, and one of an agency nobody knows.
PLAIN = read(1, ("agency_unknown", 3, "被诉行政机关"), days=("2026-10-28",))
HOSTILE = {name: (make, code) for name, make, code in hostile.REFUSED}
SAME = dict(hostile.SAME_AS_PLAIN)


def add_refused(fault: str, *names: str, says: Sequence[str] = ()) -> None:
    for name in names:
        make, code = HOSTILE[name]
        add(fault, name, of_path(make), refused(code, says=says))


def add_same(fault: str, *names: str) -> None:
    for name in names:
        add(fault, name, of_path(SAME[name]), PLAIN)


# --- X01 bombs, X02 rows, X03 far cells, X04 dimensions --------------------------------------------------

add_refused("X01", "padded_string.xlsx", "hundred_megabytes.xlsx")


@entry("X01", "thousand_entries.xlsx", refused("unsafe"))
def thousand_entries() -> bytes:
    return packed(parts_of(plain()) | {f"xl/media/{number}.bin": b"x" for number in range(1_000)})


@entry("X01", "lying_size.xlsx", refused("unsafe", "not_a_workbook"))
def lying_size() -> bytes:
    """The directory says 100 bytes of a sheet that unpacks to 40 megabytes."""
    parts = parts_of(plain())
    content = bytearray(packed(parts | {hostile.SHEET: parts[hostile.SHEET] + b" " * 40_000_000}))
    at = content.rfind(hostile.SHEET.encode()) - 46
    struct.pack_into("<I", content, at + 24, 100)
    return bytes(content)


add_refused("X02", "rows.xlsx", "cells.xlsx")


@entry("X02", "million_rows.xlsx", refused("too_large", "unsafe"))
def million_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(2, 1_048_576))
    parts = parts_of(plain())
    return packed(replaced(parts, hostile.SHEET, (b"</sheetData>", rows.encode() + b"</sheetData>")))


add_refused("X03", "far_cell.xlsx", "far_column.xlsx", "far_row.xlsx")
add_same("X04", "small_dimension.xlsx", "huge_dimension.xlsx", "no_dimension.xlsx")
add_refused("X04", "rows_out_of_order.xlsx")

# --- X05 blank rows --------------------------------------------------------------------------------------


@entry("X05", "million_blank_rows.xlsx", read(1, ignored=None, days=(DAY,)))
def million_blank_rows() -> bytes:
    blank = "".join(f'<row r="{n}" s="0" customFormat="1"/>' for n in range(3, 1_048_577))
    parts = parts_of(plain())
    return packed(replaced(parts, hostile.SHEET, (b"</sheetData>", blank.encode() + b"</sheetData>")))


@entry("X05", "gap_of_sixty.xlsx", read(2, ignored=60, says=["60"]))
def gap_of_sixty() -> bytes:
    return schedule(hearing(1), *[[]] * 60, hearing(2))


@entry("X05", "styled_blank_rows_at_the_end.xlsx", read(1, ignored=3))
def styled_blank_rows() -> bytes:
    """The contract ignores and counts blank styled rows at the end."""
    book = workbook(排庭=[hearing()])
    for row in range(3, 6):
        book["排庭"].cell(row, 1).fill = PatternFill("solid", start_color="FFFF00")
    return as_bytes(book)


@entry("X05", "blanks_that_are_spaces.xlsx", read(1, ignored=2))
def blanks_that_are_spaces() -> bytes:
    return schedule(hearing(), [" ", "\u3000", "\xa0"], ["", None, "\u200b"])


add_same("X05", "blank_formatted_columns.xlsx")

# --- X06 entities ----------------------------------------------------------------------------------------

add_refused(
    "X06",
    "entities.xlsx",
    "late_entity.xlsx",
    "late_doctype_in_sheet.xlsx",
    "external_entity.xlsx",
    "external_doctype.xlsx",
)


@entry("X06", "entity_in_use.xlsx", refused("unsafe"))
def entity_in_use() -> bytes:
    """An entity that a text names."""
    declaration = b'<!DOCTYPE x [<!ENTITY a "ha">]>'
    parts = hostile.with_shared_strings(parts_of(plain()))
    strings = hostile.with_doctype(declaration)(parts[hostile.STRINGS])
    return packed(parts | {hostile.STRINGS: strings.replace(b"</t>", b"&a;</t>", 1)})


# --- X07 what refers to the outside ----------------------------------------------------------------------

RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OUTSIDE = b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"'
LINK = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


@entry("X07", "external_link.xlsx", read(1, says=["外部"], days=(DAY,)))
def external_link() -> bytes:
    relation = b'<Relationship Id="rId1" ' + OUTSIDE % b"externalLinkPath"
    relation += b' Target="http://127.0.0.1/other.xlsx" TargetMode="External"/></Relationships>'
    relations = "xl/externalLinks/_rels/externalLink1.xml.rels"
    return packed(
        parts_of(plain()) | {"xl/externalLinks/externalLink1.xml": LINK, relations: RELATIONS + relation}
    )


@entry("X07", "connections.xlsx", read(1, says=["外部"], days=(DAY,)))
def connections() -> bytes:
    told = (
        b'<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><connection id="1" '
    )
    told += b'name="x" type="4"><webPr url="http://127.0.0.1/x"/></connection></connections>'
    return packed(parts_of(plain()) | {"xl/connections.xml": told})


@entry("X07", "embedded_object.xlsx", read(1, says=["嵌入|对象|附件"], days=(DAY,)))
def embedded_object() -> bytes:
    inner = container({"\x01Ole10Native": b"MZ".ljust(4096, b"\0")})
    return packed(parts_of(plain()) | {"xl/embeddings/oleObject1.bin": inner})


@entry("X07", "images.xlsx", read(1, days=(DAY,)))
def images() -> bytes:
    picture = b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(3_000_000)
    return packed(parts_of(plain()) | {f"xl/media/image{number}.png": picture for number in (1, 2, 3)})


add_refused("X07", "big.xlsx", says=["10 MB"])

# --- X08 formulas ----------------------------------------------------------------------------------------


@entry("X08", "formulas.xlsx", read(
    1,
    ("formula_not_allowed", 2, "法庭"), ("formula_not_allowed", 3, "原告"), ("formula_not_allowed", 4, "开庭日期"),
    says=["粘贴为数值"],
))  # fmt: skip
def formulas() -> bytes:
    return schedule(
        hearing(1, 法庭='=HYPERLINK("http://127.0.0.1/","一庭")'),
        hearing(2, 原告="=cmd|'/C calc'!A0"),
        hearing(3, day="=TODAY()"),
        hearing(4),
    )


@entry("X08", "formula_in_unknown_column.xlsx", read(2, numbers=(
    "（2026）鲁1602行初1号", "（2026）鲁1602行初2号",
)))  # fmt: skip
def formula_in_unknown_column() -> bytes:
    rows = [["序号", *SCHEDULE, "算"], ["=ROW()-1", *hearing(1), "=1+1"], ["=ROW()-1", *hearing(2), "=A1"]]
    return as_bytes(workbook(排庭表=rows))


LOOKS_LIKE_FORMULA = ("=cmd|'/C calc'!A0", "+86张三", "-李四", "@王五")


@entry("X08", "text_like_a_formula.xlsx", read(4, plaintiffs=LOOKS_LIKE_FORMULA))
def text_like_a_formula() -> bytes:
    book = workbook(排庭=[hearing(n, 原告="x") for n in range(1, 5)])
    for number, text in enumerate(LOOKS_LIKE_FORMULA, start=2):
        cell = book["排庭"].cell(number, SCHEDULE.index("原告") + 1, text)
        cell.data_type = "s"
    return as_bytes(book)


@entry("X08", "formula.xls", read(1, ("formula_not_allowed", 3, "开庭日期")))
def formula_of_old_excel() -> bytes:
    return old_excel(OldBook({"排庭": OldSheet([SCHEDULE, hearing(1), hearing(2, day=Formula(46_307))])}))


# --- X09 macros, X10 passwords, X11 other formats --------------------------------------------------------

add_refused("X09", "xlsm.xlsx", "with_vba.xlsx", "macros.xls", says=["宏"])
add_refused("X09", "xlsb.xlsx", "xltx.xlsx")
add_refused("X10", "encrypted.xlsx", "encrypted_entry.xlsx", says=["密码|加密"])


@entry("X10", "password.xls", refused("encrypted", says=["密码|加密"]))
def password_of_old_excel() -> bytes:
    """The record that says how the file is encrypted stands where Excel puts it: behind the first one."""
    content = old_excel(OldBook({"排庭": OldSheet([SCHEDULE, hearing()])}))
    after = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20
    return content[:after] + b"\x2f\x00\x02\x00\x01\x00" + content[after + 6 :]


add_refused("X11", "pdf.xlsx", says=["PDF"])
add_refused("X11", "html.xls", says=["网页"])
add_refused("X11", "text.xlsx", "empty.xlsx", "png.xlsx", "archive.xlsx", "word.xls", says=["另存为"])


@entry("X11", "wps.et", read(1, days=(DAY,)))
def wps_et() -> bytes:
    """WPS keeps an Excel workbook and streams of its own in one container."""
    sheets = {"排庭": OldSheet([SCHEDULE, hearing()])}
    return old_excel(OldBook(sheets, streams={"ETExtData": b"et"}))


# --- X12 titles, headers of several rows, footnotes, totals, repeated headers ----------------------------


@entry("X12", "titles.xlsx", read(2, days=(DAY, DAY)))
def titles() -> bytes:
    rows = [
        ["滨城区人民法院行政案件排庭表"],
        ["（2026年10月）"],
        ["单位：件", None, "制表日期：2026年10月5日"],
    ]
    book = workbook(表一=[*rows, SCHEDULE, hearing(1), hearing(2)])
    for cells in ("A1:I1", "A2:I2", "C3:I3"):
        book["表一"].merge_cells(cells)
    return as_bytes(book)


@entry("X12", "header_of_two_lines.xlsx", read(1, days=(DAY,), hours=("09:00",)))
def header_of_two_lines() -> bytes:
    rows = [
        ["案号", "当事人", None, "开庭", None, "法庭"],
        [None, "原告", "被告", "日期", "时间", None],
        ["（2026）鲁1602行初1号", "张三", "滨城区公安局", DAY, "9:00", "一庭"],
    ]
    return _merged(rows, "A1:A2", "B1:C1", "D1:E1", "F1:F2")


@entry("X12", "header_of_three_lines.xlsx", read(
    2, days=(DAY, DAY), hours=("09:00", "09:00"), plaintiffs=("张三", "张三")
))  # fmt: skip
def header_of_three_lines() -> bytes:
    rows = [
        ["滨城区人民法院排庭表"],
        ["案件", None, None, "庭审安排", None, None, "备注"],
        ["案号", "当事人", None, "开庭", None, "法庭", None],
        [None, "原告", "被诉行政机关", "日期", "时间", None, None],
        ["（2026）鲁1602行初1号", "张三", "滨城区公安局", DAY, "9:00", "一庭", None],
        ["（2026）鲁1602行初2号", "张三", "滨城区公安局", DAY, "9:00", "一庭", None],
    ]
    return _merged(rows, "A1:G1", "A2:C2", "D2:F2", "G2:G4", "A3:A4", "B3:C3", "D3:E3", "F3:F4")


def _merged(rows: list[list[Any]], *ranges: str) -> bytes:
    book = workbook(表一=rows)
    for cells in ranges:
        book["表一"].merge_cells(cells)
    return as_bytes(book)


@entry("X12", "totals_and_footnotes.xlsx", read(2, ignored=8))
def totals_and_footnotes() -> bytes:
    return schedule(
        hearing(1),
        ["小计", "1件"],
        hearing(2),
        ["合 计", None, None, None, 2],
        [],
        ["注：1.本表由立案庭填报。"],
        ["2.如有变动另行通知。"],
        ["填表人：张三", None, None, "审核人：李四", None, "联系电话：0543-3333333"],
        [None, None, None, None, None, None, "二〇二六年十月五日"],
        ["（盖章）"],
    )


@entry("X12", "header_on_every_page.xlsx", read(4, ignored=4))
def header_on_every_page() -> bytes:
    """A title and a header before each page of the print-out."""
    page = [["滨城区人民法院排庭表"], SCHEDULE]
    rows = [*page, hearing(1), hearing(2), *page, hearing(3), *page, hearing(4)]
    return as_bytes(workbook(排庭表=rows))


@entry("X12", "header_in_row_15.xlsx", read(1))
def header_in_row_15() -> bytes:
    return as_bytes(workbook(表一=[["说明"]] * 14 + [SCHEDULE, hearing()]))


@entry("X12", "header_in_row_16.xlsx", refused("no_known_sheet"))
def header_in_row_16() -> bytes:
    return as_bytes(workbook(表一=[["说明"]] * 15 + [SCHEDULE, hearing()]))


@entry("X12", "merged_body.xlsx", read(3, days=(DAY, DAY, "2026-10-13")))
def merged_body() -> bytes:
    book = workbook(排庭=[hearing(1), hearing(2, day=None, hour=None), hearing(3, day="2026-10-13")])
    book["排庭"].merge_cells("F2:F3")
    book["排庭"].merge_cells("G2:G3")
    return as_bytes(book)


@entry("X12", "nothing_but_headers.xlsx", refused("empty"))
def nothing_but_headers() -> bytes:
    return schedule(["合计", 0])


# --- X13 wrong templates and several sheets --------------------------------------------------------------


@entry("X13", "hearings_as_judgments.xlsx", refused("no_known_sheet"), kind="judgments")
def hearings_as_judgments() -> bytes:
    return schedule(hearing())


@entry("X13", "hearings_of_last_month.xlsx", read(
    2, ("date_out_of_month", 2, "开庭日期"), ("date_out_of_month", 3, "开庭日期")
))  # fmt: skip
def hearings_of_last_month() -> bytes:
    return schedule(hearing(1, day="2026-09-14"), hearing(2, day="2026-09-15"))


@entry("X13", "all_kinds_and_others.xlsx", read(3, kinds=("schedule", "appearances", "judgments")))
def all_kinds_and_others() -> bytes:
    """A cover and a list of choices stand between the three tables."""
    sheets = {"封面": [["滨城区人民法院"], ["2026年10月"]], "排庭": [hearing(1)], "选项": [["是"], ["否"]]}
    sheets |= {"出庭": [appearance(1)], "裁判": [judgment("（2026）鲁1602行初9号")]}
    book = workbook(**sheets)
    book["选项"].sheet_state = "veryHidden"
    return as_bytes(book)


@entry("X13", "hidden_sheets.xlsx", read(3, ("date_out_of_month", 2, "开庭日期")))
def hidden_sheets() -> bytes:
    """Sheets are chosen by their headers, hidden ones too; nothing is lost unsaid."""
    book = workbook(
        排庭=[hearing(1)], 上月=[SCHEDULE, hearing(2, day="2026-09-14")], 底稿=[SCHEDULE, hearing(3)]
    )
    book["上月"].sheet_state, book["底稿"].sheet_state = "hidden", "veryHidden"
    return as_bytes(book)


@entry("X13", "very_hidden_sheet.xls", read(2))
def very_hidden_sheet() -> bytes:
    hidden = OldSheet([SCHEDULE, hearing(2)], state=VERY_HIDDEN)
    return old_excel(OldBook({"排庭": OldSheet([SCHEDULE, hearing(1)]), "底稿": hidden}))


@entry("X13", "schedule_and_appearances_in_one.xlsx", refused("no_known_sheet"))
def schedule_and_appearances_in_one() -> bytes:
    """As much a schedule as a list of appearances: to choose one would lose the other, so it is not guessed."""
    header = ["案号", "开庭日期", "被告", "法庭", "出庭情况"]
    return as_bytes(workbook(表一=[header, ["（2026）鲁1602行初1号", DAY, "滨城区公安局", "一庭", "出庭"]]))


@entry("X13", "other_table.xlsx", refused("no_known_sheet", says=["模板"]))
def other_table() -> bytes:
    return as_bytes(workbook(通讯录=[["姓名", "电话", "案号"], ["张三", "13800000000", None]]))


# --- X14 hidden and filtered -----------------------------------------------------------------------------


@entry("X14", "hidden_row.xlsx", read(3, says=["隐藏"]))
def hidden_row() -> bytes:
    book = workbook(排庭=[hearing(1), hearing(2), hearing(3)])
    book["排庭"].row_dimensions[3].hidden = True
    return as_bytes(book)


@entry("X14", "filtered_rows.xlsx", read(3, ("date_invalid", 4, "开庭日期"), says=["隐藏|筛选"]))
def filtered_rows() -> bytes:
    book = workbook(排庭=[hearing(1), hearing(2), hearing(3, day="10.32"), hearing(4)])
    book["排庭"].auto_filter.ref = "A1:I5"
    book["排庭"].auto_filter.add_filter_column(0, ["（2026）鲁1602行初1号"])
    for row in (3, 4, 5):
        book["排庭"].row_dimensions[row].hidden = True
    return as_bytes(book)


@entry(
    "X14", "hidden_column.xlsx", read(1, ("agency_unknown", 3, "被诉行政机关"), days=(DAY,), says=["隐藏"])
)
def hidden_column() -> bytes:
    book = workbook(排庭=[hearing(1), hearing(2, agency="滨城区水产局")])
    for letter in "EF":
        book["排庭"].column_dimensions[letter].hidden = True
    return as_bytes(book)


# --- X15 days and hours ----------------------------------------------------------------------------------

DAYS = (
    "2026-10-12", "2026/10/12", "2026.10.12", "2026年10月12日", "2026年10月12号", "10月12日", "10月12日上午9:00",
    "2026年10月12日上午9时", "2026-10-12 09:00", "2026-10-12 09:00:00", "2026-10-12T09:00:00", "20261012", 20261012,
    46307, 46307.375, "46307", datetime(2026, 10, 12), datetime(2026, 10, 12, 9), "二〇二六年十月十二日", "26.10.12",
    "２０２６－１０－１２", "２０２６年１０月１２日",
    "2026年10月12日（星期一）", "2026-10-12 周一", "10.12", 10.12, "2026 年 10 月 12 日",
    " 2026-10-12\n", "\xa02026-10-12\u3000",
)  # fmt: skip
NO_DAYS = (
    "2026-02-30", "13/11/2026", "10/11/2026", "10/11/12", "28/10/26", "2026-13-01", "2026-10-00", "2026-10-32",
    "下周一", "10月", "2026年10月", "2026-10-129:00", "24:00", 10.3, 0, -1, 99999999, 1.5e300, True, time(9),
    "2026-10-\u202e12",
)  # fmt: skip
HOURS = {
    "9:00": "09:00", "09:00:00": "09:00", "９：００": "09:00", "上午9时": "09:00",
    "上午 9 时": "09:00", "上午9点整": "09:00",
    "下午2点半": "14:30", "下午2:30": "14:30", "14时30分": "14:30", "9:00-11:00": "09:00", "2:30 PM": "14:30",
}  # fmt: skip
HOUR_CELLS = {time(9, 30): "09:30", 0.375: "09:00", datetime(2026, 10, 12, 14, 30): "14:30"}
NO_HOURS = ("24:00", "25:00", "9:60", "下午", "一会儿", -1)


@entry("X15", "days.xlsx", read(len(DAYS), days=(DAY,) * len(DAYS)))
def days() -> bytes:
    return schedule(*[hearing(n, day=day) for n, day in enumerate(DAYS, start=1)])


@entry("X15", "no_days.xlsx", read(1, *[("date_invalid", n, "开庭日期") for n in range(2, 2 + len(NO_DAYS))]))
def no_days() -> bytes:
    return schedule(*[hearing(n, day=day) for n, day in enumerate(NO_DAYS, start=1)], hearing(99))


@entry("X15", "hours.xlsx", read(
    len(HOURS) + len(HOUR_CELLS), hours=tuple(HOURS.values()) + tuple(HOUR_CELLS.values())
))  # fmt: skip
def hours() -> bytes:
    return schedule(*[hearing(n, hour=hour) for n, hour in enumerate((*HOURS, *HOUR_CELLS), start=1)])


@entry(
    "X15", "no_hours.xlsx", read(1, *[("date_invalid", n, "开庭时间") for n in range(2, 2 + len(NO_HOURS))])
)
def no_hours() -> bytes:
    return schedule(*[hearing(n, hour=hour) for n, hour in enumerate(NO_HOURS, start=1)], hearing(99))


@entry("X15", "system_of_1904.xlsx", read(3, days=(DAY,) * 3))
def system_of_1904() -> bytes:
    book = workbook(排庭=[hearing(1, day=44845), hearing(2, day=datetime(2026, 10, 12)), hearing(3)])
    book.epoch = CALENDAR_MAC_1904
    return as_bytes(book)


@entry("X15", "system_of_1904.xls", read(2, days=(DAY,) * 2))
def system_of_1904_of_old_excel() -> bytes:
    rows = [SCHEDULE, hearing(1, day=44845), hearing(2, day=datetime(2026, 10, 12))]
    return old_excel(OldBook({"排庭": OldSheet(rows)}, date_1904=True))


@entry("X15", "year_of_january.xlsx", read(
    0, ("date_in_future", 2, "裁判日期")
))  # fmt: skip
def day_without_a_year() -> bytes:
    """A day without a year takes the year nearest the month reported."""
    return as_bytes(workbook(裁判=[judgment("（2026）鲁1602行初1号", day="12月30日")]))


# --- X16 characters that look like others or like nothing ------------------------------------------------

ODD_NUMBERS = (
    "（２０２６）鲁１６０２行初１号",
    "（2026）\u3000鲁1602行初2号",
    "（2026）\xa0鲁1602行初\xa03号",
    "（2026）鲁1602\u200b行初4号",
    "\ufeff（2026）鲁1602行初5号",
    " （2026）鲁1602行初6号\n",
)


@entry("X16", "odd_numbers.xlsx", read(
    len(ODD_NUMBERS), numbers=tuple(f"（2026）鲁1602行初{n}号" for n in range(1, len(ODD_NUMBERS) + 1))
))  # fmt: skip
def odd_numbers() -> bytes:
    return schedule(*[hearing(案号=number) for number in ODD_NUMBERS])


@entry("X16", "odd_headers.xlsx", read(1, days=(DAY,), plaintiffs=("张三",)))
def odd_headers() -> bytes:
    header = ["\ufeff案\u3000号", "＊被\xa0告", "开庭\n日期\u200b", "原　告（人）：", "开庭时间［时分］"]
    row = ["（2026）鲁1602行初1号", "滨城区公安局", DAY, "张三", "9:00"]
    return as_bytes(workbook(表一=[header, row]))


@entry("X16", "odd_agencies.xlsx", read(3))
def odd_agencies() -> bytes:
    names = ("\ufeff滨城区公安局", "滨城区\xa0公安局", "滨城区公安局\u3000\u200b")
    return schedule(*[hearing(n, agency=name) for n, name in enumerate(names, start=1)])


@entry("X16", "turned_number.xlsx", read(1, ("case_number_invalid", 2, "案号")))
def turned_number() -> bytes:
    """U+202E shows what follows backwards: the number read would not be the number seen."""
    return schedule(hearing(案号="（2026）鲁1602行初\u202e12号"), hearing(2))


@entry("X16", "turned_name.xlsx", read(1, (ANY, 2, "原告"), (ANY, 3, "原告")))
def turned_name() -> bytes:
    return schedule(hearing(1, 原告="张\u202e三"), hearing(2, 原告="\u2066李四\u2069"), hearing(3))


@entry("X16", "turned_agency.xlsx", read(0, (ANY, 2, "被诉行政机关")))
def turned_agency() -> bytes:
    return schedule(hearing(1, agency="滨城区\u202e公安局"))


# --- X17 case numbers ------------------------------------------------------------------------------------

BRACKETS = "（）", "()", "〔〕", "[]", "【】", "［］"
ZEROS = "行初07号", "行初0008号", "行初第9号", "行初10号之一", "行初11号之2", "行初12"


@entry("X17", "number_variants.xlsx", read(
    len(BRACKETS) + len(ZEROS), numbers=tuple(f"（2026）鲁1602行初{n}号" for n in range(1, 13))
))  # fmt: skip
def number_variants() -> bytes:
    numbers = [f"{left}2026{right}鲁1602行初{n}号" for n, (left, right) in enumerate(BRACKETS, start=1)]
    return schedule(*[hearing(案号=number) for number in [*numbers, *[f"（2026）鲁1602{z}" for z in ZEROS]]])


NO_NUMBERS = (
    "鲁1602行初12号",
    "鲁16行初12号",
    "（2026）鲁1602行初12-1号",
    "2026鲁1602行初12号",
    "（26）鲁1602行初12号",
    "（2026）鲁1602行初0号",
    "（2026）鲁1602行初①号",
    "（2026）鲁1602行初12号（张三）",
    "（2026）鲁16021行初12号",
    12,
    "（2026）鲁1602行初号",
)


@entry("X17", "no_numbers.xlsx", read(
    1, *[("case_number_invalid", n, "案号") for n in range(2, 2 + len(NO_NUMBERS))]
))  # fmt: skip
def no_numbers() -> bytes:
    return schedule(*[hearing(案号=number) for number in NO_NUMBERS], hearing())


@entry("X17", "one_number_in_many_forms.xlsx", read(1, *[("duplicate_row", n, "案号") for n in (3, 4, 5, 6)]))
def one_number_in_many_forms() -> bytes:
    """However it is written it is one case, so that the later rows say the same again."""
    forms = (
        "（2026）鲁1602行初12号",
        "(2026)鲁1602行初012号",
        "〔2026〕鲁1602行初第12号",
        "【2026】 鲁1602 行初 12 号",
    )
    return schedule(*[hearing(案号=form) for form in (*forms, "［２０２６］鲁１６０２行初１２号")])


@entry("X17", "series.xlsx", read(2, series=(3, 2)))
def series() -> bytes:
    return schedule(
        hearing(案号="（2026）鲁1602行初1-3号"),
        hearing(案号="（2026）鲁1602行初7号、\n（2026）鲁1602行初9号"),
    )


@entry("X17", "other_branches.xlsx", read(
    0, ("case_number_not_administrative", 2, "案号"), ("case_number_not_administrative", 3, "案号"),
    ("court_mismatch", 4, "案号"),
))  # fmt: skip
def other_branches() -> bytes:
    numbers = "（2026）鲁1602民初1号", "（2026）鲁1602行审1号", "（2026）鲁1603行初1号"
    return schedule(*[hearing(案号=number) for number in numbers])


# --- X18 said twice --------------------------------------------------------------------------------------


@entry("X18", "twice_the_same.xlsx", read(2, ("duplicate_row", 3, "案号")))
def twice_the_same() -> bytes:
    return schedule(hearing(1), hearing(1), hearing(2))


@entry("X18", "contradictions.xlsx", read(
    1, ("conflicts_with_row", 2, "案号"), ("conflicts_with_row", 4, "案号")
))  # fmt: skip
def contradictions() -> bytes:
    return schedule(hearing(1, hour="9:00"), hearing(2), hearing(1, hour="15:00"))


add("X18", "known_already.xlsx", lambda: schedule(hearing(1), hearing(2)), read(
    2, statuses={"unchanged": 1, "added": 1}
), before=plain)  # fmt: skip
add("X18", "known_otherwise.xlsx", lambda: schedule(hearing(day="2026-10-20")), read(
    1, statuses={"changed": 1}, says=["<del>2026-10-12</del>", "<ins>2026-10-20</ins>"]
), before=plain)  # fmt: skip
add("X18", "known_and_gone.xlsx", lambda: schedule(hearing(2)), read(
    1, statuses={"added": 1, "missing": 1}
), before=plain)  # fmt: skip

# --- X19 names, never normalised -------------------------------------------------------------------------

NAMES = {
    "rare_names": ("𠮷野家", "𬎆某", "䶮三", "㛃四", "𫖯𬱖", "𮧵", "\U00030edd\U000317bd"),
    "compatibility_names": ("\uf9d1某", "\uf900某", "\U0002f800某", "㈱某", "Ａ某", "Ⅳ某"),
    "combining_names": ("e\u0301某", "が\u3099某", "葛\U000e0100", "é某", "Å\u030a"),
    "emoji_names": ("😀某", "某👨\u200d👩\u200d👧", "某❤\ufe0f", "某\U0001f1e8\U0001f1f3"),
    "foreign_names": ("阿卜杜拉·买买提", "张　三", "张\xa0三", "O'Brien & <b>Söhne</b>", '某"公司"', "名\\n"),
}


def _names(names: Sequence[str]) -> Make:
    return lambda: schedule(*[hearing(n, 原告=name) for n, name in enumerate(names, start=1)])


def _old_names(names: Sequence[str]) -> Make:
    rows = [SCHEDULE, *[hearing(n, 原告=name) for n, name in enumerate(names, start=1)]]
    return lambda: old_excel(OldBook({"排庭": OldSheet(rows)}))


for name, names in NAMES.items():
    add("X19", f"{name}.xlsx", _names(names), read(len(names), plaintiffs=names))
    add("X19", f"{name}.xls", _old_names(names), read(len(names), plaintiffs=names))

OWN_GLYPHS = ("\ue000某", "\ue863某", "某\U000f0001")
add("X19", "private_glyphs.xlsx", _names(OWN_GLYPHS), read(
    3, *[("rare_character", n, "原告") for n in (2, 3, 4)], plaintiffs=OWN_GLYPHS, says=["自造字|造字|私用区|不能显示"]
))  # fmt: skip


@entry("X19", "rare_heads.xlsx", read(3, heads=("𠮷\uf9d1", "䶮e\u0301", "葛\U000e0100")))
def rare_heads() -> bytes:
    heads = "𠮷\uf9d1", "䶮e\u0301", "葛\U000e0100"
    return as_bytes(workbook(出庭=[appearance(n, 出庭负责人姓名=h) for n, h in enumerate(heads, start=1)]))


# --- X20 extremes ----------------------------------------------------------------------------------------


@entry("X20", "nul.xls", read(1, (ANY, 2, "原告")))
def nul_of_old_excel() -> bytes:
    """PostgreSQL keeps no NUL; what it hides is for the clerk to say."""
    return old_excel(OldBook({"排庭": OldSheet([SCHEDULE, hearing(1, 原告="张\0三"), hearing(2)])}))


@entry("X20", "control_characters.xls", read(1, (ANY, 2, "原告"), (ANY, 3, "备注")))
def control_of_old_excel() -> bytes:
    rows = [SCHEDULE, hearing(1, 原告="张\x07三"), hearing(2, 备注="\x1b[31m红"), hearing(3)]
    return old_excel(OldBook({"排庭": OldSheet(rows)}))


@entry("X20", "control_character.xlsx", refused("not_a_workbook", "unsafe"))
def control_character() -> bytes:
    """No XML may hold it, so that the part is damaged."""
    return packed(replaced(parts_of(plain()), hostile.SHEET, ("张三".encode(), b"\x01")))


@entry("X20", "escaped_nul.xlsx", read(2, ignored=0))
def escaped_nul() -> bytes:
    """Excel writes control characters so; whether they are decoded or not, no database is asked to keep a NUL."""
    return schedule(hearing(1, 备注="_x0000_"), hearing(2, 备注="注_x000D_\n二"))


LONG = "长" * 32_767


@entry("X20", "longest_cells.xlsx", read(
    1, ("value_too_long", 2, "备注"), ("value_too_long", 3, "原告"), ("value_too_long", 4, "案由"),
    ("value_too_long", 5, "案号"), ("value_too_long", 6, "被诉行政机关"),
))  # fmt: skip
def longest_cells() -> bytes:
    return schedule(
        hearing(1, 备注=LONG), hearing(2, 原告=LONG), hearing(3, 案由=LONG), hearing(案号=LONG), hearing(5, LONG),
        hearing(6, 备注="注" * 5000, 原告="张" * 5000, 案由="由" * 500),
    )  # fmt: skip


@entry("X20", "ten_thousand_styles.xlsx", read(1, days=(DAY,)))
def ten_thousand_styles() -> bytes:
    fonts = "".join(f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyFont="{n}"/>' for n in (0, 1))
    styles = re.sub(
        rb"</cellXfs>", fonts.encode() * 5_000 + b"</cellXfs>", parts_of(plain())["xl/styles.xml"]
    )
    return packed(parts_of(plain()) | {"xl/styles.xml": styles})


@entry("X20", "five_thousand_merges.xlsx", read(1, days=(DAY,)))
def five_thousand_merges() -> bytes:
    cells = "".join(f'<mergeCell ref="J{n}:K{n}"/>' for n in range(1, 5_001))
    merges = f'</sheetData><mergeCells count="5000">{cells}</mergeCells>'.encode()
    return packed(replaced(parts_of(plain()), hostile.SHEET, (b"</sheetData>", merges)))


@entry("X20", "hundred_thousand_strings.xlsx", read(1, days=(DAY,)))
def hundred_thousand_strings() -> bytes:
    strings = b"".join(b"<si><t>%x</t></si>" % (n * 2654435761 % 2**32) for n in range(100_000))
    parts = hostile.with_shared_strings(parts_of(plain()))
    return packed(replaced(parts, hostile.STRINGS, (b"</sst>", strings + b"</sst>")))


add_refused("X20", "many_strings.xlsx", "many_merged.xlsx")

# --- X21 text and numbers, choices -----------------------------------------------------------------------

YES = ("是", "√", "Y", "y", "1", 1, 1.0, True, "有", "出庭", "是 ", "\u3000是", "Ｙ", "✓")
NO = ("否", "×", "N", "0", 0, False, "无", "未出庭", " 否")
UNKNOWN = ("可能", "?", 2, "是否", "见备注", "yes no", None, "/", "#N/A")


@entry("X21", "yes_and_no.xlsx", read(
    len(YES) + len(NO), attended=(True,) * len(YES) + (False,) * len(NO)
))  # fmt: skip
def yes_and_no() -> bytes:
    return as_bytes(workbook(出庭=[appearance(n, came=came) for n, came in enumerate(YES + NO, start=1)]))


@entry("X21", "neither_yes_nor_no.xlsx", read(1, *[
    (
        "required_missing" if came in (None, "/") else "error_value" if came == "#N/A" else "choice_unknown",
        n,
        "负责人是否出庭",
    )
    for n, came in enumerate(UNKNOWN, start=2)
]))  # fmt: skip
def neither_yes_nor_no() -> bytes:
    rows = [appearance(n, came=came) for n, came in enumerate(UNKNOWN, start=1)]
    return as_bytes(workbook(出庭=[*rows, appearance(99)]))


@entry("X21", "blanks_in_choices.xlsx", read(2, ranks=("principal", "deputy")))
def blanks_in_choices() -> bytes:
    rows = [appearance(1, 职级=" 正 职 ", 是否开庭="√"), appearance(2, 职级="副职\n", 是否开庭=" 是\u3000")]
    return as_bytes(workbook(出庭=rows))


@entry("X21", "blanks_in_documents.xlsx", read(2, ("choice_unknown", 4, "文书类型")))
def blanks_in_documents() -> bytes:
    documents = ("判 决 书", "\u3000行政裁定书", "告知书")
    results = ("驳回原告诉讼请求", "准许撤诉", "准许撤诉")
    rows = [
        judgment(f"（2026）鲁1602行初{n}号", result=result, document=document)
        for n, (document, result) in enumerate(zip(documents, results, strict=True), start=1)
    ]
    return as_bytes(workbook(裁判=rows))


@entry(
    "X21", "numbers_for_text.xlsx", read(2, phones=("13800000000", "05433333333"), plaintiffs=("110", "3.5"))
)
def numbers_for_text() -> bytes:
    """1.38E+10 on the screen is a telephone number in the cell."""
    rows = [[*hearing(1, 原告=110), 1.38e10], [*hearing(2, 原告=3.5), "05433333333"]]
    return as_bytes(workbook(排庭表=[[*SCHEDULE, "联系电话"], *rows]))


@entry("X21", "numbers_for_names.xlsx", read(
    0, ("agency_unknown", 2, "被诉行政机关"), ("case_number_invalid", 3, "案号"), ("case_number_invalid", 4, "案号")
))  # fmt: skip
def numbers_for_names() -> bytes:
    return schedule(hearing(1, agency=371602), hearing(案号=1.38e10), hearing(案号="1.38E+10"))


# --- X22 agencies ----------------------------------------------------------------------------------------


@entry("X22", "agencies_by_other_names.xlsx", read(5))
def agencies_by_other_names() -> bytes:
    names = (
        "滨州市公安局滨城分局",
        "滨城区公安局",
        "区公安局",
        "山东省滨州市公安局滨城分局",
        "滨州市公安局\n滨城分局",
    )
    return schedule(*[hearing(n, agency=name) for n, name in enumerate(names, start=1)])


@entry("X22", "agencies_unknown.xlsx", read(
    1, ("agency_unknown", 2, "被诉行政机关"), ("agency_unknown", 3, "被诉行政机关"),
    ("agency_ambiguous", 4, "被诉行政机关"), ("agency_unknown", 5, "被诉行政机关"),
    says=["滨州市公安局滨城分局"],
))  # fmt: skip
def agencies_unknown() -> bytes:
    names = ("滨城区公按局", "某某县渔政局", "执法大队", "滨城区公安局、某某县渔政局", "滨城区公安局")
    return schedule(*[hearing(n, agency=name) for n, name in enumerate(names, start=1)])


# --- X23 tricks of the archive ---------------------------------------------------------------------------

BROKEN = refused("unsafe", "not_a_workbook")
add_refused("X23", "escaping_name.xlsx", "truncated.xlsx", "damaged_part.xlsx", "no_sheet.xlsx", "hollow.xls")


@entry("X23", "absolute_name.xlsx", BROKEN)
def absolute_name() -> bytes:
    return packed(parts_of(plain()) | {"/tmp/escape.xml": b"<x/>"})


@entry("X23", "names_twice.xlsx", BROKEN)
def names_twice() -> bytes:
    """Two sheets of one name: readers differ in which of them they believe."""
    kept = BytesIO()
    with warnings.catch_warnings(), ZipFile(kept, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in [*parts_of(plain()).items(), *parts_of(schedule(hearing(2))).items()]:
            archive.writestr(name, content)
    return kept.getvalue()


def _directory(content: bytes) -> tuple[int, int]:
    """Where the central directory of an archive stands, and how long it is."""
    end = content.rfind(b"PK\x05\x06")
    size, at = struct.unpack_from("<II", content, end + 12)
    return at, size


@entry("X23", "overlapping_entries.xlsx", BROKEN)
def overlapping_entries() -> bytes:
    """The directory sends the second entry to the bytes of the first one."""
    content = bytearray(packed(parts_of(plain())))
    at, _ = _directory(content)
    second = content.find(b"PK\x01\x02", at + 4)
    content[second + 42 : second + 46] = content[at + 42 : at + 46]
    return bytes(content)


@entry("X23", "lying_zip64.xlsx", BROKEN)
def lying_zip64() -> bytes:
    """The first entry claims a terabyte in its extra field."""
    content = bytearray(packed(parts_of(plain())))
    at, size = _directory(content)
    name_end = at + 46 + struct.unpack_from("<H", content, at + 28)[0]
    struct.pack_into("<I", content, at + 24, 0xFFFFFFFF)
    struct.pack_into("<H", content, at + 30, 12)
    content[name_end:name_end] = struct.pack("<HHQ", 1, 8, 2**40)
    struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, size + 12)
    return bytes(content)


@entry("X23", "wrong_checksum.xlsx", BROKEN)
def wrong_checksum() -> bytes:
    content = bytearray(packed(parts_of(plain()), ZIP_STORED))
    at = content.find("张三".encode())
    content[at : at + 6] = "李四".encode()
    return bytes(content)


add("X23", "trailing_junk.xlsx", lambda: plain() + b"%PDF-1.7\n" + bytes(5_000), BROKEN)
add("X23", "polyglot.xlsx", lambda: b"GIF89a" + plain(), refused("not_a_workbook"))
add("X23", "two_archives.xlsx", lambda: plain() + schedule(hearing(2)), BROKEN)

# --- X24 saved by other programs -------------------------------------------------------------------------

GOLDEN_NAMES = ("张三", "𠮷野", "张　三")
GOLDEN = read(
    3,
    ("date_invalid", 5, "开庭日期"),
    ignored=1,
    days=(DAY, "2026-10-13", "2026-10-14"),
    hours=("09:00", "14:30", "09:00"),
    plaintiffs=GOLDEN_NAMES,
    numbers=tuple(f"（2026）鲁1602行初{n}号" for n in (1, 2, 3)),
)


def golden_rows(noon: Any = 14.5 / 24) -> list[list[Any]]:
    return [
        SCHEDULE,
        hearing(1, 原告=GOLDEN_NAMES[0]),
        hearing(2, 原告=GOLDEN_NAMES[1], day=datetime(2026, 10, 13), hour=noon),
        hearing(3, 原告=GOLDEN_NAMES[2], day="2026年10月14日", 备注="第一行\n第二行"),
        hearing(4, day="10.32"),
        ["合计", "4件"],
    ]


def golden() -> dict[str, bytes]:
    """The parts as openpyxl writes them, texts inside the sheet."""
    return parts_of(as_bytes(workbook(排庭表=golden_rows())))


def shared() -> dict[str, bytes]:
    """The parts with a table of texts, as offices write them."""
    return hostile.with_shared_strings(golden())


add("X24", "openpyxl.xlsx", lambda: packed(golden()), GOLDEN)
add("X24", "stored.xlsx", lambda: packed(golden(), ZIP_STORED), GOLDEN)


@entry("X24", "excel.xlsx", GOLDEN)
def excel() -> bytes:
    """Rich text, the reading of a name above it, and attributes of later versions."""
    rich = "<r><t>张</t></r><r><rPr><b/></rPr><t>三</t></r><rPh sb='0' eb='1'><t>ZHANG</t></rPh>"
    parts = replaced(shared(), hostile.STRINGS, ("<t>张三</t>".encode(), rich.encode()))
    spaces = b'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    return packed(
        replaced(
            parts,
            hostile.SHEET,
            (b"<worksheet ", b"<worksheet " + spaces),
            (b"<row ", b'<row spans="1:9" x14ac:dyDescent="0.25" '),
        )
    )


@entry("X24", "libreoffice.xlsx", GOLDEN)
def libreoffice() -> bytes:
    """Every row says how it looks, and the very last one of the sheet is there without content."""
    last = b'<row r="1048576" customFormat="false" ht="12.8" hidden="false" collapsed="false"/></sheetData>'
    looks = b'<row customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" '
    parts = replaced(shared(), hostile.SHEET, (b"<row ", looks), (b"</sheetData>", last))
    return packed(replaced(parts, hostile.STRINGS, (b"<t>", b'<t xml:space="preserve">')))


@entry("X24", "wps.xlsx", GOLDEN)
def wps() -> bytes:
    """Blank styled cells behind each row, elements of WPS's own, and its version in a part of its own."""
    spaces = b'<worksheet xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
    blanks = b"".join(b'<c s="0"/>' for _ in range(20)) + b"</row>"
    extra = b'</sheetData><extLst><ext uri="{x}"><etc:cellImages/></ext></extLst>'
    edits = (b"<worksheet ", spaces), (b"</row>", blanks), (b"</sheetData>", extra)
    version = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
        b'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
        b"<vt:lpwstr>2052-12.1.0.16120</vt:lpwstr></property></Properties>"
    )
    return packed(replaced(shared(), hostile.SHEET, *edits) | {"docProps/custom.xml": version})


@entry("X24", "prefixed.xlsx", GOLDEN)
def prefixed() -> bytes:
    """Element names with a prefix, behind a byte order mark, as .NET programs write them."""
    parts = golden()
    xml = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", parts[hostile.SHEET]).replace(b'xmlns="', b'xmlns:x="', 1)
    declared = b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\r\n" + xml
    return packed(parts | {hostile.SHEET: declared})


@entry("X24", "without_references.xlsx", GOLDEN)
def without_references() -> bytes:
    """Rows and cells do not say where they stand; blank cells are written so that they still stand right."""
    filled = parts_of(as_bytes(workbook(排庭表=[[*row, "止"] for row in golden_rows()])))
    xml = re.sub(rb'(<row|<c) r="\w+"', rb"\1", _with_blank_cells(filled[hostile.SHEET]))
    return packed(filled | {hostile.SHEET: xml})


def _with_blank_cells(xml: bytes) -> bytes:
    """Cells in every column of each row, those without content too."""

    def row(found: re.Match[bytes]) -> bytes:
        cells = {cell[1]: cell[0] for cell in re.finditer(rb'(?s)<c r="([A-Z]+)\d+".*?</c>', found[2])}
        columns = [bytes([letter]) for letter in range(ord("A"), ord(max(cells)) + 1)]
        return found[1] + b"".join(cells.get(column, b"<c/>") for column in columns) + b"</row>"

    return re.sub(rb"(?s)(<row [^>]*>)(.*?)</row>", row, xml)


@entry("X24", "iso_days.xlsx", GOLDEN)
def iso_days() -> bytes:
    """Days as ISO text instead of serial numbers, as the standard also allows."""
    old, new = b't="n"><v>46308</v>', b't="d"><v>2026-10-13T00:00:00</v>'
    return packed(replaced(golden(), hostile.SHEET, (old, new)))


class Pipe(BytesIO):
    """Something that can only be written to, so that sizes follow each entry of an archive."""

    def tell(self) -> int:
        raise OSError

    def seekable(self) -> bool:
        return False


add("X24", "streamed.xlsx", lambda: packed(shared(), kept=Pipe()), GOLDEN)
add("X24", "relative_parts.xlsx", lambda: packed(
    replaced(golden(), "xl/_rels/workbook.xml.rels", (b"/xl/worksheets", b"worksheets"))
), GOLDEN)  # fmt: skip
add("X24", "excel_97.xls", lambda: old_excel(OldBook({"排庭表": OldSheet(golden_rows())})), GOLDEN)
add("X24", "excel_97_of_1904.xls", lambda: old_excel(
    OldBook({"排庭表": OldSheet(golden_rows())}, date_1904=True)
), GOLDEN)  # fmt: skip
add("X24", "xls_named_xlsx.xlsx", lambda: old_excel(
    OldBook({"排庭表": OldSheet(golden_rows(datetime(2026, 10, 13, 14, 30)))})
), GOLDEN)  # fmt: skip


@entry("X24", "coloured.xlsx", GOLDEN)
def coloured() -> bytes:
    book = workbook(排庭表=golden_rows(time(14, 30)))
    for cell in book["排庭表"][1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="DDDDDD")
    book["排庭表"].freeze_panes = "B2"
    return as_bytes(book)


# --- X25 a few bad rows among many -----------------------------------------------------------------------

BAD = {7: "10.32", 70: "2026-02-30", 140: "明天", 210: "13/11/2026", 280: "/", 350: None, 500: "10月"}


@entry("X25", "seven_bad_of_500.xlsx", read(493, *[
    ("date_invalid" if n not in (280, 350) else "required_missing", n + 1, "开庭日期") for n in BAD
], statuses={"added": 493}, says=["先提交 493 行，7 行暂存待修正"]))  # fmt: skip
def seven_bad_of_500() -> bytes:
    return schedule(*[hearing(n, day=BAD.get(n, DAY)) for n in range(1, 501)])


@entry("X25", "judgments_of_all_sorts.xlsx", read(
    1, ("outcome_unknown", 3, "裁判结果"), ("date_invalid", 4, "送达日期"), ("required_missing", 5, "文书类型"),
    ("date_before_filing", 6, "裁判日期"), ("case_number_invalid", 7, "关联案号"),
))  # fmt: skip
def judgments_of_all_sorts() -> bytes:
    numbers = [f"（2026）鲁1602行初{n}号" for n in range(1, 7)]
    told: list[dict[str, Any]] = [
        {}, {"result": "详见文书"}, {"送达日期": "9.32"}, {"document": None}, {"立案日期": "2026-09-11"},
        {"关联案号": "行初号"},
    ]  # fmt: skip
    return as_bytes(workbook(裁判=[judgment(n, **each) for n, each in zip(numbers, told, strict=True)]))
