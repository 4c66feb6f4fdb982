"""Makes hostile and odd workbooks for tests; nothing binary is kept in the repository."""

import random
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from tests.lib.old_excel import SMALLEST_STREAM, container

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEADER = ["案号", "开庭日期", "被诉行政机关"]
ROWS = [
    ["（2026）鲁1602行初1号", datetime(2026, 10, 28), "滨州市公安局"],
    ["（2026）鲁1602行初2号", "10.29", "某局"],
]
SOFFICE = shutil.which("soffice")


def plain(path: Path) -> None:
    book = Workbook()
    book.active.title = "排庭"
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.save(path)


def edited(
    path: Path, edits: dict[str, Callable[[bytes], bytes]], added: dict[str, bytes] | None = None
) -> None:
    """A plain workbook with shared strings, as Excel writes it, some parts changed and some added."""
    original = path.with_suffix(".original")
    plain(original)
    with ZipFile(original) as source:
        parts = with_shared_strings({name: source.read(name) for name in source.namelist()})
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name, content in (parts | (added or {})).items():
            target.writestr(name, edits.get(name, bytes)(content))


def with_shared_strings(parts: dict[str, bytes]) -> dict[str, bytes]:
    strings: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        strings.append(found[1])
        return b't="s"><v>%d</v>' % (len(strings) - 1)

    sheet = re.sub(rb't="inlineStr"><is>(.*?)</is>', shared, parts[SHEET])
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = b"".join(b"<si>" + string + b"</si>" for string in strings)
    return parts | {
        SHEET: sheet,
        STRINGS: b"<?xml version='1.0'?><sst xmlns=\"" + namespace + b'">' + items + b"</sst>",
        "[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", override),
    }


def shared_strings(path: Path) -> None:
    edited(path, {})


