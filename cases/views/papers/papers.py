"""Reading papers: the receipt of the one who handed it in, the inbox of the one who got it, review and print."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases.decisions.appeals import APPEAL_RULES
from cases.law import current_law
from cases.models import MandatedEntry, Paper, PaperDelivery, PaperFile, PaperReview
from cases.papers.kinds import KINDS
from cases.papers.known_facts import RECORD
from cases.papers.labels import content_of, returnable
from cases.papers.pdf import certificate_pdf, materials_pdf, paper_pdf
from cases.papers.review import review
from cases.papers.submission import note_opened, note_unread
from cases.querysets import PaperQuerySet
from cases.record.separation import acted_for_agency
from cases.rectification.measures import repeated_causes
from cases.requests.nominations import nomination_of
from cases.views.duty_page import lane_crumbs
from organisations.access import may, require
from organisations.clock import this_moment
from organisations.models import Post
from organisations.requests import SignedInRequest, act_in, author_of, id_in, page_of, requires, text_in
from organisations.roles import Action
from organisations.serving import attachment, download
from rules.outcomes import lost_reasons

PER_PAGE = 20


def _papers(request: SignedInRequest) -> QuerySet[Paper]:
    return Paper.objects.visible_to(request.actor).select_related(
        "lane__case__court", "lane__organisation", "submitted_by__user", "decision", "source__entry"
    )


def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """A paper with its receipt, what it says, its files, where it went, and what became of it."""
    return _page(request, get_object_or_404(_papers(request), pk=pk))


@require_POST
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    """已阅: the paper was open before a reader of the receiving office, or the button was pressed."""
    found = get_object_or_404(Paper.objects.received_by(request.actor), pk=pk)
    note_opened(found, author=author_of(request))
    return redirect("cases:paper", pk)


def _page(
    request: SignedInRequest, found: Paper, *, status: int = 200, errors: list[str] | None = None
) -> HttpResponse:
    causes = {reason.code: reason.label for reason in lost_reasons()}
    same = Paper.objects.filter(lane=found.lane_id, kind=found.kind, subject=found.subject)
    context = {
        "paper": found,
        "case": found.lane.case,
        "facts": found.content.get(RECORD, []),
        "content": content_of(found),
        "deliveries": found.deliveries.select_related("recipient", "opened_by__user"),
        "files": found.files.select_related("file"),
        "measures": found.measures.all(),
        "versions": same.order_by("version").only("pk", "version", "number"),
        "leaders": found.leader_notices.select_related("head"),
        "repeated": [(causes.get(code, code), other) for code, other in _repeated(found)],
        "just_opened": found.deliveries.filter(
            opened_by=request.actor, opened_at__gte=this_moment() - timedelta(minutes=1)
        ).exists(),
        "unread": found.deliveries.filter(
            recipient=request.actor.organisation_id if request.actor else None, opened_at=None
        ).exists(),
        "may_accept": may(request.actor, Action.REVIEW_PAPERS),
        "entry": _entry_of(request, found),
        "is_own": found.lane.is_of(request.actor) and may(request.actor, Action.ACT_FOR_AGENCY),
        "undecided": found.lane.deadlines.duties()
        .open()
        .filter(rule__in=APPEAL_RULES, subject=found.subject)
        .first(),
        "errors": [{"message": text} for text in errors or []],
        "breadcrumbs": lane_crumbs(found.lane, found.get_kind_display()),
    }
    context |= _review_of(request, found)
    return render(request, "cases/papers/paper.html", context, status=status)


def _entry_of(request: SignedInRequest, found: Paper) -> MandatedEntry | None:
    """代录 of the paper, where there is one and the reader may answer or check it."""
    if found.source.entry_id is None:
        return None
    return MandatedEntry.objects.visible_to(request.actor).filter(pk=found.source.entry_id).first()


def _review_of(request: SignedInRequest, found: Paper) -> dict[str, Any]:
    """What the office said of it, else the form in which it may say so, with what was typed."""
    labels = returnable(found.kind)
    review = PaperReview.objects.filter(paper=found).select_related("reviewed_by__user").first()
    said = review.comments.items() if review else ()
    return {
        "review": review,
        "comments": [(labels[name], text) for name, text in said if name in labels],
        "returnable": [
            {"name": name, "label": label, "typed": request.POST.get(f"comment-{name}", "")}
            for name, label in labels.items()
        ],
        "typed_note": request.POST.get("note", ""),
        "may_review": review is None and _may_review(request, found),
    }


def _repeated(found: Paper) -> list[tuple[str, Paper]]:
    return repeated_causes(found) if KINDS[found.kind].says("causes") else []


def _may_review(request: SignedInRequest, found: Paper) -> bool:
    """Whether this person may take the paper or return it: of the receiving office, and not of the case."""
    actor = request.actor
    if actor is None or not may(actor, Action.REVIEW_PAPERS):
        return False
    received = found.deliveries.filter(recipient=actor.organisation_id).exists()
    return received and not acted_for_agency(found.lane, actor)


@require_POST
def review_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """核收 or 退回补正."""
    found = get_object_or_404(_papers(request), pk=pk)
    require(request.actor, Action.REVIEW_PAPERS)
    get_object_or_404(Paper.objects.received_by(request.actor), pk=pk)
    said = {name: text_in(request, f"comment-{name}", most=300) for name in returnable(found.kind)}
    verdict = act_in(request, *PaperReview.Verdict.values, name="verdict")
    if not verdict:
        return _page(request, found, status=422)
    try:
        made = review(
            found, verdict=verdict, note=text_in(request, "note"), comments=said,
            author=author_of(request), law=current_law(),
        )  # fmt: skip
    except ValidationError as error:
        return _page(request, found, status=422, errors=error.messages)
    returned = made.verdict == PaperReview.Verdict.RETURNED
    messages.success(request, "已退回，机关收到 3 个工作日的补正待办。" if returned else "已核收。")
    return redirect("cases:paper", pk)


@require_POST
def unread(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to 未阅, within a minute of reading."""
    found = get_object_or_404(Paper.objects.received_by(request.actor), pk=pk)
    if note_unread(found, author=author_of(request)):
        messages.info(request, "已恢复为未阅。")
    else:
        messages.warning(request, "阅后超过 1 分钟，不能再恢复为未阅。")
    return redirect("cases:filings")


