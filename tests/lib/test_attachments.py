"""What may be attached: told by content, refused in a sentence, under a name that is what it seems."""

import random
import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

from cases.record.form_fields import FilesField
from lib.attachments import MAX_BYTES, Refused, clean_name, media_type
from tests.lib.old_excel import container

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHINESE_SENTENCE = re.compile(r"^附件“.+”[^a-z]*[\u4e00-\u9fff][^。]*。$")


def pdf(password=None, owner=None, pages=1):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password is not None:
        writer.encrypt(password, owner, algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def pdf_of_today(revision):
    """A PDF locked with AES-256, as Acrobat and WPS write it; without its key nobody needs the true sums."""
    lock = (
        f"<</Filter/Standard/V 5/R {revision}/Length 256/P -4/O<{'61' * 48}>/U<{'62' * 48}>"
        f"/OE<{'63' * 32}>/UE<{'64' * 32}>/Perms<{'65' * 16}>"
        "/CF<</StdCF<</CFM/AESV3/AuthEvent/DocOpen/Length 32>>>>/StmF/StdCF/StrF/StdCF>>"
    )
    bodies = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", lock]
    text, places = "%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    identity = f"[<{'66' * 16}><{'66' * 16}>]"
    trailer = f"trailer\n<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID{identity}>>\nstartxref\n{len(text)}\n%%EOF\n"
    return (text + "xref\n0 4\n0000000000 65535 f \n" + table + trailer).encode()


def picture(kind="PNG", size=(60, 40), **options):
    written = BytesIO()
    noise = Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))
    noise.save(written, kind, **options)
    return written.getvalue()


def archive(*names, content=b"<x/>"):
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return written.getvalue()


def locked_archive(*names):
    """The sign of a password in every header of an archive."""
    content = bytearray(archive(*names))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def huge_png(width, height):
    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def old_office(*streams):
    return container(dict.fromkeys(streams, b"x" * 4096))


def workbook():
    written = BytesIO()
    Workbook().save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(), "application/pdf"),
        (b"%PDF-1.4 what scanners write", "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (archive("[Content_Types].xml", "word/document.xml"), WORD),
        (workbook(), EXCEL),
        (old_office("WordDocument"), "application/msword"),
        (old_office("Workbook"), "application/vnd.ms-excel"),
    ],
)
def test_papers_pictures_and_office_files_are_known_by_their_content(content, kind):
    assert media_type(content) == kind


def test_a_picture_of_a_telephone_with_two_images_in_it_is_a_jpeg():
    second = Image.new("RGB", (8, 8))
    content = picture("MPO", save_all=True, append_images=[second])
    assert media_type(content) == "image/jpeg"


