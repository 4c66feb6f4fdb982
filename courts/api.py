"""Notifications over the API: plan by uploading, look, confirm."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from cases.law import current_law
from courts.models import Upload
from courts.notifications import Refused, confirm
from courts.serializers import ConfirmSerializer, NewUploadSerializer, UploadSerializer
from courts.uploads import plan_upload
from lib.sheets import MAX_FILE_BYTES
from organisations.access import require
from organisations.api import actor_of
from organisations.requests import author_of
from organisations.roles import Action


class NotificationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Upload]):
    """Uploads in the caller's scope. Writing is for a court's own post."""

    serializer_class = UploadSerializer
    parser_classes = [MultiPartParser, FormParser, JSONParser]
    filterset_fields = ["month", "state"]
    queryset = Upload.objects.none()

    def get_queryset(self) -> QuerySet[Upload]:
        actor = actor_of(self.request)
        require(actor, Action.READ_NOTIFICATIONS)
        uploads = Upload.objects.visible_to(actor).defer("rows").select_related("court")
        return uploads.prefetch_related("notifications")

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Check and plan a workbook; nothing takes effect. An unusable one is answered with its code (422)."""
        actor = actor_of(request)
        require(actor, Action.NOTIFY)
        form = NewUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        file = form.validated_data["file"]
        upload = plan_upload(
            file.read(MAX_FILE_BYTES + 1),
            name=file.name,
            court=actor.organisation,
            month=form.validated_data["month"],
            kind=form.validated_data["kind"],
            author=author_of(request._request),
            law=current_law(),
        )
        if upload.state == Upload.State.REFUSED:
            return _problem(upload.refusal_code, upload.refusal, status.HTTP_422_UNPROCESSABLE_ENTITY)
        return Response(self.get_serializer(upload).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ConfirmSerializer)
    @action(detail=True, methods=["post"], url_path="confirm")
    def confirm(self, request: Request, pk: str | None = None) -> Response:
        """Let the good rows take effect, once; 409 when that happened before or the record has moved since.

        `plan`, where given, is the hash of the plan that was looked at; another one is answered with 409.
        """
        upload = self.get_object()
        require(actor_of(request), Action.NOTIFY)
        form = ConfirmSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        author, plan = author_of(request._request), form.validated_data.get("plan")
        try:
            confirmed = confirm(upload, author=author, law=current_law(), plan=plan)
        except Refused as refused:
            return _problem(refused.code, str(refused), status.HTTP_409_CONFLICT)
        return Response(self.get_serializer(confirmed).data)


def _problem(code: str, message: str, status_code: int) -> Response:
    return Response({"code": code, "message": message, "errors": []}, status=status_code)
