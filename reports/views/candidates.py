"""疑似同一案: the queue, and one question at a time; a slip that runs through a whole sheet is one question."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases.law import current_law
from cases.matching.queue import beside
from cases.models import Candidate
from cases.reconciliation.one_case import RELATED, AnsweredMeanwhile, candidates_of, refuse_one_case
from organisations.access import require
from organisations.requests import SignedInRequest, act_in, author_of, requires
from organisations.roles import Action
from reports.reconciliation.forms import DIFFERENT, OneCaseForm
from reports.reconciliation.one_case import decide
from reports.reconciliation.snapshots import FiguresMoved
from reports.requests import own_region
from reports.views.one_case import candidate_page, line_url, open_lines

MOVED = "影响刚有变化，已按现在的数据重算，请看过再保存。"
MOST_SETTLED = 20


@require_safe
@requires(Action.RECONCILE)
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for an answer, the most alike first, and what was answered last."""
    seen = Candidate.objects.visible_to(request.actor)
    settled = seen.exclude(state="open").select_related(*RELATED, "decided_by__user")
    lines = [{"line": line, "url": line_url(line)} for line in open_lines(request)]
    context = {
        "lines": lines,
        "settled": settled.order_by("-decided_at", "-pk")[:MOST_SETTLED],
        "breadcrumbs": [
            {"label": "数据核对", "url": reverse("reports:reconcile")},
            {"label": "疑似同一案", "url": ""},
        ],
    }
    return render(request, "reports/reconciliation/candidates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request: SignedInRequest, pk: int, together: bool = False) -> HttpResponse:
    """Two numbers side by side, why they may be one case, and what confirming does; `together`: all of its batch."""
    found = get_object_or_404(Candidate.objects.visible_to(request.actor), pk=pk)
    require(request.actor, Action.RECONCILE)
    waiting = Candidate.objects.visible_to(request.actor).open()
    items = candidates_of(beside(found, waiting) if together else [pk])
    if request.method != "POST":
        return candidate_page(request, items, OneCaseForm())
    if not act_in(request, "save"):
        return redirect(request.path)
    return _save(request, items, OneCaseForm(request.POST))


def _save(request: SignedInRequest, items: list[Candidate], form: OneCaseForm) -> HttpResponse:
    """Go on to the next question, or show this one again with what stands in the way."""
    if not form.is_valid():
        return candidate_page(request, items, form, status=422)
    following = _next_url(request, items)
    try:
        said = _act(request, items, form)
    except (AnsweredMeanwhile, FiguresMoved) as changed:
        messages.warning(request, MOVED if isinstance(changed, FiguresMoved) else f"{changed}。")
        again = OneCaseForm(initial={"reason": form.cleaned_data["reason"]})
        return candidate_page(request, candidates_of([item.pk for item in items]), again, status=409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return candidate_page(request, items, form, status=422)
    messages.success(request, said)
    return redirect(following)


def _act(request: SignedInRequest, items: list[Candidate], form: OneCaseForm) -> str:
    """Do what was chosen; returns what to tell about it."""
    author, reason = author_of(request), form.cleaned_data["reason"]
    if form.cleaned_data["choice"] == DIFFERENT:
        refuse_one_case(items, reason=reason, author=author)
        return "已记为不是同一案，案号不变就不再提示。"
    seen, region = request.POST.get("seen", ""), own_region(request)
    lines = decide(items, region, reason=reason, seen=seen, author=author, law=current_law())
    moved = f"变化的指标 {len(lines)} 项，列在“最近办结”的各条里" if lines else "指标不变"
    return f"已并为一案，共 {len(items)} 件。{moved}。"


def _next_url(request: SignedInRequest, items: list[Candidate]) -> str:
    """The question after this one, else the first that waits, else the queue."""
    here = {item.pk for item in items}
    lines = open_lines(request)
    places = [place for place, line in enumerate(lines) if here & {item.pk for item in line.items}]
    turned = lines[places[-1] + 1 :] + lines[: places[0]] if places else lines
    return line_url(turned[0]) if turned else reverse("reports:candidates")
