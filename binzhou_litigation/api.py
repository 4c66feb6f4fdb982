"""All of the API under /api/v1/."""

from rest_framework.routers import DefaultRouter

from cases.api import CaseViewSet, DeadlineViewSet
from courts.api import NotificationViewSet

router = DefaultRouter()
router.register("cases", CaseViewSet, basename="case")
router.register("deadlines", DeadlineViewSet, basename="deadline")
router.register("notifications", NotificationViewSet, basename="notification")

urls = router.urls
