"""What the page of one discrepancy shows, as plain values for its template."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.comparison.pairs import Pair, pairs_of
from cases.comparison.statements import load_statements
from cases.law import current_law
from cases.models import Discrepancy, Paper
from cases.reconciliation.answering import side_of
from cases.reconciliation.deciding import RELATED, ChangedMeanwhile, may_decide
from organisations.access import may
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action
from reports.reconciliation.effects import Ruling, announced
from reports.reconciliation.forms import AnswerForm, DecisionForm
from reports.reconciliation.locking import lock_over
from reports.reconciliation.overview import discrepancies_of
from reports.reconciliation.snapshots import Line, digest
from reports.requests import own_region
from rules.appearance import Source
from rules.report_periods import period_of

Side = Discrepancy.Side
PREVIEW = "试算"  # the reason of what is carried out only to be taken back


def item_url(item: Discrepancy) -> str:
    return reverse("reports:reconcile_item", args=[item.pk])


def item_page(
    request: SignedInRequest,
    item: Discrepancy,
    form: DecisionForm,
    *,
    answer_form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The item as it is now: both words, their proof, the authority, and what each ruling would do."""
    item = Discrepancy.objects.select_related(*RELATED, "owner", "decided_by__user").get(pk=item.pk)
    office = may(request.actor, Action.RECONCILE)
    month = period_of("month", item.fact_on)
    lock = lock_over(item.lane.organisation.region, [month.key])
    deciding = office and item.state == "open" and may_decide(item, author_of(request).signer)
    deciding = deciding and (lock is None or may(request.actor, Action.LOCK_MONTH))
    side = side_of(item, request.actor)
    context = {
        "item": item,
        "period": month,
        "lock": lock,
        "later": Discrepancy.objects.filter(
            lane=item.lane_id, fact=item.fact, subject=item.subject, pk__gt=item.pk
        ).last(),
        "answers": item.answers.select_related("answered_by__user", "answered_by__organisation"),
        "answer_form": (answer_form or AnswerForm())
        if side and item.state == "open" and item.asked_at
        else None,
        "form": form,
        "rows": _rows(item),
        "papers": _papers(request, item),
        "rule": _authority(item),
        "is_office": office,
        "is_court": side == Side.COURT,
        "may_decide": deciding,
        "effects": [_effect(request, item, side) for side in Side] if deciding else [],
        "breadcrumbs": _crumbs(item, office),
    }
    context |= _beside(request, item) if office else {}
    return render(request, "reports/reconciliation/item.html", context, status=status)


def _rows(item: Discrepancy) -> list[dict[str, Any]]:
    """What both sides say of the same hearing, decision or obligation; a settled one as it was then."""
    pairs = [pair for lane in load_statements([item.lane_id]) for pair in pairs_of(lane)]
    about = [pair for pair in pairs if pair.subject == item.subject]
    return [_row(pair, item) for pair in about]


def _row(pair: Pair, item: Discrepancy) -> dict[str, Any]:
    word = "＝ 一致" if pair.both else "◆ 仅法院有" if pair.court else "◆ 仅机关有"
    return {
        "label": pair.fact.label,
        "court": pair.court,
        "agency": pair.agency,
        "word": "≠ 不一致" if pair.differs else word,
        "differs": pair.differs,
        "asked": pair.fact == item.fact,
    }


def _papers(request: SignedInRequest, item: Discrepancy) -> Any:
    """The agency's papers about the same matter, as far as the reader sees them."""
    seen = Paper.objects.visible_to(request.actor).newest().filter(lane=item.lane_id, subject=item.subject)
    return seen.prefetch_related("files").order_by("submitted_at")


def _authority(item: Discrepancy) -> dict[str, Any]:
    """Who prevails until a person decides, by which rule, and who may contest until when."""
    rule = current_law().authority.of(item.fact, on=item.fact_on)
    stated = {Source.COURT: item.court_says, Source.AGENCY: item.agency_says}
    standing = rule.standing(stated, proven=rule.with_proof is None)
    assert standing is not None
    return {
        "standing": standing.source.label,
        "with_proof": rule.with_proof.label if rule.with_proof else "",
        "citation": rule.citation,
        "contested_by": "、".join(source.label for source in rule.contested_by),
        "days": rule.contest_days,
    }


def _effect(request: SignedInRequest, item: Discrepancy, side: str) -> dict[str, Any]:
    """What ruling for the side would do to the figures, or why the record cannot take it."""
    ruling = Ruling(side, PREVIEW, item.revision, own_region(request))
    label = Side(side).label
    try:
        lines = announced(item, ruling, author=author_of(request), law=current_law())
    except ValidationError as error:
        return {"side": side, "label": label, "refused": "".join(error.messages)}
    except ChangedMeanwhile as changed:
        return {"side": side, "label": label, "refused": f"{changed}。"}
    return {"side": side, "label": label, "lines": lines, "moves": _moves(lines), "seen": digest(lines)}


def _moves(lines: Iterable[Line]) -> bool:
    return any(line.moves for line in lines)


def _beside(request: SignedInRequest, item: Discrepancy) -> dict[str, Any]:
    """Its place among the items of the month, and the ones before and after it."""
    when = period_of("month", item.fact_on)
    ids = list(
        discrepancies_of(when, own_region(request)).visible_to(request.actor).values_list("pk", flat=True)
    )
    if item.pk not in ids:
        return {}
    here = ids.index(item.pk)
    urls = [reverse("reports:reconcile_item", args=[pk]) for pk in ids]
    return {
        "place": here + 1,
        "count": len(ids),
        "previous_url": urls[here - 1] if here else "",
        "next_url": urls[here + 1] if here + 1 < len(ids) else "",
    }


def _crumbs(item: Discrepancy, office: bool) -> list[dict[str, str]]:
    when = period_of("month", item.fact_on)
    case = {"label": item.lane.case.number, "url": reverse("cases:detail", args=[item.lane.case_id])}
    if not office:
        return [{"label": "案件", "url": reverse("cases:list")}, case, {"label": "数据核对", "url": ""}]
    month = {"label": when.label, "url": reverse("reports:reconcile_month", args=[when.key])}
    return [{"label": "数据核对", "url": reverse("reports:reconcile")}, month, case | {"url": ""}]
