"""Papers over the API: read them, take them or return them, note that they were opened."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cases.api.requests import told_in
from cases.api.serializers import PaperSerializer
from cases.law import current_law
from cases.models import Paper, PaperReview
from cases.papers.labels import returnable
from cases.papers.review import review
from cases.papers.submission import note_opened
from organisations.access import require
from organisations.api import actor_of
from organisations.requests import author_of
from organisations.roles import Action


class PaperFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    class Meta:
        model = Paper
        fields = {"kind": ["exact"], "submitted_on": ["exact", "lte", "gte"], "lane": ["exact"]}


class PaperViewSet(ReadOnlyModelViewSet[Paper]):
    serializer_class = PaperSerializer
    filterset_class = PaperFilter
    queryset = Paper.objects.none()

    def get_queryset(self) -> QuerySet[Paper]:
        require(actor_of(self.request), Action.READ_CASES)
        papers = Paper.objects.visible_to(actor_of(self.request))
        related = papers.select_related("lane__case", "lane__organisation", "review", "source__entry")
        return related.prefetch_related("deliveries__recipient", "files").order_by("pk")

    @extend_schema(request=OpenApiTypes.OBJECT)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        """核收 or 退回补正: verdict (accepted, returned), note, comments {field: what is to be mended}."""
        paper = self.get_object()
        require(actor_of(request), Action.REVIEW_PAPERS)
        get_object_or_404(Paper.objects.received_by(actor_of(request)), pk=paper.pk)
        said = told_in(request)
        verdict = said.get("verdict")
        comments = request.data.get("comments") or {}  # type: ignore[union-attr]
        if verdict not in PaperReview.Verdict.values or not isinstance(comments, dict):
            raise ValidationError({"verdict": "请填 accepted 或 returned，comments 为“项目: 补正意见”。"})
        known = {name: str(text)[:300] for name, text in comments.items() if name in returnable(paper.kind)}
        review(
            paper, verdict=verdict, note=str(said.get("note", ""))[:500], comments=known,
            author=author_of(request._request), law=current_law(),
        )  # fmt: skip
        return Response(PaperSerializer(self.get_object()).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def opened(self, request: Request, pk: str) -> Response:
        """已阅 by the receiving office."""
        paper = get_object_or_404(Paper.objects.received_by(actor_of(request)), pk=self.get_object().pk)
        note_opened(paper, author=author_of(request._request))
        return Response(PaperSerializer(self.get_object()).data)
