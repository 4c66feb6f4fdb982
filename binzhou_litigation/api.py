"""All of the API under /api/v1/."""

from rest_framework.routers import DefaultRouter

from cases.api import CaseViewSet, DeadlineViewSet

router = DefaultRouter()
router.register("cases", CaseViewSet, basename="case")
router.register("deadlines", DeadlineViewSet, basename="deadline")

urls = router.urls
