"""Official documents as PDF: HTML and a stylesheet in, bytes out, nothing fetched from anywhere."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Self

from weasyprint import CSS, HTML
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

LOGGER = logging.getLogger("weasyprint")
# Two threads render slower than one, and the warnings of one document must not be credited to another.
RENDERING = Lock()

FONT_SUFFIXES = {".otf", ".ttf"}
# GB/T 9704-2012 wants four faces. Files begin like this; an office's own come before the open ones.
TITLE_FILES = ("方正小标宋", "fzxbs", "小标宋", "fandolsong-bold")
BODY_FILES = ("仿宋_gb2312", "fangsong_gb2312", "方正仿宋", "fzfs", "simfang", "仿宋", "fandolfang")
HEADING_FILES = ("黑体", "方正黑体", "fzht", "simhei", "fandolhei-regular")
SUBHEADING_FILES = ("楷体_gb2312", "kaiti_gb2312", "方正楷体", "fzkt", "simkai", "楷体", "fandolkai")


class CannotRender(Exception):
    """The document asked for something outside itself, or for something that cannot be read."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The files of the four faces; None where the system's Noto CJK stands in.

    The stylesheet calls them `doc-title`, `doc-body`, `doc-heading` and `doc-subheading` and lists Noto CJK
    after each, so that a rare character of a name is printed even where the face lacks it.
    """

    title: Path | None = None
    body: Path | None = None
    heading: Path | None = None
    subheading: Path | None = None

    @classmethod
    def find(cls, directories: list[Path]) -> Self:
        """The best file for each face; earlier directories win between files of the same kind."""
        files = [file for directory in directories for file in _font_files(directory)]
        return cls(
            title=_first_named(files, TITLE_FILES),
            body=_first_named(files, BODY_FILES),
            heading=_first_named(files, HEADING_FILES),
            subheading=_first_named(files, SUBHEADING_FILES),
        )

    def css(self) -> str:
        """One @font-face rule for each file found."""
        faces = [
            ("doc-title", self.title, "bold"),
            ("doc-body", self.body, "normal"),
            ("doc-heading", self.heading, "normal"),
            ("doc-subheading", self.subheading, "normal"),
        ]
        return "\n".join(_font_face(name, file, weight) for name, file, weight in faces if file)


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A rendered document; `missing_glyphs` are the characters that no font could print."""

    content: bytes
    pages: int
    missing_glyphs: tuple[str, ...]


def render_pdf(html: str, *, stylesheet: str, fonts: Fonts) -> PdfFile:
    """The same bytes for the same input; CannotRender if the document refers to any file or address."""
    only_data = URLFetcher(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
    with RENDERING, _complaints() as records:
        try:
            configuration = _font_configuration(fonts)
            sheet = CSS(string=stylesheet, font_config=configuration, url_fetcher=only_data)
            source = HTML(string=html, url_fetcher=only_data)
            document = source.render(stylesheets=[sheet], font_config=configuration)
            content = document.write_pdf()
        except FatalURLFetchingError as refused:  # not an Exception: it would pass through every caller
            raise CannotRender(str(refused)) from refused
    _refuse_errors(records)
    return PdfFile(content, len(document.pages), _missing_glyphs(records))


def harfbuzz_subset_present() -> bool:
    """Without this library a Chinese document takes 2 to 16 times as long."""
    return ffi.harfbuzz_subset is not None


def chinese_font_present() -> bool:
    """Whether the system's own fonts print Chinese, rare characters of names included."""
    return not render_pdf("<p>滨州䶮㛃珺</p>", stylesheet="", fonts=Fonts()).missing_glyphs


def _font_files(directory: Path) -> list[Path]:
    if not directory.is_dir():
        return []
    return sorted(file.resolve() for file in directory.iterdir() if file.suffix.lower() in FONT_SUFFIXES)


def _first_named(files: list[Path], beginnings: tuple[str, ...]) -> Path | None:
    named = (file for name in beginnings for file in files if file.name.lower().startswith(name))
    return next(named, None)


def _font_face(name: str, file: Path, weight: str) -> str:
    return f'@font-face {{ font-family: "{name}"; src: url("{file.as_uri()}"); font-weight: {weight} }}'


@lru_cache(maxsize=4)
def _font_configuration(fonts: Fonts) -> FontConfiguration:
    """Only here are files read, from rules we wrote: a document cannot name a file of its own."""
    configuration = FontConfiguration()
    only_files = URLFetcher(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)
    CSS(string=fonts.css(), font_config=configuration, url_fetcher=only_files)
    return configuration


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _complaints() -> Iterator[list[logging.LogRecord]]:
    """What WeasyPrint complains of inside the block, whatever level the site logs at."""
    collector, level = _Collector(), LOGGER.level
    LOGGER.addHandler(collector)
    LOGGER.setLevel(logging.WARNING)
    try:
        yield collector.records
    finally:
        LOGGER.removeHandler(collector)
        LOGGER.setLevel(level)


def _refuse_errors(records: list[logging.LogRecord]) -> None:
    """WeasyPrint logs an unreadable image or a relative address and goes on; a bulletin must not."""
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    if errors:
        raise CannotRender("; ".join(errors))


def _missing_glyphs(records: list[logging.LogRecord]) -> tuple[str, ...]:
    """WeasyPrint's warning carries the character as its first argument."""
    about_glyphs = [record.args for record in records if str(record.msg).startswith(".notdef glyph")]
    return tuple(dict.fromkeys(str(args[0]) for args in about_glyphs if isinstance(args, tuple)))
