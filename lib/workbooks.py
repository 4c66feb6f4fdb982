"""Reading a clerk's workbook, .xlsx or .xls, told apart by content and not by suffix."""

from pathlib import Path

from lib import refusals
from lib.sheets import MAX_FILE_BYTES, Merged, Row, Sheet, UnusableWorkbook, Value, Workbook
from lib.xls import OLE_MAGIC, read_xls
from lib.xlsx import count_xlsx_rows, read_xlsx

__all__ = [
    "Merged",
    "Row",
    "Sheet",
    "UnusableWorkbook",
    "Value",
    "Workbook",
    "count_rows",
    "is_xlsx",
    "read_workbook",
]

ZIP_MAGIC = b"PK\x03\x04"
OTHER_KINDS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"{\\rtf": "RTF 文档",
    b"Rar!": "压缩文件",
    b"7z\xbc\xaf": "压缩文件",
}
WEB_PAGE_STARTS = (b"<html", b"<!doctype html", b"<table", b"<?xml")
SNIFFED_BYTES = 512


def read_workbook(path: Path) -> Workbook:
    """Every worksheet with its values; merged cells are filled from their top left value.

    Raises `UnusableWorkbook` with code not_a_workbook, encrypted, too_large, macro_enabled or unsafe.
    """
    book = read_xlsx(path) if is_xlsx(path) else read_xls(path)
    if not book.sheets:
        raise refusals.damaged()
    return book


def count_rows(path: Path) -> dict[str, int]:
    """Rows with content of each worksheet of an .xlsx, counted in another way than `read_workbook` reads.

    Rows that only a merged cell covers do not count. Raises as `read_workbook`, also for .xls.
    """
    if is_xlsx(path):
        return count_xlsx_rows(path)
    raise UnusableWorkbook("not_a_workbook", "只能核对 .xlsx 文件的行数。请另存为 .xlsx。")


def is_xlsx(path: Path) -> bool:
    """True for .xlsx, False for .xls; anything else and files that are too big raise `UnusableWorkbook`."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise UnusableWorkbook(
            "too_large",
            f"文件有 {size / 2**20:.1f} MB，超过 {MAX_FILE_BYTES // 2**20} MB。"
            "请删去图片和无关的工作表，再上传。",
        )
    with path.open("rb") as file:
        head = file.read(SNIFFED_BYTES)
    if head.startswith(ZIP_MAGIC):
        return True
    if head.startswith(OLE_MAGIC):
        return False
    raise refusals.not_excel(_kind(head))


def _kind(head: bytes) -> str:
    if not head:
        return "空的"
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(WEB_PAGE_STARTS):
        return "网页"
    return next((kind for magic, kind in OTHER_KINDS.items() if head.startswith(magic)), "文本或其他格式")
