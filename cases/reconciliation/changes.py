"""What a ruling writes into the record, fact by fact. The statement that is not followed stays where it is."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from cases.comparison.pairs import IN_EFFECT, Pair
from cases.decisions.consequences import effect_now
from cases.law import Law
from cases.models import (
    AppearanceRuling,
    Decision,
    DecisionOutcome,
    Discrepancy,
    Hearing,
    Obligation,
    PerformanceEntry,
)
from cases.performance.log import deadline_of
from cases.record.history import keep_change
from cases.record.sources import office_source
from organisations.authors import Author
from rules.authority import Fact
from rules.performance import accepted_state

Side = Discrepancy.Side
# The pair as it stands, for which side, why, by whom, under which law.
Change = Callable[[Discrepancy, Pair, str, str, Author, Law], None]


def write_ruling(item: Discrepancy, pair: Pair, side: str, reason: str, author: Author, law: Law) -> None:
    """Let the statement of that side hold. Raises ValidationError where the record cannot take it."""
    CHANGES[item.fact](item, pair, side, reason, author, law)


def _appearance(item: Discrepancy, pair: Pair, side: str, reason: str, author: Author, law: Law) -> None:
    """The figures follow the statement that was ruled for (`reports.figures.appearances`)."""
    said = pair.court if side == Side.COURT else pair.agency
    assert said is not None
    ruled = {"statement": said.row, "reason": reason, "ruled_at": author.at, "ruled_by": author.signer}
    AppearanceRuling.objects.update_or_create(hearing_id=item.about, lane=item.lane, defaults=ruled)


def _hearing_day(item: Discrepancy, pair: Pair, side: str, reason: str, author: Author, law: Law) -> None:
    """It took place on the day that the agency names: an entry put right, no 改期."""
    if side == Side.COURT:
        return
    assert pair.agency is not None
    hearing, day = Hearing.objects.get(pk=item.about), date.fromisoformat(pair.agency.value)
    if Hearing.objects.filter(case=hearing.case_id, day=day).exclude(pk=hearing.pk).exists():
        raise ValidationError(
            f"本案 {day} 已另有一次开庭，不能把这一次改到同一天。请先请法院核对排庭，再作认定。"
        )
    _put(item, hearing, {"day": day, "state": Hearing.State.HELD}, reason, author)


def _receipt(item: Discrepancy, pair: Pair, side: str, reason: str, author: Author, law: Law) -> None:
    """Service on the day that the agency proves; what was presumed from the other day is presumed anew."""
    if side == Side.COURT:
        return
    assert pair.agency is not None
    if not pair.agency.proven:
        raise ValidationError("机关没有提交收到裁判文书的凭证，不能采信。请先请双方补充材料。")
    decision = Decision.objects.select_related("case").get(pk=item.about)
    _put(item, decision, {"delivered_on": date.fromisoformat(pair.agency.value)}, reason, author)
    if decision.effect in (Decision.Effect.NOT_YET, Decision.Effect.PRESUMED):
        _effect_anew(item, decision, author, law)


def _effect_anew(item: Discrepancy, decision: Decision, author: Author, law: Law) -> None:
    outcome = decision.outcomes.filter(lane=item.lane_id).first()
    if outcome is None:
        return
    rule = law.outcomes.get(outcome.code)
    values = effect_now(decision, rule, decision.case.instance, served_anew=True)
    _put(item, decision, values, "随送达日期重新推定", author)


def _outcome(item: Discrepancy, pair: Pair, side: str, reason: str, author: Author, law: Law) -> None:
    """The outcome that the agency read in the document, and whether it is a loss, as found by the office."""
    if side == Side.COURT:
        return
    assert pair.agency is not None
    of_lane = DecisionOutcome.objects.select_related("decision").filter(lane=item.lane_id)
    outcome = of_lane.get(decision=item.about)
    rule = law.outcomes.get(pair.agency.value)
    values = {
        "code": rule.code,
        "judged": rule.judged and outcome.decision.kind == Decision.Kind.JUDGMENT,
        "lost": {"lost": True, "won": False}.get(rule.result),
        "lost_basis": DecisionOutcome.LostBasis.OFFICE.value,
    }
    _put(item, outcome, values, reason, author)


def _effect(item: Discrepancy, pair: Pair, side: str, reason: str, author: Author, law: Law) -> None:
    """In force by the agency's 生效确认, from the end of the appeal period; or appealed, and not in force."""
    if side == Side.COURT:
        return
    assert pair.agency is not None
    decision = Decision.objects.get(pk=item.about)
    if pair.agency.value == IN_EFFECT:
        on = decision.in_force_on or decision.effective_on or _known_on(pair, decision)
        values: dict[str, Any] = {"in_force": True, "in_force_on": on, "appealed": False}
        values |= {"effect": Decision.Effect.CONFIRMED.value, "effective_on": on}
    else:
        values = {"in_force": False, "in_force_on": None, "appealed": True}
        values |= {"effect": Decision.Effect.APPEALED.value, "effective_on": None}
    _put(item, decision, values, reason, author)


