"""Pages of an attached PDF are drawn by a process of its own; what cannot be drawn is refused, and costs little."""

from io import BytesIO

import pytest
from PIL import Image
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
