"""推定生效: decisions that took effect because an appeal period ran out, and what follows from it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.deadlines.sync import sync_deadlines
from cases.decisions.appeals import APPEAL_RULES
from cases.decisions.consequences import LEAVES_STANDING
from cases.law import Law
from cases.models import Case, Deadline, Decision, Lane
from cases.record.locks import lock_lanes_of_cases
from organisations.authors import Author
from rules.outcomes import effect_rule


@transaction.atomic
def presume_effect(*, on: date, author: Author, law: Law) -> int:
    """Presume effect where the last appeal period we can see ended without an appeal (docs/rules.md).

    The day is the day after the last day to appeal. The court's own word (法院确认生效) replaces it. Returns how many.
    """
    _withdraw_appealed(author=author, law=law)
    _resume_unappealed(author=author, law=law)
    ended = _ended_periods(on)
    waiting = Decision.objects.filter(~_UNDER_APPEAL, pk__in=ended, effect=Decision.Effect.NOT_YET)
    decisions = _locked(waiting.exclude(appealed=True))
    for decision in decisions:
        decision.effect = Decision.Effect.PRESUMED
        decision.effective_on = ended[decision.pk] + timedelta(days=1)
    _save_effects(decisions, author)
    if decisions:
        _sync_all_lanes(decisions, "上诉期届满，推定生效", author, law)
    return len(decisions)


# A second instance of the case is on record, and what it decided (if anything) has not let the decision stand yet: an
# appeal was filed, whoever told of it.
_SECOND = (
    Case.objects.standing()
    .filter(instance=Case.Instance.SECOND)
    .filter(Q(origin=OuterRef("case")) | Q(origin_number=OuterRef("case__number")))
)
_SETTLED = Q(decisions__outcomes__code__in=LEAVES_STANDING, decisions__effective_on__isnull=False)
_UNDER_APPEAL = Exists(_SECOND) & ~Exists(_SECOND.filter(_SETTLED))


def _withdraw_appealed(*, author: Author, law: Law) -> None:
    """A presumption falls, and no period is waited for, when a second instance of the case comes on record."""
    waiting = Decision.objects.filter(
        _UNDER_APPEAL, effect__in=(Decision.Effect.NOT_YET, Decision.Effect.PRESUMED)
    )
    fallen = [one for one in _locked(waiting.select_related("case")) if _is_appealable(one)]
    for decision in fallen:
        decision.effect, decision.effective_on = Decision.Effect.APPEALED, None
    _save_effects(fallen, author)
    if fallen:
        _sync_all_lanes(fallen, "有二审案件，因上诉未生效", author, law)


def _resume_unappealed(*, author: Author, law: Law) -> None:
    """Nobody told of an appeal, and the second instance that stood for one is no more: the period counts again."""
    computed = Decision.objects.filter(~Exists(_SECOND), effect=Decision.Effect.APPEALED)
    resumed = _locked(computed.exclude(appealed=True))
    for decision in resumed:
        decision.effect = Decision.Effect.NOT_YET
    _save_effects(resumed, author)
    if resumed:
        _sync_all_lanes(resumed, "没有二审案件，恢复未生效", author, law)


def _save_effects(decisions: Iterable[Decision], author: Author) -> None:
    for decision in decisions:
        for name in ("effect", "effective_on"):
            decision.tell(name, month="", on=author.on)
    Decision.objects.bulk_update(decisions, ["effect", "effective_on", "told"], batch_size=500)


def _locked(decisions: QuerySet[Decision]) -> list[Decision]:
    """Those of the decisions that still are such once the lanes of their cases are held."""
    lock_lanes_of_cases(decisions.values_list("case", flat=True))
    return list(decisions.all())


def _sync_all_lanes(decisions: Iterable[Decision], reason: str, author: Author, law: Law) -> None:
    """The effect of a decision concerns every defendant, also one whose own period we cannot see."""
    cases = {decision.case_id for decision in decisions}
    lanes = Lane.objects.filter(case__in=cases).order_by("pk").values_list("pk", flat=True)
    sync_deadlines(list(lanes), law=law, author=author, reason=reason)


def _is_appealable(decision: Decision) -> bool:
    codes = decision.outcomes.values_list("code", flat=True)
    return any(effect_rule(decision.kind, code, decision.case.instance) for code in codes)


def _ended_periods(on: date) -> dict[int, date]:
    """The last day to appeal of each decision whose periods all ended before the day."""
    # Who decided not to appeal has met the duty to decide; the period of the others runs on.
    periods = Deadline.objects.filter(rule__in=APPEAL_RULES, state__in=("open", "met"))
    ended = periods.filter(due_on__lt=on, case__decisions__effect=Decision.Effect.NOT_YET)
    last: dict[int, date] = {}
    subjects = set()
    for subject, due_on in ended.values_list("subject", "due_on").distinct():
        decision = int(subject.partition(":")[2])
        last[decision] = max(due_on, last.get(decision, due_on))
        subjects.add(subject)
    stopped = Deadline.objects.filter(rule__in=APPEAL_RULES, state=Deadline.State.SUSPENDED)
    running = [
        *periods.filter(due_on__gte=on, subject__in=subjects).values_list("subject", flat=True),
        *stopped.filter(subject__in=subjects).values_list("subject", flat=True),
    ]
    for subject in running:
        last.pop(int(subject.partition(":")[2]), None)
    return last
