"""A quarterly bulletin as PDF: laid out by GB/T 9704-2012, every character printed, nothing fetched."""

import base64
import json
import logging
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.template import Context, Engine

from lib.pdf import CannotRender, Fonts, chinese_font_present, harfbuzz_subset_present, render_pdf

ROOT = Path(__file__).resolve().parents[2]
FONTS = Fonts.find([ROOT / "var" / "fonts"])
STYLESHEET = (ROOT / "static" / "css" / "official.css").read_text(encoding="utf-8")
ENGINE = Engine(dirs=[str(ROOT / "templates")])
MM = 72 / 25.4


def unit_row(number):
    heard, appeared = number % 9 + 1, max(number % 9 - number % 3, 0)
    remark = "副职未出庭1件" if number % 3 else ""
    return [str(number), f"示例市第{number}局", str(heard), str(appeared), f"{appeared / heard:.2%}", remark]


def bulletin(**changes):
    """The quarterly bulletin of bulletin.json, its first table filled with 60 units."""
    document = json.loads((Path(__file__).parent / "bulletin.json").read_text(encoding="utf-8"))
    units = next(block for block in document["blocks"] if block["kind"] == "table")
    units["rows"] = [unit_row(number) for number in range(1, 61)]
    return document | changes


def page_html(**changes):
    template = ENGINE.get_template("documents/official.html")
    return template.render(Context({"document": bulletin(**changes)}, use_l10n=False))


def official_pdf(**changes):
    return render_pdf(page_html(**changes), stylesheet=STYLESHEET, fonts=FONTS)


def opened(file):
    return pypdfium2.PdfDocument(file.content)


def page_texts(file):
    return [page.get_textpage().get_text_bounded() for page in opened(file)]


def text_box(page, text):
    """Left, bottom, right, top of the first occurrence, in mm from the lower left corner of the page."""
    textpage = page.get_textpage()
    first, count = textpage.search(text).get_next()
    boxes = [textpage.get_charbox(index) for index in range(first, first + count)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts) / MM, min(bottoms) / MM, max(rights) / MM, max(tops) / MM


def embedded_fonts(file):
    """The names of the fonts a text of any page is set in, all of which must lie inside the file."""
    texts = [item for page in opened(file) for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT])]
    fonts = [item.get_font() for item in texts]
    assert all(font.is_embedded for font in fonts)
    return {font.get_base_name() for font in fonts}


@pytest.fixture(scope="module")
def issued():
    return official_pdf()


@pytest.fixture(scope="module")
def draft():
    return official_pdf(draft=True, number=None)


