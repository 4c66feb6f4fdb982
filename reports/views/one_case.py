"""What the page of one question (疑似同一案) shows, as plain values for its template."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.law import current_law
from cases.matching.queue import Line, queue_of
from cases.models import Candidate, Lane
from cases.reconciliation.one_case import RELATED, AnsweredMeanwhile, may_answer, what_moves, wrong_and_right
from organisations.requests import SignedInRequest, author_of
from reports.reconciliation.forms import OneCaseForm
from reports.reconciliation.one_case import announced
from reports.requests import own_region


def open_lines(request: SignedInRequest) -> list[Line]:
    """The queue of the reader."""
    waiting = Candidate.objects.visible_to(request.actor).open()
    return queue_of(waiting.select_related(*RELATED))


def line_url(line: Line) -> str:
    name = "reports:candidates_together" if line.together else "reports:candidate"
    return reverse(name, args=[line.first.pk])


def candidate_page(
    request: SignedInRequest, items: list[Candidate], form: OneCaseForm, *, status: int = 200
) -> HttpResponse:
    """The question as it is now: both sides, what speaks for it, and what confirming it would do."""
    author, item = author_of(request), items[0]
    answering = all(one.state == "open" and may_answer(one, author) for one in items)
    context = {
        "item": item,
        "line": Line(tuple(items)),
        "pairs": [_pair(one) for one in items] if len(items) > 1 else [],
        "form": form,
        "rows": _rows(item),
        "is_open": item.state == "open",
        "may_answer": answering,
        "breadcrumbs": _crumbs(item),
    }
    context |= _effect(request, items) if answering else {}
    context |= _beside(request, item)
    return render(request, "reports/reconciliation/candidate.html", context, status=status)


def _pair(item: Candidate) -> dict[str, Any]:
    """One of a batch, with the number that stays."""
    return {"item": item, "stays": wrong_and_right(item)[1].display if item.state == "open" else ""}


def _effect(request: SignedInRequest, items: list[Candidate]) -> dict[str, Any]:
    """What stays, what goes over, and what confirming does; or why the record cannot take it."""
    known = {
        "stays": wrong_and_right(items[0])[1].display,
        "moving": what_moves(items),
        "added": _added(items),
    }
    try:
        merger = announced(items, own_region(request), author=author_of(request), law=current_law())
    except (ValidationError, AnsweredMeanwhile) as error:
        words = error.messages if isinstance(error, ValidationError) else [f"{error}。"]
        return known | {"refused": "".join(words)}
    return known | {"merger": merger}


def _added(items: Iterable[Candidate]) -> list[str]:
    """Agencies that become another defendant of the court's case, since they are neither its own nor succeed it."""
    return [
        item.agency_lane.organisation.name
        for item in items
        if item.court_lane.organisation_id not in item.agency_lane.organisation.succession()
        and item.agency_lane.organisation_id not in item.court_lane.organisation.succession()
    ]


def _rows(item: Candidate) -> list[dict[str, Any]]:
    """Both sides, thing by thing. Of an answered one the numbers are those of then."""
    one, other = _said(item.court_lane), _said(item.agency_lane)
    one["案号"], other["案号"] = item.court_number, item.agency_number
    return [
        {"label": label, "court": one[label], "agency": other[label], "word": _word(label, one, other, item)}
        for label in one
    ]


def _word(label: str, one: Mapping[str, str], other: Mapping[str, str], item: Candidate) -> str:
    """Alike where a reason speaks for it although the texts differ: 赵砚衡, and 赵砚衡等2人."""
    if not one[label] or not other[label]:
        return "一方未载明" if one[label] or other[label] else "—"
    if one[label] == other[label]:
        return "＝ 相同"
    alike = any(reason.startswith(label) and f"{label}不同" not in reason for reason in item.reasons)
    return "≈ 相近" if alike else "≠ 不同"


def _said(lane: Lane) -> dict[str, str]:
    case = lane.case
    return {
        "案号": case.number,
        "法院": case.court.name,
        "审理程序": case.get_instance_display(),
        "被告": lane.organisation.name,
        "原告": case.plaintiffs,
        "案由": case.cause,
        "立案日期": _days([case.filed_on] if case.filed_on else []),
        "开庭日期": _days(case.hearings.values_list("day", flat=True)),
        "裁判日期": _days(case.decisions.values_list("decided_on", flat=True)),
    }


def _days(days: Iterable[date]) -> str:
    return "、".join(day.isoformat() for day in sorted(days))


def _beside(request: SignedInRequest, item: Candidate) -> dict[str, Any]:
    """Its place in the queue, and the questions before and after it."""
    lines = open_lines(request)
    here = next((n for n, line in enumerate(lines) if item.pk in {one.pk for one in line.items}), None)
    if here is None:
        return {}
    return {
        "place": here + 1,
        "count": len(lines),
        "previous_url": line_url(lines[here - 1]) if here else "",
        "next_url": line_url(lines[here + 1]) if here + 1 < len(lines) else "",
    }


def _crumbs(item: Candidate) -> list[dict[str, str]]:
    return [
        {"label": "数据核对", "url": reverse("reports:reconcile")},
        {"label": "疑似同一案", "url": reverse("reports:candidates")},
        {"label": item.court_number, "url": ""},
    ]
