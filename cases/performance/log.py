"""履行台账: whether there is something to perform, what was reported about it, and what the office found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.comparison.finding import find_discrepancies
from cases.deadlines.obligations import RULE
from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import Deadline, Decision, EntryFile, Obligation, PerformanceEntry
from cases.record.history import keep_change
from cases.record.locks import lock_lanes
from cases.record.separation import require_checker
from cases.record.sources import agency_source, office_source
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment, store
from rules.performance import SAME_ACT, TRANSITIONS, Transition, accepted_state

Kind, Verdict = PerformanceEntry.Kind, PerformanceEntry.Verdict


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the ledger as it is handed in. The key makes a second press harmless."""

    kind: str
    happened_on: date
    text: str
    key: str
    proof: Sequence[Attachment] = ()
    same_act: bool | None = None


@transaction.atomic
def enter(obligation: Obligation, line: LogLine, *, author: Author, law: Law) -> PerformanceEntry:
    """Add a line: the agency reports, the office registers what courts did. Raises ValidationError.

    履行完毕 waits for the office's check; the same act made anew is no performance and is refused at once.
    """
    obligation = _locked(obligation)
    if known := PerformanceEntry.objects.filter(submission_key=line.key).first():
        return known
    step = TRANSITIONS[line.kind]
    if not step.by_agency:
        require_checker(obligation.lane, author.signer)
    _check(obligation, line, step, author)
    entry = _write(obligation, line, step, author)
    if entry.verdict != Verdict.REFUSED:
        _becomes(obligation, step.becomes or _before_suspension(obligation), line)
    _follow(obligation, law, author, f"履行台账：{entry.get_kind_display()}")
    audit.record(author, f"obligation.{line.kind}", f"{entry}：{line.text}", about=obligation)
    return entry


def _locked(obligation: Obligation) -> Obligation:
    lock_lanes([obligation.lane_id])
    related = Obligation.objects.select_related("outcome__decision__case", "lane__organisation__region")
    return related.get(pk=obligation.pk)


def _check(obligation: Obligation, line: LogLine, step: Transition, author: Author) -> None:
    if obligation.certainty != Obligation.Certainty.YES:
        raise ValidationError(f"本项{obligation.get_certainty_display()}，确认有履行内容后再登记。")
    if obligation.state not in step.after:
        raise ValidationError(
            f"本项现为“{obligation.get_state_display()}”，不能登记{Kind(line.kind).label}。如登记有误，请联系司法局。"
        )
    if line.happened_on > author.on:
        raise ValidationError({"happened_on": f"日期不能晚于今天（{author.on}）。"})
    if line.happened_on < obligation.outcome.decision.decided_on:
        raise ValidationError({"happened_on": "日期不能早于裁判日期。"})
    if step.needs_proof and not line.proof:
        raise ValidationError({"proof": f"{Kind(line.kind).label}须至少 1 份证明。"})
    if line.kind == Kind.DONE and obligation.kind == "redo" and line.same_act is None:
        raise ValidationError({"same_act": "请确认重新作出的行政行为与原行为是否基本相同。"})


def _write(obligation: Obligation, line: LogLine, step: Transition, author: Author) -> PerformanceEntry:
    what = f"履行台账：{Kind(line.kind).label}，{line.happened_on}"
    refused = line.same_act is True and line.kind == Kind.DONE
    entry = PerformanceEntry.objects.create(
        obligation=obligation,
        lane_id=obligation.lane_id,
        kind=line.kind,
        happened_on=line.happened_on,
        text=line.text,
        same_act=line.same_act,
        verdict=Verdict.REFUSED if refused else Verdict.WAITING if step.needs_check else Verdict.NONE,
        verdict_note=SAME_ACT if refused else "",
        state_before=obligation.state,
        entered_at=author.at,
        entered_by=author.signer,
        submission_key=line.key,
        source=agency_source(author, what) if step.by_agency else office_source(author),
    )
    for one in line.proof:
        stored = store(one.content, media_type=one.media_type, at=author.at)
        EntryFile.objects.create(entry=entry, file=stored, name=one.name[:255])
    return entry


def _becomes(obligation: Obligation, state: str, line: LogLine) -> None:
    obligation.state = state
    if line.kind in (Kind.DONE, Kind.SETTLED, Kind.ENFORCED):
        obligation.performed_on, obligation.proof = line.happened_on, line.text
    obligation.save(update_fields=["state", "performed_on", "proof"])


