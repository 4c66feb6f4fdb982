"""The parties that a court names in one cell."""

import re

from cases.models import Case, Party

_BETWEEN = re.compile(r"[、，,；;/\n]+")
_OTHERS = re.compile(r"等\s*[0-9一二三四五六七八九十百]*\s*(?:人|户|名)?$")
# Words with which the name of a legal person or another body ends or that it contains.
BODIES = (
    "公司",
    "合作社",
    "委员会",
    "村民小组",
    "经济组织",
    "中心",
    "厂",
    "店",
    "部",
    "局",
    "所",
    "院",
    "校",
    "协会",
    "企业",
)


def parties_of(case: Case) -> list[Party]:
    """Unsaved parties of a case, from its plaintiffs and third parties as written."""
    named = ((Party.Role.PLAINTIFF, case.plaintiffs), (Party.Role.THIRD_PARTY, case.third_parties))
    return [
        Party(case=case, role=role, name=name, is_natural_person=not name.endswith(BODIES))
        for role, text in named
        for name in names_in(text)
    ]


def names_in(text: str) -> list[str]:
    """The single names in a cell, byte for byte; 等3人 is no name."""
    parts = (_OTHERS.sub("", part.strip()) for part in _BETWEEN.split(text))
    return [part[:200] for part in parts if part]
