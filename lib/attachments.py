"""What may be attached to a paper: told by its content, never by its name."""

import re
import unicodedata
import zipfile
from io import BytesIO

import olefile
from PIL import Image, ImageOps
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 60_000_000
LONGEST_NAME = 120
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
OPEN_XML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# Signs that turn text around or cannot be seen: a name with them is not what it seems.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


class Refused(ValueError):
    """Why a file is not taken and what to do, in a sentence for the person."""


def media_type(content: bytes) -> str:
    """The kind of a file that may be attached. Raises Refused: too big, locked, damaged, with macros, another kind."""
    if len(content) > MAX_BYTES:
        raise Refused(f"有 {len(content) / 2**20:.1f} MB，超过 20 MB，请压缩或拆分后上传")
    if not content:
        raise Refused("是空文件，请核对后重新选择")
    if content.startswith(b"%PDF"):
        return _pdf(content)
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        return _picture(content)
    if content.startswith(b"PK\x03\x04"):
        return _open_xml(content)
    if content.startswith(OLE_MAGIC):
        return _old_office(content)
    raise Refused("不是可用的格式，请上传 PDF、图片、Word 或 Excel")


def clean_name(name: str) -> str:
    """The name of a file without its folders and unseen signs, at most 120 characters, with its suffix."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in UNSEEN).strip(" .")
    stem, dot, suffix = seen.rpartition(".")
    if not dot:
        return seen[:LONGEST_NAME] or "附件"
    return f"{stem[: LONGEST_NAME - len(suffix[:10]) - 1] or '附件'}.{suffix[:10]}"


def turned(content: bytes) -> bytes:
    """A photographed page, turned a quarter to the right, as JPEG."""
    with Image.open(BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB").rotate(-90, expand=True)
        written = BytesIO()
        upright.save(written, "JPEG", quality=88)
    return written.getvalue()


def _pdf(content: bytes) -> str:
    try:
        locked = PdfReader(BytesIO(content)).is_encrypted
    except (DependencyError, NotImplementedError):  # a lock that pypdf cannot even look into
        locked = True
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError):
        return PDF  # scanners write odd files that every viewer opens
    if locked:
        raise Refused("有密码或限制，请解除后上传")
    return PDF


def _picture(content: bytes) -> str:
    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Refused("图片尺寸过大，请缩小后上传")
            picture.verify()
            return PNG if picture.format == "PNG" else JPEG  # telephones write MPO, a JPEG with two images
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("不完整或已损坏，请重新拍照或扫描") from error


def _open_xml(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            locked = any(info.flag_bits & 1 for info in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused("不完整或已损坏，请重新保存后上传") from error
    if locked:
        raise Refused("有密码，请解除后上传")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("带有宏，请另存为不带宏的文件后上传")
    kind = next((kind for folder, kind in OPEN_XML.items() if any(n.startswith(folder) for n in names)), None)
    if kind is None:
        raise Refused("是压缩包，请解压后逐个上传其中的文件")
    return kind


def _old_office(content: bytes) -> str:
    try:
        with olefile.OleFileIO(content) as file:
            parts = {"/".join(map(str, path)).lower() for path in file.listdir()}
    except (OSError, ValueError) as error:
        raise Refused("不完整或已损坏，请重新保存后上传") from error
    if "encryptedpackage" in parts:
        raise Refused("有密码，请解除后上传")
    if any("vba" in part for part in parts):
        raise Refused("带有宏，请另存为不带宏的文件后上传")
    if "worddocument" in parts:
        return "application/msword"
    if "workbook" in parts or "book" in parts:
        return "application/vnd.ms-excel"
    raise Refused("不是可用的格式，请上传 PDF、图片、Word 或 Excel")
