"""The API of cases: reading, and the use cases of the pages under the same names and checks."""

from cases.api.heads import HeadViewSet
from cases.api.lanes import LaneViewSet
from cases.api.ledger import ObligationViewSet
from cases.api.papers import PaperViewSet
from cases.api.reading import CaseViewSet, DeadlineViewSet

__all__ = [
    "CaseViewSet",
    "DeadlineViewSet",
    "HeadViewSet",
    "LaneViewSet",
    "ObligationViewSet",
    "PaperViewSet",
]