def _before_suspension(obligation: Obligation) -> str:
    """再审终结，原裁判自动恢复执行: what it was before (《行诉解释》第一百二十一条)."""
    last = obligation.entries.filter(kind=Kind.SUSPENDED).order_by("-pk").first()
    return last.state_before if last else Obligation.State.IN_PROGRESS


@transaction.atomic
def check_report(
    entry: PerformanceEntry, *, accepted: bool, note: str, author: Author, law: Law
) -> PerformanceEntry:
    """核查: the office finds a reported performance true, or takes it back with a reason. Raises ValidationError."""
    obligation = _locked(entry.obligation)
    require_checker(obligation.lane, author.signer)
    entry = PerformanceEntry.objects.get(pk=entry.pk)
    if entry.verdict != Verdict.WAITING:
        raise ValidationError(f"这一条已处理：{entry.get_verdict_display()}。")
    if not accepted and not note:
        raise ValidationError({"note": "请写明未通过核查的原因。"})
    entry.verdict = Verdict.ACCEPTED if accepted else Verdict.REFUSED
    entry.verdict_note, entry.verdict_at, entry.verdict_by = note, author.at, author.signer
    entry.save()
    _settle(obligation, entry, accepted)
    _follow(obligation, law, author, f"履行核查：{entry.get_verdict_display()}")
    audit.record(
        author, "obligation.check", f"{entry}：{entry.get_verdict_display()}{note}", about=obligation
    )
    return entry


def _settle(obligation: Obligation, entry: PerformanceEntry, accepted: bool) -> None:
    """What a reported obligation becomes; one that is suspended becomes it when the suspension ends."""
    state = entry.state_before
    if accepted:
        deadline = deadline_of(obligation)
        state = accepted_state(entry.kind, entry.happened_on, deadline.due_on if deadline else None)
    if not accepted:
        obligation.performed_on, obligation.proof = None, ""
    if obligation.state == Obligation.State.REPORTED:
        obligation.state = state
    else:
        waiting = obligation.entries.filter(kind=Kind.SUSPENDED, state_before=Obligation.State.REPORTED)
        waiting.update(state_before=state)
    obligation.save(update_fields=["state", "performed_on", "proof"])


def deadline_of(obligation: Obligation) -> Deadline | None:
    """The deadline by which it is to be performed, with every extension; None where it has no day (any more)."""
    return obligation.deadline_among(Deadline.objects.filter(lane=obligation.lane_id, rule=RULE))


@transaction.atomic
def decide_obligation(
    obligation: Obligation, *, certainty: str, reason: str, due_on: date | None, author: Author, law: Law
) -> Obligation:
    """有、无 or 待确认, decided by a person; it moves the denominator and is kept. Raises ValidationError."""
    obligation = _locked(obligation)
    require_checker(obligation.lane, author.signer)
    if obligation.performed_on:
        raise ValidationError("本项已登记履行，不能再改有无履行内容。")
    if obligation.outcome.decision.effect == Decision.Effect.REVERSED:
        raise ValidationError("该裁判已被撤销，没有履行内容。")
    before, old = obligation.certainty, obligation.get_certainty_display()
    _decided(obligation, certainty, due_on, author.on)
    _keep_change(obligation, before, reason, author)
    now = obligation.get_certainty_display()
    _follow(obligation, law, author, f"认定{now}")
    audit.record(author, "obligation.decide", f"{old} → {now}：{reason}", about=obligation)
    return obligation


def _decided(obligation: Obligation, certainty: str, due_on: date | None, on: date) -> None:
    if obligation.certainty != certainty:
        obligation.tell("certainty", month="", on=on)
    obligation.certainty, obligation.ruled = certainty, True
    if due_on:
        obligation.named_on, obligation.period_text = due_on, ""
        obligation.tell("named_on", month="", on=on)
    if certainty == Obligation.Certainty.NO:
        obligation.state = Obligation.State.NONE
    elif obligation.state == Obligation.State.NONE:
        obligation.state = Obligation.State.NOT_DUE
    obligation.save()


def _keep_change(obligation: Obligation, before: str, reason: str, author: Author) -> None:
    values = (before, obligation.certainty)
    keep_change(obligation.lane, "obligation.certainty", values, note=reason, source=office_source(author))


def _follow(obligation: Obligation, law: Law, author: Author, reason: str) -> None:
    sync_deadlines([obligation.lane_id], law=law, author=author, reason=reason)
    find_discrepancies([obligation.lane_id], law=law, author=author)
