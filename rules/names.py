"""Masking of natural persons in papers that go out; organisations keep their names.

Where a name could be either, it is taken for a person's.
"""

import re
import tomllib
from pathlib import Path

_SEPARATORS = re.compile(r"([、，,；;/\r\n]+)")
_OTHERS = re.compile(r"等(?:[0-9０-９]{0,5}|[一二三四五六七八九十百千两]{0,6})(?:人|户|名|家)?$")
_NOTE = re.compile(r"[（(\[〔【].*$", re.DOTALL)
_LAST_NOTE = re.compile(r"(?:[（(][^（）()]*[）)]?\s*)+$")  # （经营者张三）, but not 滨州（山东）某公司
_DOTS = re.compile(r"[·•‧・]")

_DATA = tomllib.loads((Path(__file__).parent / "data" / "names.toml").read_text("utf-8"))
_COMPOUND_SURNAMES = frozenset(_DATA["compound_surnames"])
_LONG_ENDINGS = tuple(_DATA["organisation_endings"])
_SHORT_ENDINGS = tuple(_DATA["short_endings"])
_LONG_NAME = 5  # people's names in Chinese characters have at most four
_FOREIGN_ORGANISATION = re.compile(r"\b(?:ltd|inc|llc|co|corp|gmbh|company|limited)\b\.?$", re.IGNORECASE)


def mask_person(name: str) -> str:
    """The surname and 某: 张某, 欧阳某; of a name with “·” or in Latin letters the first character and 某."""
    bare = re.sub(r"\s+", "", _NOTE.sub("", name))
    if not bare:
        return ""
    compound = bare[:2] in _COMPOUND_SURNAMES and len(bare) > len(bare[:2]) and not _DOTS.search(bare)
    shown = 2 if compound else 1
    return f"{bare[:shown]}某"


def mask_parties(text: str) -> str:
    """A list of parties with its natural persons masked and its organisations, marks and 等几人 kept.

    Remarks in brackets after a name go, for they may name people.
    """
    return "".join(
        piece if index % 2 else _mask_party(piece) for index, piece in enumerate(_SEPARATORS.split(text))
    )


def is_organisation(name: str) -> bool:
    """Whether a name is certainly no natural person's."""
    bare = _LAST_NOTE.sub("", name).strip()
    if _DOTS.search(bare):
        return False
    if bare.endswith(_LONG_ENDINGS):
        return len(bare) >= _LONG_NAME - 1 or bare.endswith("局")
    return len(bare) >= _LONG_NAME and (
        bare.endswith(_SHORT_ENDINGS) or bool(_FOREIGN_ORGANISATION.search(bare))
    )


def _mask_party(piece: str) -> str:
    name = _LAST_NOTE.sub("", piece.strip()).strip()
    others = _OTHERS.search(name)
    head, tail = (name[: others.start()], others[0]) if others else (name, "")
    return (head if is_organisation(head) else mask_person(head)) + tail
