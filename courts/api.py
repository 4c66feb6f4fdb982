"""Notifications over the API: plan by uploading, look, put right, confirm, take the receipt."""

import hashlib
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from cases.law import current_law
from courts.models import Upload
from courts.notifications.acknowledgement import acknowledgement_pdf, annotated
from courts.notifications.confirmation import (
    Refused,
    confirm,
    confirmed_earlier,
    expected_effects,
    nil_return,
)
from courts.serializers import (
    ConfirmSerializer,
    CorrectionsSerializer,
    NewUploadSerializer,
    NilSerializer,
    UploadSerializer,
)
from courts.uploads.background import check_again
from courts.uploads.corrections import (
    NameUnknown,
    NoSuchCell,
    NotOpen,
    affirm_rows,
    agency_named,
    correct_cells,
    remember_name,
)
from courts.uploads.planning import XLSX, plan_upload
from lib.sheets import MAX_FILE_BYTES
from organisations.access import require
from organisations.api import actor_of
from organisations.files import read
from organisations.requests import author_of
from organisations.roles import Action
from organisations.serving import download

KEY_HEADER = "Idempotency-Key"
LONGEST_KEY = 100
KEY = OpenApiParameter(
    KEY_HEADER,
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The same key with the same file is answered with the first upload; nothing is made twice.",
)
UNPROCESSABLE, CONFLICT = status.HTTP_422_UNPROCESSABLE_ENTITY, status.HTTP_409_CONFLICT


class NotPlanned(APIException):
    """The upload is not open any more, or could not be read."""

    status_code = CONFLICT
    default_code = "not_planned"
    default_detail = "这份上传不在待提交状态，不能改动。"


class NotificationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Upload]):
    """Uploads in the caller's scope. Writing is for a court's own post."""

    serializer_class = UploadSerializer
    parser_classes = [MultiPartParser, FormParser, JSONParser]
    filterset_fields = ["month", "state"]
    queryset = Upload.objects.none()

    def get_queryset(self) -> QuerySet[Upload]:
        actor = actor_of(self.request)
        require(actor, Action.READ_NOTIFICATIONS)
        uploads = Upload.objects.visible_to(actor).defer("rows").select_related("court__region", "file")
        return uploads.prefetch_related("notifications")

    @extend_schema(request=NewUploadSerializer, parameters=[KEY])
    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Check and plan a workbook; nothing takes effect. An unusable one is answered with its code (422)."""
        actor = actor_of(request)
        require(actor, Action.NOTIFY)
        form = NewUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        valid = dict(form.validated_data)
        file = valid.pop("file")
        content = file.read(MAX_FILE_BYTES + 1)
        key = request.headers.get(KEY_HEADER, "")[:LONGEST_KEY]
        valid |= {"court": actor.organisation, "key": key, "digest": _digest(content, valid)}
        if key and (known := self._known(valid)):
            return self._again(known, valid)
        try:
            upload = plan_upload(
                content, name=file.name, author=author_of(request._request), law=current_law(), **valid
            )
        except IntegrityError:  # another request with the same key was faster
            return self._again(self._known(valid), valid)
        return self._planned(upload, status.HTTP_201_CREATED)

    @extend_schema(request=NilSerializer)
    @action(detail=False, methods=["post"])
    def nil(self, request: Request) -> Response:
        """零通报 of one kind for a month; answered with its receipt, 409 where the month was told of before."""
        actor = actor_of(request)
        require(actor, Action.NOTIFY)
        form = NilSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        try:
            upload = nil_return(
                court=actor.organisation, author=author_of(request._request), **form.validated_data
            )
        except Refused as refused:
            return _problem(refused.code, str(refused), CONFLICT)
        return Response(self.get_serializer(upload).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=CorrectionsSerializer)
    @action(detail=True, methods=["post"])
    def corrections(self, request: Request, pk: str | None = None) -> Response:
        """Say which agency a name means (remembered for the court) and put cells right; the file is checked anew."""
        upload = self._open(request)
        form = CorrectionsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        author, cells = author_of(request._request), form.cells_by_place()
        try:
            named = {
                name: agency_named(upload.court, words, author=author)
                for name, words in form.names_in(upload).items()
            }
            if cells:
                correct_cells(upload, cells, author=author)
            if questions := form.questions():
                affirm_rows(upload, questions, author=author)
        except (NameUnknown, NoSuchCell) as refused:
            return _problem("invalid", str(refused), UNPROCESSABLE)
        except NotOpen as refused:
            raise NotPlanned from refused
        for name, agency in named.items():
            remember_name(upload.court, name, agency, author=author)
        return self._planned(check_again(upload, author=author, law=current_law()), status.HTTP_200_OK)

    @action(detail=True, methods=["get"])
    def effects(self, request: Request, pk: str | None = None) -> Response:
        """What a confirmation would bring: deadlines that begin and move, agencies and offices concerned."""
        upload = self._open(request, Action.READ_NOTIFICATIONS)
        try:
            effects = expected_effects(upload, author=author_of(request._request), law=current_law())
        except Refused as refused:
            return _problem(refused.code, str(refused), CONFLICT)
        return Response(effects.to_json())

    @extend_schema(request=ConfirmSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str | None = None) -> Response:
        """Let the good rows take effect, once; 409 when that happened before or the record has moved since.

        `plan`, where given, is the hash of the plan that was looked at; another one is answered with 409.
        """
        upload = self.get_object()
        require(actor_of(request), Action.NOTIFY)
        form = ConfirmSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        author, plan = author_of(request._request), form.validated_data.get("plan")
        if not confirmed_earlier(upload) and (asked := form.missing_in(upload)):
            return _problem("answer_required", asked, UNPROCESSABLE)
        try:
            confirmed = confirm(
                upload, author=author, law=current_law(), plan=plan, answers=form.answers(upload)
            )
        except Refused as refused:
            return _problem(refused.code, str(refused), CONFLICT)
        return Response(self.get_serializer(confirmed).data)

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def marked(self, request: Request, pk: str | None = None) -> HttpResponse:
        """错误标注表: the court's own workbook with its faults marked."""
        upload = self.get_object()
        if upload.file is None or not upload.report.get("sheets"):
            return _problem("not_checked", "这份上传没有可标注的检查结果。", CONFLICT)
        return download(annotated(read(upload.file), upload), f"错误标注-{upload.pk}.xlsx", XLSX)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def receipt(self, request: Request, pk: str | None = None) -> HttpResponse:
        """回执 as PDF."""
        upload = self.get_object()
        if upload.state != Upload.State.CONFIRMED:
            return _problem("not_confirmed", "这份上传尚未提交，没有回执。", CONFLICT)
        return download(acknowledgement_pdf(upload), f"回执-{upload.number}.pdf", "application/pdf")

    def _open(self, request: Request, to: Action = Action.NOTIFY) -> Upload:
        """An upload that is planned and not confirmed."""
        upload = self.get_object()
        require(actor_of(request), to)
        if upload.state != Upload.State.PLANNED:
            raise NotPlanned
        return upload

    def _known(self, stated: dict[str, Any]) -> Upload | None:
        return self.get_queryset().filter(court=stated["court"], idempotency_key=stated["key"]).first()

    def _again(self, known: Upload | None, stated: dict[str, Any]) -> Response:
        """The answer to a key that was used before: the same again, or 422 where something else came with it."""
        if known is None or known.request_digest != stated["digest"]:
            return _problem(
                "idempotency_key_reused", "这个幂等键已用于另一次上传，请换一个键。", UNPROCESSABLE
            )
        return self._planned(known, status.HTTP_200_OK)

    def _planned(self, upload: Upload, code: int) -> Response:
        if upload.state == Upload.State.REFUSED:
            return _problem(upload.refusal_code, upload.refusal, UNPROCESSABLE)
        return Response(self.get_serializer(upload).data, status=code)


def _digest(content: bytes, stated: dict[str, Any]) -> str:
    """Of everything that makes a request what it is."""
    said = f"{stated['month'].key}|{stated['kind']}|{stated['is_addition']}|".encode()
    return hashlib.sha256(said + content).hexdigest()


def _problem(code: str, message: str, status_code: int) -> Response:
    return Response({"code": code, "message": message, "errors": []}, status=status_code)
