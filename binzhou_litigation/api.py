"""All of the API under /api/v1/."""

from rest_framework.routers import DefaultRouter

from cases.api import (
    CaseViewSet,
    DeadlineViewSet,
    HeadViewSet,
    LaneViewSet,
    MeasureViewSet,
    NominationViewSet,
    NoticeViewSet,
    ObligationViewSet,
    PaperViewSet,
)
from courts.api import NotificationViewSet
from reports.api import DiscrepancyViewSet, FigureViewSet, RankingViewSet

router = DefaultRouter()
router.register("cases", CaseViewSet, basename="case")
router.register("deadlines", DeadlineViewSet, basename="deadline")
router.register("lanes", LaneViewSet, basename="lane")
router.register("papers", PaperViewSet, basename="paper")
router.register("obligations", ObligationViewSet, basename="obligation")
router.register("heads", HeadViewSet, basename="head")
router.register("nominations", NominationViewSet, basename="nomination")
router.register("notices", NoticeViewSet, basename="notice")
router.register("measures", MeasureViewSet, basename="measure")
router.register("notifications", NotificationViewSet, basename="notification")
router.register("figures", FigureViewSet, basename="figure")
router.register("discrepancies", DiscrepancyViewSet, basename="discrepancy")
router.register("rankings", RankingViewSet, basename="ranking")

urls = router.urls
