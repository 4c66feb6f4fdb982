"""Names and numbers as they are compared: however somebody writes them, they are the same text."""

import re
from unicodedata import normalize

_NOISE = re.compile(r"[\s()（）〔〕\[\]【】·]")
_BRACKETS = re.compile(r"[\s()\[\]{}<>〔〕【】〖〗《》「」第]")
_PROVINCE = re.compile(r"^山东省(?=.{4})")


def folded(name: str) -> str:
    """A name: half width, without spaces and brackets, and without the province in front."""
    return _PROVINCE.sub("", _NOISE.sub("", normalize("NFKC", name)))


def folded_number(text: str) -> str:
    """A number of a case or paper, or a part of one: half width, without spaces, brackets and 第.

    （2026）鲁1602行初76号 becomes 2026鲁1602行初76号, and 第７６号 becomes 76号.
    """
    return _BRACKETS.sub("", normalize("NFKC", text))
