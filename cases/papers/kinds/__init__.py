"""The kinds of papers, each one object: form, page, matter, duty, step and recipients are read from it."""

from collections.abc import Mapping

from cases.papers.kinds import advice, decisions, hearings, preparation
from cases.papers.kinds.kind import PaperKind

_ALL = (*preparation.KINDS, *hearings.KINDS, *decisions.KINDS, *advice.KINDS)
KINDS: Mapping[str, PaperKind] = {str(kind.key): kind for kind in _ALL}
BY_RULE: Mapping[str, PaperKind] = {kind.rule: kind for kind in _ALL}
