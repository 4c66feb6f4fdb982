"""Looking over the zip archive of an .xlsx before anything in it is parsed."""

import re
from collections.abc import Iterable
from zipfile import ZipFile, ZipInfo

from lib import refusals

MAX_ENTRIES = 1_000
MAX_UNPACKED_BYTES = 100 * 2**20
# From how many bytes unpacked which ratio is too much. Most honest parts stay below 14, but shared strings
# that LibreOffice writes reach 92 at 8 MB; bombs were seen from 200 on.
RATIO_LIMITS = ((2**20, 150), (16 * 2**20, 60))
MAX_STRING_TAGS = 2_000_000  # of shared strings; a rich text needs thirty
MAX_OTHER_TAGS = 400_000  # of styles and all else but the sheets
HEAD_BYTES = 4_096
CHUNK_BYTES = 2**18
CONTENT_TYPES = "[Content_Types].xml"
STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
DEFAULT_TYPE = re.compile(rb"""<(?:\w+:)?Default\b[^>]*?\bExtension=["']([^"']*)["'][^>]*>""")
REFERENCE = re.compile(rb"""(?:PartName|Target)\s*=\s*["']([^"']+)["']""")
MACRO_PARTS = ("vbaproject.bin", "/macrosheets/")
ENCRYPTED_FLAG = 0x1
END_MAGIC, END_BYTES = (
    b"PK\x05\x06",
    22,
)  # how the last record of an archive begins, and its length but for a comment


def check_archive(archive: ZipFile, file_bytes: int) -> None:
    """Refuse bombs, archives that are not workbooks, macros, passwords and document type declarations.

    The sizes declared are trusted, because `zipfile` never unpacks more than was declared.
    """
    entries = archive.infolist()
    _check_ends(archive, file_bytes)
    _check_entries(entries, file_bytes)
    _check_sizes(entries)
    _check_names(archive)
    _check_kind(archive)
    _check_doctypes(archive, entries)


def _check_ends(archive: ZipFile, file_bytes: int) -> None:
    """The archive fills the file: of two that were joined, readers disagree on which one counts."""
    assert archive.fp is not None
    archive.fp.seek(max(0, file_bytes - END_BYTES - len(archive.comment)))
    end = archive.fp.read()
    first = min((entry.header_offset for entry in archive.infolist()), default=0)
    if not end.startswith(END_MAGIC) or first:
        raise refusals.odd_structure()


def check_tags(archive: ZipFile, sheet_parts: Iterable[str]) -> None:
    """Refuse so many strings or styles that reading them would take minutes."""
    others = {entry.filename for entry in archive.infolist() if _is_xml(entry)}.difference(sheet_parts)
    strings = {name for name in others if name.lower().endswith("sharedstrings.xml")}
    if _tags(archive, strings) > MAX_STRING_TAGS or _tags(archive, others - strings) > MAX_OTHER_TAGS:
        raise refusals.too_much("文字或样式")


def _tags(archive: ZipFile, parts: Iterable[str]) -> int:
    count = 0
    for name in parts:
        with archive.open(name) as part:
            while chunk := part.read(CHUNK_BYTES):
                count += chunk.count(b"<")
    return count


def _check_entries(entries: list[ZipInfo], file_bytes: int) -> None:
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise refusals.encrypted()
    odd_names = any(".." in name.split("/") or name.startswith("/") for name in names)
    overlapping = sum(entry.compress_size for entry in entries) > file_bytes
    if len(names) < len(entries) or len(entries) > MAX_ENTRIES or odd_names or overlapping:
        raise refusals.odd_structure()


def _check_sizes(entries: list[ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES or any(map(_inflates, entries)):
        raise refusals.inflated()


def _check_names(archive: ZipFile) -> None:
    """Parts under other names than they are referred to by: Excel does not mind, `zipfile` finds nothing there."""
    stored = archive.namelist()
    if any("\\" in name for name in stored):
        raise refusals.odd_writer("内部的部件名用了反斜杠")
    names = {name.rpartition("/")[2] for name in stored}
    folded = {name.lower() for name in names}
    meant = {CONTENT_TYPES} | {address.rpartition("/")[2] for address in _referred_to(archive)}
    if any(name not in names and name.lower() in folded for name in meant):
        raise refusals.odd_writer("内部部件名的大小写前后不一")


def _referred_to(archive: ZipFile) -> Iterable[str]:
    """The addresses of parts that stand in the list of contents and in the relations of parts."""
    for name in archive.namelist():
        if name.lower().endswith((".rels", CONTENT_TYPES.lower())):
            yield from (found.decode(errors="replace") for found in REFERENCE.findall(archive.read(name)))


def _inflates(entry: ZipInfo) -> bool:
    return any(
        entry.file_size > least and entry.file_size > most * entry.compress_size
        for least, most in RATIO_LIMITS
    )


def _check_kind(archive: ZipFile) -> None:
    names = [name.lower() for name in archive.namelist()]
    types = archive.read(CONTENT_TYPES) if CONTENT_TYPES in archive.namelist() else b""
    types = _in_use(types, names)
    if b"sheet.binary" in types:
        raise refusals.not_excel("二进制工作簿 .xlsb")
    if b"macroEnabled" in types or any(part in name for name in names for part in MACRO_PARTS):
        raise refusals.with_macros()
    if _is_strict(archive):
        raise refusals.unsupported(
            "“Strict Open XML 电子表格”",
            "请用 Excel 打开，另存为时选“Excel 工作簿 (*.xlsx)”，再上传。",
        )
    if b"spreadsheetml.template" in types:
        raise refusals.not_excel("模板 .xltx")
    if b"spreadsheetml.sheet.main" not in types:
        raise refusals.not_excel("压缩文件或其他文档")


def _in_use(types: bytes, names: Iterable[str]) -> bytes:
    """The list of contents without the types of extensions that no part has: some writers name them all."""
    extensions = {name.rpartition(".")[2].encode() for name in names}
    return DEFAULT_TYPE.sub(lambda found: found[0] if found[1].lower() in extensions else b"", types)


def _is_strict(archive: ZipFile) -> bool:
    """The strict variant of ISO/IEC 29500 names its parts by other addresses, which openpyxl does not know."""
    workbooks = [name for name in archive.namelist() if name.lower().endswith("workbook.xml")]
    return any(STRICT in archive.read(name)[:HEAD_BYTES] for name in workbooks)


def _check_doctypes(archive: ZipFile, entries: list[ZipInfo]) -> None:
    for entry in filter(_is_xml, entries):
        with archive.open(entry) as part:
            if b"<!DOCTYPE" in part.read(HEAD_BYTES):
                raise refusals.doctype()


def _is_xml(entry: ZipInfo) -> bool:
    return entry.filename.lower().endswith((".xml", ".rels"))
