"""What a file is, told by its first bytes and not by its suffix."""

from pathlib import Path

from lib import refusals
from lib.sheets import MAX_FILE_BYTES, UnusableWorkbook

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
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
