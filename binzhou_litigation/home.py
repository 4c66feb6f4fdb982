"""The first page of each role, and the search over the whole site."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases.case_list.filters import CaseSearch
from cases.models import Case
from organisations.access import may
from organisations.requests import SignedInRequest
from organisations.roles import DESK, ROLES, Action

MOST_FOUND = 50


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


def search(request: SignedInRequest) -> HttpResponse:
    """案号 in any writing, bare serial numbers, agencies; within the reader's scope."""
    text = request.GET.get("q", "").strip()[:200]
    allowed = may(request.actor, Action.READ_CASES)
    cases = Case.objects.visible_to(request.actor) if allowed else Case.objects.none()
    found = CaseSearch({"q": text}, queryset=cases).qs.select_related("court") if text else cases.none()
    context = {
        "text": text,
        "found": found.prefetch_related("lanes__organisation")[:MOST_FOUND],
        "breadcrumbs": [{"label": "搜索", "url": ""}],
    }
    return render(request, "search.html", context)