def _known_on(pair: Pair, decision: Decision) -> date:
    """The day of the agency's confirmation where nobody names another: it was in force by then."""
    assert pair.agency is not None
    on: date = pair.agency.row.submitted_on
    return max(on, decision.decided_on)


def _performance(item: Discrepancy, pair: Pair, side: str, reason: str, author: Author, law: Law) -> None:
    """The agency's report found true, or taken back; what the court enforced stays in the ledger."""
    assert pair.agency is not None
    report: PerformanceEntry = PerformanceEntry.objects.get(pk=pair.agency.row.pk)
    accepted = side == Side.AGENCY
    report.verdict = PerformanceEntry.Verdict.ACCEPTED if accepted else PerformanceEntry.Verdict.REFUSED
    report.verdict_note, report.verdict_at, report.verdict_by = reason, author.at, author.signer
    report.save(update_fields=["verdict", "verdict_note", "verdict_at", "verdict_by"])
    if accepted:
        _performed(item, report, reason, author)


def _performed(item: Discrepancy, report: PerformanceEntry, reason: str, author: Author) -> None:
    """What the report makes of the obligation: performed in time or late, settled, or still to be found impossible."""
    obligation = Obligation.objects.select_related("lane").get(pk=item.about)
    if report.kind == PerformanceEntry.Kind.IMPOSSIBLE:
        values: dict[str, Any] = {"state": Obligation.State.IMPOSSIBLE.value, "performed_on": None}
    else:
        deadline = deadline_of(obligation)
        due_on = deadline.due_on if deadline else None
        state = accepted_state(report.kind, report.happened_on, due_on)
        values = {"state": state, "performed_on": report.happened_on}
    _put(item, obligation, values, reason, author)


def _put(item: Discrepancy, row: Any, values: Mapping[str, Any], reason: str, author: Author) -> None:
    """Set what differs, told by the office on this day, and keep what it was in the history of the case."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    source = office_source(author) if changed else None
    for name, value in changed.items():
        old = getattr(row, name)
        setattr(row, name, value)
        row.tell(name, month="", on=author.on)
        words = ("" if old is None else str(old), "" if value is None else str(value))
        fact = f"{row._meta.model_name}.{name}"
        assert source is not None
        keep_change(item.lane, fact, words, note=f"数据核对：{reason}"[:500], source=source, correction=True)
    row.save(update_fields=[*changed, "told"])


CHANGES: Mapping[str, Change] = {
    Fact.APPEARANCE: _appearance,
    Fact.HEARING_DAY: _hearing_day,
    Fact.RECEIPT: _receipt,
    Fact.OUTCOME: _outcome,
    Fact.EFFECT: _effect,
    Fact.PERFORMANCE: _performance,
}