@pytest.fixture
def listener():
    """An HTTP server on this machine that notes every address it is asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, asked
        server.shutdown()


def test_every_page_is_a4(issued):
    sizes = {tuple(round(side / MM) for side in page.get_size()) for page in opened(issued)}
    assert sizes == {(210, 297)}
    assert issued.pages == len(opened(issued)) >= 3


def test_every_character_is_printed(issued):
    assert issued.missing_glyphs == ()
    last_table = page_texts(issued)[-2]
    assert all(name in last_table for name in ["䶮某", "丁㛃", "王珺", "张某某"])


def test_the_title_keeps_the_line_breaks_it_was_given(issued):
    first = page_texts(issued)[0].split()
    start = first.index("关于2026年第三季度全市行政机关负责人")
    assert first[start - 1 : start + 2] == bulletin()["title"].split("\n")


def test_fonts_are_embedded_as_subsets_and_the_file_stays_small(issued):
    assert all(re.match(r"[A-Z]{6}\+", name) for name in embedded_fonts(issued))
    assert len(issued.content) <= 2 * 1024 * 1024


def test_a_page_holds_22_lines_of_28_characters():
    file = official_pdf(blocks=[{"kind": "paragraph", "text": "正" * 3000}], attachments=[])
    lines = page_texts(file)[1].split()
    assert [len(line) for line in lines if "正" in line] == [28] * 22


def test_the_body_begins_on_the_first_page_and_reaches_the_page_of_the_signature():
    file = official_pdf(blocks=[{"kind": "paragraph", "text": "正" * 40}], copy_to="")
    first, second, *_ = page_texts(file)
    assert "正" in first
    assert "正" in second
    assert "2026年10月15日" in second


def test_the_mark_begins_35_mm_below_the_text_area(issued):
    left, _, right, top = text_box(opened(issued)[0], "滨州市司法局文件")
    assert 297 - 37 - 35 - 3 <= top <= 297 - 37 - 35
    assert (left + right) / 2 == pytest.approx(28 + 156 / 2, abs=1)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(issued):
    document = opened(issued)
    odd, even = text_box(document[0], "— 1 —"), text_box(document[1], "— 2 —")
    assert odd[2] == pytest.approx(210 - 26 - 14 / MM, abs=1)
    assert even[0] == pytest.approx(28 + 14 / MM, abs=1)
    assert odd[3] == pytest.approx(35 - 7, abs=2)


def test_a_long_table_repeats_its_header_and_loses_no_row(issued):
    pages = [text for text in page_texts(issued) if "示例市第" in text]
    assert len(pages) >= 3
    assert all("应出庭" in text and "备注" in text for text in pages)
    assert len(re.findall(r"示例市第\d+局", "".join(pages))) == 60


def test_each_attachment_begins_a_page_and_is_announced_before_the_signature(issued):
    texts = page_texts(issued)
    assert texts[-2].startswith("附件1")
    assert texts[-1].startswith("附件2")
    lines = texts[-3].split()
    start = lines.index("附件：1.部分案件情况")
    assert lines[start + 1 : start + 4] == ["2.统计口径说明", "滨州市司法局", "2026年10月15日"]


def test_the_imprint_stands_at_the_foot_of_the_last_page(issued):
    document = opened(issued)
    _, bottom, right, _ = text_box(document[len(document) - 1], "2026年10月15日印发")
    assert bottom == pytest.approx(35 + 2, abs=1.5)
    assert right == pytest.approx(210 - 26 - 14 / MM, abs=1)


def test_a_draft_says_so_on_every_page_and_has_no_number(draft):
    texts = page_texts(draft)
    assert all("草稿" in text and "尚未印发" in text for text in texts)
    assert "（印发时取号）" in texts[0]


def test_an_issued_paper_bears_its_number_and_no_draft_mark(issued):
    texts = page_texts(issued)
    assert "滨司通〔2026〕12号" in texts[0]
    assert not any("草稿" in text for text in texts)


def test_the_same_document_gives_the_same_bytes(issued):
    assert official_pdf().content == issued.content


def test_a_paper_without_office_fonts_is_set_in_the_systems_own():
    file = render_pdf(page_html(), stylesheet=STYLESHEET, fonts=Fonts())
    assert file.missing_glyphs == ()
    assert all("Noto" in name for name in embedded_fonts(file))


def test_a_character_no_font_has_is_named():
    file = official_pdf(signature="某局\U0010fffd")
    assert file.missing_glyphs == ("\U0010fffd",)


def test_the_stylesheet_and_templates_draw_no_complaint(caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        official_pdf(draft=True)
    assert caplog.messages == []


def test_no_style_attribute_is_needed():
    assert "style=" not in page_html(draft=True)


def test_the_machine_has_what_chinese_papers_need():
    assert harfbuzz_subset_present()
    assert chinese_font_present()


def svg_with(content):
    image = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{content}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(image.encode()).decode()


SVG_READING_A_FILE = svg_with('<image href="file:///etc/passwd" width="9" height="9"/>')


@pytest.mark.parametrize(
    "html",
    [
        '<link rel=attachment href="file:///etc/passwd">',
        '<a rel=attachment href="file:///etc/passwd">附件</a>',
        '<img src="file:///etc/passwd">',
        '<img src="chart.svg">',
        '<object data="file:///etc/passwd"></object>',
        '<link rel=stylesheet href="file:///etc/passwd">',
        '<style>@import url("file:///etc/passwd");</style>',
        '<style>p { background: url("file:///etc/passwd") }</style><p>正文</p>',
        '<style>@font-face { font-family: x; src: url("file:///etc/passwd") }</style><p>正文</p>',
        f'<img src="{SVG_READING_A_FILE}">',
        '<img src="data:image/png;base64,AAAA">',
    ],
)
def test_a_document_that_refers_to_a_file_is_refused(html):
    with pytest.raises(CannotRender):
        render_pdf(html, stylesheet="", fonts=FONTS)


@pytest.mark.parametrize(
    "tag", ['<img src="{}">', '<link rel=attachment href="{}">', "<style>@import '{}';</style>"]
)
def test_a_document_that_refers_to_the_network_is_refused_unasked(tag, listener):
    port, asked = listener
    with pytest.raises(CannotRender):
        render_pdf(tag.format(f"http://127.0.0.1:{port}/secret"), stylesheet="", fonts=FONTS)
    assert asked == []


def test_a_font_of_the_office_may_not_be_named_by_the_document():
    font = (ROOT / "static" / "css" / "official.css").as_uri()
    with pytest.raises(CannotRender):
        render_pdf("<p>正文</p>", stylesheet=f'p {{ background: url("{font}") }}', fonts=FONTS)


def test_a_drawing_inside_the_document_is_printed():
    rectangle = svg_with('<rect width="9" height="9"/>')
    assert render_pdf(f'<img src="{rectangle}">', stylesheet="", fonts=FONTS).pages == 1


def test_the_fonts_of_the_office_come_before_the_open_ones(tmp_path):
    for name in [
        "FandolFang-Regular.otf",
        "仿宋_GB2312.ttf",
        "FandolSong-Bold.otf",
        "FZXBSJW.TTF",
        "COPYING",
    ]:
        (tmp_path / name).touch()
    assert Fonts.find([tmp_path]) == Fonts(title=tmp_path / "FZXBSJW.TTF", body=tmp_path / "仿宋_GB2312.ttf")


def test_fonts_are_found_nowhere_where_there_is_no_directory(tmp_path):
    assert Fonts.find([tmp_path / "absent"]) == Fonts()