REFUSED = [
    ("答辩状.pdf", pdf(password="geheim"), "密码"),
    ("只能看.pdf", pdf(password="", owner="boss"), "密码"),
    ("新版加密.pdf", pdf_of_today(6), "密码"),
    ("加密九版.pdf", pdf_of_today(5), "密码"),
    ("空.pdf", b"", "空"),
    ("程序.pdf", b"MZ\x90\x00" + bytes(200), "不是可用的格式"),
    ("程序.exe", b"\x7fELF" + bytes(200), "不是可用的格式"),
    ("网页.jpg", b"<html><script>alert(1)</script>", "不是可用的格式"),
    ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不是可用的格式"),
    ("动图.gif", picture("GIF"), "不是可用的格式"),
    ("证据.zip", archive("证据一.pdf", "证据二.pdf"), "压缩包"),
    ("加密.zip", locked_archive("证据.pdf"), "密码"),
    ("证据.rar", b"Rar!\x1a\x07\x01\x00" + bytes(100), "不是可用的格式"),
    ("宏.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "宏"),
    ("宏.docm", archive("word/document.xml", "word/VBAPROJECT.BIN"), "宏"),
    ("宏.xlsm", archive("xl/workbook.xml", "xl/vbaProject.bin"), "宏"),
    ("旧宏.doc", old_office("WordDocument", "_VBA_PROJECT"), "宏"),
    ("锁.docx", old_office("EncryptionInfo", "EncryptedPackage"), "密码"),
    ("安装包.msi", old_office("Property"), "不是可用的格式"),
    ("半张.png", picture("PNG")[:900], "损坏"),
    ("头.png", b"\x89PNG\r\n\x1a\n", "损坏"),
    ("头.jpg", b"\xff\xd8\xff\xe0", "损坏"),
    ("半个.docx", archive("word/document.xml")[:60], "损坏"),
    ("半个.doc", old_office("WordDocument")[:700], "损坏"),
    ("巨幅.png", huge_png(60_000, 60_000), ""),
    ("大幅.png", huge_png(9_000, 9_000), "图片尺寸过大"),
]


@pytest.mark.parametrize(("name", "content", "says"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_is_not_taken_is_refused_in_a_sentence_with_the_name_of_the_file(name, content, says):
    with pytest.raises(ValidationError) as refused:
        FilesField().clean([SimpleUploadedFile(name, content)])
    (sentence,) = refused.value.messages
    assert says in sentence
    assert CHINESE_SENTENCE.match(sentence), sentence
    assert name in sentence


def test_a_file_above_twenty_megabytes_is_refused_before_it_is_read():
    class Unreadable(SimpleUploadedFile):
        def read(self, *size):
            raise AssertionError("read although it is too big")

    file = Unreadable("卷宗.pdf", b"%PDF-1.4")
    file.size = MAX_BYTES + 1
    with pytest.raises(ValidationError, match=r"附件“卷宗.pdf”有 20\.0 MB，超过 20 MB，请压缩或拆分后上传。"):
        FilesField().clean([file])


def test_twenty_megabytes_are_the_last_that_are_taken():
    assert MAX_BYTES == 20 * 1024 * 1024
    content = b"%PDF-1.4 " + bytes(MAX_BYTES - 9)
    assert media_type(content) == "application/pdf"
    with pytest.raises(Refused, match="超过 20 MB"):
        media_type(content + b"x")


@pytest.mark.parametrize(
    "whole",
    [
        archive("[Content_Types].xml", "word/document.xml"),
        old_office("WordDocument"),
        picture("PNG"),
        picture("JPEG"),
        pdf(),
        pdf(password="geheim"),
    ],
    ids=["docx", "doc", "png", "jpeg", "pdf", "locked pdf"],
)
def test_no_damaged_file_is_worse_than_refused(whole):
    dice = random.Random(20261015)
    for _ in range(100):
        broken = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            broken[dice.randrange(4, len(broken))] = dice.randrange(256)
        content = bytes(broken[: dice.choice([len(broken), dice.randrange(5, len(broken))])])
        try:
            media_type(content)
        except Refused:
            continue
        except Exception as error:
            pytest.fail(f"{type(error).__name__}: {error}")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("答辩状.pdf", "答辩状.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\答辩状.pdf", "答辩状.pdf"),
        ("C:\\证据\\一.pdf", "一.pdf"),
        ("..", "附件"),
        ("", "附件"),
        ("   ", "附件"),
        ("a/", "附件"),
        ("答辩\x00状\x1f\n.pdf", "答辩状.pdf"),
        ("答辩状\u202efdp.exe", "答辩状fdp.exe"),  # shown as 答辩状exe.pdf by a trusting list
        ("答\u200b辩\u2066状\ufeff.pdf", "答辩状.pdf"),
        (" 答辩状.pdf ", "答辩状.pdf"),
        ("e\u0301vidence.pdf", "évidence.pdf"),
        ("没有后缀", "没有后缀"),
    ],
)
def test_a_name_loses_its_folders_and_the_signs_that_nobody_sees(given, kept):
    assert clean_name(given) == kept


@pytest.mark.parametrize("name", ["长" * 500 + ".pdf", "长" * 500, "a." + "x" * 500, "." * 400 + "pdf"])
def test_a_very_long_name_is_cut_and_keeps_a_short_suffix(name):
    kept = clean_name(name)
    assert 0 < len(kept) <= 120
    assert not name.endswith("长.pdf") or kept.endswith("长.pdf")


def test_a_cleaned_name_never_leads_anywhere():
    dice = random.Random(1)
    signs = ["..", "/", "\\", "\x00", "\u202e", "\u200f", "证", "a", ".", " ", "\n", "：", "%2e"]
    for _ in range(500):
        kept = clean_name("".join(dice.choice(signs) for _ in range(dice.randint(0, 40))))
        assert kept
        assert not set(kept) & set("/\\\x00\n\u202e\u200f")
        assert kept not in (".", "..")
