"""The API of cases: reading, and the use cases of the pages under the same names and checks."""

from cases.api.cases import CaseViewSet
from cases.api.deadlines import DeadlineViewSet
from cases.api.hearings import NominationViewSet
from cases.api.lanes import LaneViewSet
from cases.api.leaders import NoticeViewSet
from cases.api.papers import PaperViewSet
from cases.api.performance import ObligationViewSet
from cases.api.rectification import MeasureViewSet
from cases.api.roster import HeadViewSet

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