def paper_as_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper as PDF; `?materials=1` gives the list of materials of a defence report."""
    found = get_object_or_404(_papers(request), pk=pk)
    if request.GET.get("materials"):
        if not KINDS[found.kind].says("materials"):
            raise Http404
        content = materials_pdf(found, printed_at=this_moment())
        return download(content, f"应诉材料清单 {found.number}.pdf", "application/pdf")
    content = paper_pdf(found, printed_at=this_moment())
    return download(content, f"{found.get_kind_display()} {found.number}.pdf", "application/pdf")


def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """负责人身份证明 as PDF."""
    nomination = nomination_of(request, pk)
    content = certificate_pdf(nomination, printed_at=this_moment())
    return download(content, f"负责人身份证明 {nomination.name}.pdf", "application/pdf")


def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """An attachment, as a download that no browser runs."""
    found = get_object_or_404(
        PaperFile.objects.filter(paper__in=Paper.objects.visible_to(request.actor)).select_related("file"),
        pk=pk,
    )
    return attachment(found.file, found.name)


@requires(Action.READ_FILINGS)
def filings(request: SignedInRequest) -> HttpResponse:
    """备案阅览: what agencies reported and filed to the reader's office; several can be marked as read at once."""
    actor = request.actor
    mine = PaperDelivery.objects.filter(recipient=actor.organisation_id if actor else None)
    if request.method == "POST":
        return _mark_read(request)
    kind, unreviewed = request.GET.get("kind", ""), request.GET.get("unreviewed") == "1"
    only_new = request.GET.get("new", "" if kind or unreviewed else "1") == "1"
    papers = _received(actor, mine)
    if kind in KINDS:
        papers = papers.filter(kind=kind)
    if only_new:
        papers = papers.filter(deliveries__in=mine.filter(opened_at=None))
    if unreviewed:
        papers = papers.filter(review=None).newest()
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": page_of(request, papers, PER_PAGE),
        "only_new": only_new,
        "kind": kind,
        "kinds": [(kind.key, kind.label) for kind in KINDS.values() if kind.recipients],
        "unread": mine.filter(opened_at=None).count(),
        "query": query.urlencode(),
        "breadcrumbs": [{"label": "备案阅览", "url": ""}],
    }
    return render(request, "cases/papers/filings.html", context)


def _received(actor: Post | None, mine: QuerySet[PaperDelivery]) -> PaperQuerySet:
    papers = Paper.objects.received_by(actor).select_related("lane__case", "lane__organisation", "review")
    return papers.prefetch_related(Prefetch("deliveries", mine, to_attr="mine")).order_by("-submitted_at")


def _mark_read(request: SignedInRequest) -> HttpResponse:
    wanted = [pk for text in request.POST.getlist("paper") if (pk := id_in(text))]
    papers = list(Paper.objects.received_by(request.actor).filter(pk__in=wanted))
    for one in papers:
        note_opened(one, author=author_of(request))
    if papers:
        messages.success(request, f"已标为已阅 {len(papers)} 件。")
    else:
        messages.warning(request, "请先勾选要标为已阅的材料。")
    return redirect(request.get_full_path())
