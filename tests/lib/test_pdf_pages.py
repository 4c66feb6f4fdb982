"""Pages of an attached PDF are drawn by a process of its own; what cannot be drawn is refused, and costs little."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from weasyprint import HTML

from lib.pdf_pages import NoPreview, page_of


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "two.pdf"
    HTML(string="<p>一</p><p style='break-before: page'>二</p>").write_pdf(path)
    return path


def test_each_page_is_drawn_at_reading_size(pdf):
    for number in (1, 2):
        page = page_of(pdf, number)
        with Image.open(BytesIO(page.picture)) as picture:
            assert (page.of, picture.format, picture.width) == (2, "JPEG", 1240)


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_is_refused(pdf, number):
    with pytest.raises(NoPreview):
        page_of(pdf, number)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4 sealed",
        b"",
        b"%PDF-1.7\n" + bytes(range(256)) * 400,
    ],
    ids=["cut short", "empty", "noise"],
)
def test_what_is_no_pdf_is_refused(tmp_path, content):
    path = tmp_path / "odd.pdf"
    path.write_bytes(content)
    with pytest.raises(NoPreview):
        page_of(path, 1)


def test_a_page_of_unheard_of_size_is_drawn_small(tmp_path):
    path = tmp_path / "huge.pdf"
    HTML(string="<style>@page { size: 10mm 14000mm }</style><p>长</p>").write_pdf(path)
    with Image.open(BytesIO(page_of(path, 1).picture)) as picture:
        assert picture.height <= 6000


def sealed(path):
    """A page with the visible signature of a court: a field of a form whose appearance is a black square."""
    writer = PdfWriter()
    page = writer.add_blank_page(400, 400)
    look = DecodedStreamObject()
    look.set_data(b"0 0 0 rg 0 0 200 200 re f")
    box = ArrayObject(map(NumberObject, (0, 0, 200, 200)))
    look.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    look[NameObject("/BBox")] = box
    field = DictionaryObject(
        {
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("Seal"),
            NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): ArrayObject(map(NumberObject, (100, 100, 300, 300))),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )
    fields = ArrayObject([writer._add_object(field)])
    page[NameObject("/Annots")] = fields
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    writer.write(path)


def test_the_visible_signature_of_a_judgment_is_drawn(tmp_path):
    path = tmp_path / "sealed.pdf"
    sealed(path)
    with Image.open(BytesIO(page_of(path, 1).picture)) as picture:
        assert picture.convert("L").getpixel((620, 620)) < 50
