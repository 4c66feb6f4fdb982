"""The first page of each role, and the search over the whole site."""

from dataclasses import dataclass

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.case_list.filters import BARE_NUMBER, CaseSearch
from cases.models import Case, Paper
from courts.models import Upload
from lib.folding import folded_number
from organisations.access import may
from organisations.models import Post
from organisations.requests import SignedInRequest
from organisations.roles import DESK, ROLES, Action
from reports.models import Bulletin
from supervision.models import Letter

MOST_FOUND = 50
MOST_DOCUMENTS = 10  # of a kind


def home(request: SignedInRequest) -> HttpResponse:
    """Where a role's work begins; without a post, a word on how to get one."""
    if request.actor is None:
        return render(request, "home_without_post.html", {"breadcrumbs": []})
    page = ROLES[request.actor.role].first_page
    query = request.META.get("QUERY_STRING", "")
    response = redirect(page)
    if query and page == DESK:
        response["Location"] += f"?{query}"
    return response


@dataclass(frozen=True, slots=True)
class Numbered:
    """A kind of document that bears a number, and the page on which one is read."""

    label: str
    model: type[Model]
    page: str

    def found(self, text: str, actor: Post | None) -> list[dict[str, str]]:
        """Those in the reader's scope of whose number the text is a part, in any brackets."""
        rows = self.model._default_manager.visible_to(actor).alias(bare=BARE_NUMBER)  # type: ignore[attr-defined]  # all have the door
        hits = rows.filter(bare__contains=text).exclude(number="").values_list("pk", "number").order_by("-pk")
        return [
            {"label": self.label, "number": number, "url": reverse(self.page, args=[pk])}
            for pk, number in hits[:MOST_DOCUMENTS]
        ]


DOCUMENTS = (
    Numbered("法院通报回执", Upload, "courts:acknowledgement"),
    Numbered("文书", Paper, "cases:paper"),
    Numbered("建议书", Letter, "supervision:letter"),
    Numbered("通报", Bulletin, "reports:bulletin"),
)


def search(request: SignedInRequest) -> HttpResponse:
    """案号 in any writing, parts of it, units by any name, numbers of papers; within the reader's scope."""
    text = request.GET.get("q", "").strip()[:200]
    allowed = may(request.actor, Action.READ_CASES)
    cases = Case.objects.visible_to(request.actor) if allowed else Case.objects.none()
    found = CaseSearch({"q": text}, queryset=cases).qs.select_related("court") if text else cases.none()
    number = folded_number(text)
    documents = [hit for kind in DOCUMENTS for hit in kind.found(number, request.actor)] if number else []
    context = {
        "text": text,
        "documents": documents,
        "found": found.prefetch_related("lanes__organisation")[:MOST_FOUND],
        "breadcrumbs": [{"label": "搜索", "url": ""}],
    }
    return render(request, "search.html", context)
