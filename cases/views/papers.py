"""Reading papers: the receipt of the one who handed it in, the inbox of the one who got it."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from cases.forms import (
    AbsenceForm,
    DefenceReportForm,
    JudgmentFilingForm,
    LeaderReportForm,
    LostCaseForm,
)
from cases.models import Paper, PaperDelivery, PaperFile
from cases.papers import note_opened
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action
from organisations.serving import attachment

PER_PAGE = 20
FORMS = {
    Paper.Kind.LEADER_REPORT: LeaderReportForm,
    Paper.Kind.DEFENCE_REPORT: DefenceReportForm,
    Paper.Kind.JUDGMENT_FILING: JudgmentFilingForm,
    Paper.Kind.LOST_CASE_REPORT: LostCaseForm,
    Paper.Kind.ABSENCE: AbsenceForm,
}


def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """A paper with its receipt, what it says, its files, and where it went."""
    found = get_object_or_404(
        Paper.objects.visible_to(request.actor).select_related(
            "defendant__case", "defendant__organisation", "submitted_by__user"
        ),
        pk=pk,
    )
    context = {
        "paper": found,
        "case": found.defendant.case,
        "content": content_of(found),
        "deliveries": found.deliveries.select_related("recipient"),
        "files": found.files.select_related("file"),
        "is_recipient": request.actor
        and found.deliveries.filter(recipient=request.actor.organisation_id).exists(),
        "breadcrumbs": [
            {"label": "案件", "url": "/cases/"},
            {"label": found.defendant.case.number, "url": f"/cases/{found.defendant.case_id}/"},
            {"label": found.get_kind_display(), "url": ""},
        ],
    }
    return render(request, "cases/paper.html", context)


@require_POST
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """已阅: note that the receiving office has read the paper."""
    found = get_object_or_404(Paper.objects.received_by(request.actor), pk=pk)
    note_opened(found, author=author_of(request))
    return paper(request, pk)


def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """An attachment, as a download that no browser runs."""
    found = get_object_or_404(
        PaperFile.objects.filter(paper__in=Paper.objects.visible_to(request.actor)).select_related("file"),
        pk=pk,
    )
    return attachment(found.file, found.name)


@requires(Action.READ_FILINGS)
def filings(request: SignedInRequest) -> HttpResponse:
    """备案阅览: what agencies reported and filed to the reader's office."""
    actor = request.actor
    mine = PaperDelivery.objects.filter(recipient=actor.organisation_id if actor else None)
    papers = (
        Paper.objects.received_by(actor)
        .select_related("defendant__case", "defendant__organisation")
        .prefetch_related(Prefetch("deliveries", mine, to_attr="mine"))
        .order_by("-submitted_at")
    )
    only_new = request.GET.get("new") == "1"
    if only_new:
        papers = papers.filter(deliveries__in=mine.filter(opened_at=None))
    context = {
        "page": Paginator(papers, PER_PAGE).get_page(request.GET.get("page")),
        "only_new": only_new,
        "unread": mine.filter(opened_at=None).count(),
        "query": "new=1" if only_new else "",
        "breadcrumbs": [{"label": "备案阅览", "url": ""}],
    }
    return render(request, "cases/filings.html", context)


def content_of(paper: Paper) -> list[tuple[str, str]]:
    """Label and text of everything a paper says, in the order of its form."""
    form = FORMS.get(Paper.Kind(paper.kind))
    fields = form.base_fields if form else {}
    return [
        (str(field.label), _words(field, paper.content[name]))
        for name, field in fields.items()
        if paper.content.get(name) not in (None, "")
    ]


def _words(field: object, value: object) -> str:
    return str(dict(getattr(field, "choices", ())).get(value, value))
