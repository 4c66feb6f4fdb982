"""The API of cases: reading, and the use cases of the pages under the same names and checks."""

from cases.api.answers import NominationViewSet, NoticeViewSet
from cases.api.heads import HeadViewSet
from cases.api.lanes import LaneViewSet
from cases.api.ledger import ObligationViewSet
from cases.api.measures import MeasureViewSet
from cases.api.papers import PaperViewSet
from cases.api.reading import CaseViewSet, DeadlineViewSet

__all__ = [
    "CaseViewSet",
    "DeadlineViewSet",
    "HeadViewSet",
    "LaneViewSet",
    "MeasureViewSet",
    "NominationViewSet",
    "NoticeViewSet",
    "ObligationViewSet",
    "PaperViewSet",
]