def sheet_data(rows: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: re.sub(
        rb"<sheetData>.*</sheetData>", lambda _: b"<sheetData>" + rows + b"</sheetData>", xml
    )


def with_doctype(declaration: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: b"<?xml version='1.0'?>" + declaration + re.sub(rb"<\?xml[^>]*\?>", b"", xml)


# --- not workbooks ---------------------------------------------------------------------------------------


def bytes_of(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content)


def other_archive(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")


def truncated(path: Path) -> None:
    plain(path)
    path.write_bytes(path.read_bytes()[:-600])


def damaged_part(path: Path) -> None:
    edited(path, {SHEET: lambda xml: xml[: len(xml) // 2]})


def no_sheet(path: Path) -> None:
    edited(path, {"xl/workbook.xml": lambda xml: re.sub(rb"<sheets>.*</sheets>", b"<sheets></sheets>", xml)})


def xltx(path: Path) -> None:
    edited(path, {"[Content_Types].xml": lambda xml: xml.replace(b"sheet.main+xml", b"template.main+xml")})


def names_every_type(path: Path) -> None:
    """An ordinary workbook whose list of contents also tells what a .bin would be."""
    kind = b'<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    edited(path, {"[Content_Types].xml": lambda xml: xml.replace(b"</Types>", kind + b"</Types>")})


def xlsb(path: Path) -> None:
    kind = b"application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    old = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    edited(path, {"[Content_Types].xml": lambda xml: xml.replace(old, kind)})


def strict(path: Path) -> None:
    """As Excel saves “Strict Open XML”: the same parts under other addresses."""
    old, new = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    edited(path, {part: lambda xml: xml.replace(old, new) for part in ("xl/workbook.xml", SHEET)})


def ole(*names: str) -> Callable[[Path], None]:
    """An OLE container with these streams and nothing to speak of in them."""
    return lambda path: path.write_bytes(container(dict.fromkeys(names, bytes(SMALLEST_STREAM))))


def encrypted_entry(path: Path) -> None:
    plain(path)
    content = bytearray(path.read_bytes())
    for magic, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(magic) + flag_at] |= 1
    path.write_bytes(bytes(content))


# --- macros ----------------------------------------------------------------------------------------------


def with_vba(path: Path) -> None:
    edited(path, {}, {"xl/vbaProject.bin": b"VBA"})


def xlsm(path: Path) -> None:
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    old = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    edited(path, {"[Content_Types].xml": lambda xml: xml.replace(old, kind)})


# --- bombs -----------------------------------------------------------------------------------------------


def padded_string(path: Path) -> None:
    edited(path, {STRINGS: lambda xml: xml.replace(b"<t>", b"<t>" + b" " * 1_200_000, 1)})


def hundred_megabytes(path: Path) -> None:
    """No part is over the ratio, but together they are far bigger than the file."""
    unpacked = {f"xl/media/{number}.bin": b"0123456789abcdef" * 65_536 for number in range(101)}
    edited(path, {}, unpacked)


def many_strings(path: Path) -> None:
    strings = b"".join(b"<si><t>%x</t></si>" % (number * 2654435761 % 2**32) for number in range(520_000))
    edited(path, {STRINGS: lambda xml: xml.replace(b"</sst>", strings + b"</sst>")})


def entities(path: Path) -> None:
    """Any declaration is refused; two small ones show it as well as more."""
    edited(path, {STRINGS: with_doctype(b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "ho">]>')})


def late_entity(path: Path) -> None:
    """The declaration stands behind a comment longer than the head that is looked at."""
    declaration = (
        b"<!--" + random.Random(1).randbytes(9000).hex().encode() + b'--><!DOCTYPE x [<!ENTITY a "ha">]>'
    )
    edited(path, {STRINGS: with_doctype(declaration)})


def late_doctype_in_sheet(path: Path) -> None:
    declaration = (
        b"<!--" + random.Random(1).randbytes(9000).hex().encode() + b'--><!DOCTYPE x [<!ENTITY a "ha">]>'
    )
    edited(path, {SHEET: with_doctype(declaration)})


def external_entity(path: Path) -> None:
    declaration = b'<!DOCTYPE x [<!ENTITY other SYSTEM "other.xml">]>'
    edited(path, {STRINGS: with_doctype(declaration)})


def external_doctype(path: Path) -> None:
    edited(path, {"xl/workbook.xml": with_doctype(b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">')})


def escaping_name(path: Path) -> None:
    edited(path, {}, {"docProps/../escape.xml": b"<x/>"})


def renamed(change: Callable[[str], str]) -> Callable[[Path], None]:
    """A sound workbook whose parts are stored under other names than they are referred to by."""

    def make(path: Path) -> None:
        plain(path)
        with ZipFile(path) as source:
            parts = {change(name): source.read(name) for name in source.namelist()}
        with ZipFile(path, "w", ZIP_DEFLATED) as target:
            for name, content in parts.items():
                entry = ZipInfo("part")
                entry.filename = name
                target.writestr(entry, content)

    return make


def alternate_content(path: Path) -> None:
    """A sound workbook with content for other programs among its fills."""
    alternate = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        b'<mc:Choice Requires="x14"><x/></mc:Choice></mc:AlternateContent>'
    )
    edited(path, {"xl/styles.xml": lambda xml: xml.replace(b"</fills>", alternate + b"</fills>")})


# --- extents ---------------------------------------------------------------------------------------------


def far_cell(path: Path) -> None:
    edited(path, {SHEET: sheet_data(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')})


def far_column(path: Path) -> None:
    edited(path, {SHEET: sheet_data(b'<row r="1"><c r="A1"><v>1</v></c><c r="CW1"><v>1</v></c></row>')})


def far_row(path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="20001"><c r="A20001"><v>1</v></c></row>'
    edited(path, {SHEET: sheet_data(rows)})


def broken_tail(path: Path) -> None:
    """A list of choices that openpyxl's full mode stumbles on, behind the data."""
    choices = b'<dataValidations><dataValidation type="bogus" sqref="A1"/></dataValidations>'
    edited(path, {SHEET: lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + choices)})


def rows_of(count: int) -> Callable[[Path], None]:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(1, count + 1)
    )
    return lambda path: edited(path, {SHEET: sheet_data(rows)})


def cells_of(rows: int, columns: int) -> Callable[[Path], None]:
    cells = b"<c><v>%d</v></c>" * columns
    data = b"".join(
        b'<row r="%d">' % n + cells % tuple(range(n, n + columns)) + b"</row>" for n in range(1, rows + 1)
    )
    return lambda path: edited(path, {SHEET: sheet_data(data)})


def rows_out_of_order(path: Path) -> None:
    rows = b'<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    edited(path, {SHEET: sheet_data(rows)})


def cells_out_of_order(path: Path) -> None:
    edited(path, {SHEET: sheet_data(b'<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>')})


def blank_formatted_columns(path: Path) -> None:
    edited(
        path, {SHEET: lambda xml: re.sub(rb'(<row r="(\d)".*?)</row>', rb'\1<c r="XFD\2" s="0"/></row>', xml)}
    )


def many_merged(path: Path) -> None:
    merged = b"".join(b'<mergeCell ref="A1:CV%d"/>' % (n % 19_000 + 2) for n in range(3_000))
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="19000"><c r="A19000"><v>1</v></c></row>'

    def edit(xml: bytes) -> bytes:
        return sheet_data(rows)(xml).replace(
            b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>"
        )

    edited(path, {SHEET: edit})


def dimension(reference: bytes) -> Callable[[Path], None]:
    def edit(xml: bytes) -> bytes:
        return re.sub(rb'(<dimension ref=)"[^"]*"', rb'\1"' + reference + b'"', xml)

    return lambda path: edited(path, {SHEET: edit})


def no_dimension(path: Path) -> None:
    edited(path, {SHEET: lambda xml: re.sub(rb"<dimension[^>]*/>", b"", xml)})


def blank_formatted_rows(path: Path) -> None:
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(4, 300_001))
    edited(path, {SHEET: lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>")})


def prefixed(path: Path) -> None:
    """Element names with a prefix, as some .NET programs write them."""

    def edit(xml: bytes) -> bytes:
        xml = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", xml[xml.find(b"<worksheet") :])
        return xml.replace(b'xmlns="', b'xmlns:x="', 1)

    edited(path, {SHEET: edit})


def without_references(path: Path) -> None:
    """Rows and cells that do not say where they stand."""
    edited(path, {SHEET: lambda xml: re.sub(rb'(<row|<c)( r="\w+")', rb"\1", xml)})


def stored(path: Path) -> None:
    original = path.with_suffix(".original")
    plain(original)
    with ZipFile(original) as source, ZipFile(path, "w", ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))


# --- odd but honest --------------------------------------------------------------------------------------


def no_rows(path: Path) -> None:
    Workbook().save(path)


def dates_of_1904(path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append([date(2026, 10, 28), 44861])
    book.save(path)


def inline_strings(path: Path) -> None:
    cells = (
        b'<c r="A1" t="inlineStr"><is><t>\xe4\xb8\x80</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><r><t>\xe4\xba\x8c</t></r><r><t>\xe4\xb8\x89</t></r></is></c>'
        b'<c r="C1" t="str"><v> </v></c><c r="D1" t="inlineStr"><is/></c><c r="E1"><v></v></c>'
        b'<c r="F1"><v>1.5</v></c>'
    )
    edited(path, {SHEET: sheet_data(b'<row r="1">' + cells + b"</row>")})


def hidden_parts(path: Path) -> None:
    book = Workbook()
    book.active.title = "排庭"
    for row in [HEADER, *ROWS]:
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.create_sheet("隐藏").append(["一"])
    book["隐藏"].sheet_state = "veryHidden"
    book.save(path)


def merged_cells(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in [
        ["排庭表", None, None, None],
        ["案号", "机关", "时间", "备注"],
        ["1号", "甲局", "9:00", None],
        [None, "乙局", "10:00", None],
        [None, None, None, None],
        ["2号", "丙局", "横", None],
    ]:
        sheet.append(row)
    for reference in ("A1:D1", "A3:A5", "C6:D6"):
        sheet.merge_cells(reference)
    sheet.column_dimensions["B"].width = 30
    book.save(path)


def formulas(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["=ROW()", "=1+1", "=text", "@text", "-text", "+text"])
    for letter in "CDEF":
        sheet[f"{letter}1"].data_type = "s"
    sheet["A2"] = ArrayFormula("A2:A2", "=SUM(A1:B1)")
    sheet["B2"] = "数"
    book.save(path)


def elapsed_hours(path: Path) -> None:
    book = Workbook()
    book.active.append([timedelta(hours=9, minutes=30), timedelta(hours=36)])
    book.save(path)


def rich_text_and_errors(path: Path) -> None:
    book = Workbook()
    book.active.append(
        [CellRichText("滨州", TextBlock(InlineFont(b=True), "公安局")), "#REF!", True, 3, 1.5, time(9, 30)]
    )
    book.save(path)


def as_xls(path: Path, make: Callable[[Path], None] = plain) -> None:
    """A real .xls, converted by LibreOffice."""
    source = path.parent / "converted.xlsx"
    make(source)
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{path.parent}/office",
            "--headless",
            "--convert-to",
            "xls",
            source,
        ],
        cwd=path.parent,
        check=True,
        capture_output=True,
        timeout=60,
    )
    shutil.move(path.parent / "converted.xls", path)


REFUSED = [
    ("text.xlsx", bytes_of("案号,日期\n".encode("gb18030")), "not_a_workbook"),
    ("empty.xlsx", bytes_of(b""), "not_a_workbook"),
    ("pdf.xlsx", bytes_of(b"%PDF-1.7\n"), "not_a_workbook"),
    ("png.xlsx", bytes_of(b"\x89PNG\r\n\x1a\n"), "not_a_workbook"),
    ("html.xls", bytes_of(b"\xef\xbb\xbf<html><table></table></html>"), "not_a_workbook"),
    ("archive.xlsx", other_archive, "not_a_workbook"),
    ("truncated.xlsx", truncated, "not_a_workbook"),
    ("damaged_part.xlsx", damaged_part, "not_a_workbook"),
    ("no_sheet.xlsx", no_sheet, "not_a_workbook"),
    ("xltx.xlsx", xltx, "not_a_workbook"),
    ("xlsb.xlsx", xlsb, "not_a_workbook"),
    ("word.xls", ole("WordDocument"), "not_a_workbook"),
    ("hollow.xls", ole("Workbook"), "not_a_workbook"),
    ("encrypted.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    ("encrypted_entry.xlsx", encrypted_entry, "encrypted"),
    ("macros.xls", ole("Workbook", "_VBA_PROJECT_CUR"), "macro_enabled"),
    ("with_vba.xlsx", with_vba, "macro_enabled"),
    ("xlsm.xlsx", xlsm, "macro_enabled"),
    ("big.xlsx", bytes_of(b"PK\x03\x04" + bytes(10 * 2**20)), "too_large"),
    ("rows.xlsx", rows_of(20_001), "too_large"),
    ("cells.xlsx", cells_of(6_001, 100), "too_large"),
    ("many_strings.xlsx", many_strings, "too_large"),
    ("many_merged.xlsx", many_merged, "too_large"),
    ("padded_string.xlsx", padded_string, "unsafe"),
    ("hundred_megabytes.xlsx", hundred_megabytes, "unsafe"),
    ("entities.xlsx", entities, "unsafe"),
    ("late_entity.xlsx", late_entity, "unsafe"),
    ("late_doctype_in_sheet.xlsx", late_doctype_in_sheet, "unsafe"),
    ("external_entity.xlsx", external_entity, "unsafe"),
    ("external_doctype.xlsx", external_doctype, "unsafe"),
    ("escaping_name.xlsx", escaping_name, "unsafe"),
    ("far_cell.xlsx", far_cell, "unsafe"),
    ("far_column.xlsx", far_column, "unsafe"),
    ("far_row.xlsx", far_row, "unsafe"),
    ("rows_out_of_order.xlsx", rows_out_of_order, "unsafe"),
]

SAME_AS_PLAIN = [
    ("suffix.xls", plain),
    ("small_dimension.xlsx", dimension(b"A1:A2")),
    ("huge_dimension.xlsx", dimension(b"A1:XFD1048576")),
    ("no_dimension.xlsx", no_dimension),
    ("blank_formatted_rows.xlsx", blank_formatted_rows),
    ("prefixed.xlsx", prefixed),
    ("without_references.xlsx", without_references),
    ("inline.xlsx", plain),
    ("blank_formatted_columns.xlsx", blank_formatted_columns),
    ("broken_tail.xlsx", broken_tail),
    ("stored.xlsx", stored),
    ("shared_strings.xlsx", shared_strings),
]
