"""Writing a paper over the API: keep the draft, add files, hand in; the checks are those of the page."""

from django.core.exceptions import ValidationError
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.requests import IF_MATCH, Overtaken, revision_in, tagged, told_in
from cases.api.serializers import DraftSerializer, PaperSerializer
from cases.law import current_law
from cases.models import Draft, Lane
from cases.papers import drafts
from cases.papers.drafts import handed_in
from cases.papers.handing_in import hand_in
from cases.papers.kinds import KINDS
from cases.record.form_fields import FilesField
from cases.requests.lanes import own_lane
from cases.requests.sheets import Sheet
from organisations import overtaken
from organisations.api import site_request
from organisations.authors import Author
from organisations.requests import author_of, id_in

ABOUT = OpenApiParameter(
    "about", OpenApiTypes.INT, description="The decision, hearing or paper that it is about, by its id."
)
PATH = "drafts/(?P<kind>[a-z_]+)"


def own(request: Request, pk: str) -> tuple[Lane, Author]:
    """The lane for which the caller acts (404, 403 otherwise), and the author of what is done."""
    return own_lane(site_request(request), id_in(pk) or 0), author_of(request._request)


class DraftActs:
    """To be mixed into the lanes. `?about=7` names the decision, the hearing or the incoming paper."""

    @extend_schema(request=OpenApiTypes.OBJECT, parameters=[IF_MATCH, ABOUT], responses=DraftSerializer)
    @action(detail=True, methods=["get", "put"], url_path=PATH)
    def draft(self, request: Request, pk: str, kind: str) -> Response:
        """The draft of a paper; PUT keeps its fields on top of the revision in If-Match (0: there is none yet)."""
        sheet = _sheet(request, pk, kind)
        if request.method == "GET":
            draft = _draft(sheet)
            return tagged(DraftSerializer(draft).data, draft.revision)
        try:
            draft = drafts.save_draft(
                sheet.place,
                typed={name: list(values) for name, values in told_in(request).lists()},
                key=drafts.new_key(),
                revision=revision_in(request),
                author=sheet.author,
            )
        except overtaken.Overtaken as error:
            raise Overtaken from error
        return tagged(DraftSerializer(draft).data, draft.revision)

    @extend_schema(request=OpenApiTypes.OBJECT, parameters=[ABOUT], responses=DraftSerializer)
    @action(
        detail=True, methods=["post"], url_path=f"{PATH}/files", parser_classes=(MultiPartParser, FormParser)
    )
    def draft_files(self, request: Request, pk: str, kind: str) -> Response:
        """Files for the draft (multipart, `attachments`), behind those that are there."""
        sheet = _sheet(request, pk, kind)
        draft = _draft(sheet)
        try:
            files = FilesField().clean(request.FILES.getlist("attachments"))
        except ValidationError as error:
            raise ValidationError({"attachments": error.messages}) from error
        drafts.add_files(draft, files, author=sheet.author)
        return tagged(DraftSerializer(_draft(_sheet(request, pk, kind))).data, draft.revision)

    @extend_schema(request=OpenApiTypes.OBJECT, parameters=[IF_MATCH, ABOUT], responses=PaperSerializer)
    @action(
        detail=True, methods=["post"], url_path=f"{PATH}/submit",
        parser_classes=(JSONParser, FormParser, MultiPartParser),
    )  # fmt: skip
    def submit(self, request: Request, pk: str, kind: str) -> Response:
        """Hand in the draft of the revision in If-Match. `key`, that of the draft, makes a second call harmless."""
        sheet = _sheet(request, pk, kind)
        if paper := handed_in(sheet.lane, str(told_in(request).get("key", ""))[:40]):
            return Response(PaperSerializer(paper).data)
        draft = _draft(sheet)
        if revision_in(request) != draft.revision:
            raise Overtaken
        try:
            paper = hand_in(draft, sheet.finished(), author=sheet.author, law=current_law())
        except Draft.DoesNotExist:  # another call was faster
            return Response(PaperSerializer(handed_in(sheet.lane, draft.key)).data)
        return Response(PaperSerializer(paper).data, status=201)


def _sheet(request: Request, pk: str, kind: str) -> Sheet:
    if kind not in KINDS:
        raise Http404
    lane, _ = own(request, pk)
    return Sheet(site_request(request), lane, kind)


def _draft(sheet: Sheet) -> Draft:
    if sheet.draft is None:
        raise Http404
    return sheet.draft
