"""How measures judge a unit: True in the numerator, False in the rest, a text: excluded and why, None: no part."""

from collections.abc import Sequence

from cases.models import FactChange
from reports.figures.appearances import NOT_STATED, HeardLane, Stated
from reports.figures.dockets import CaseFacts
from reports.figures.duties import DutyFacts
from reports.figures.entries import Judge, Verdict
from reports.figures.populations import OutcomeFacts
from rules.appearance import HeadRank

LEADING = (HeadRank.PRINCIPAL, HeadRank.DEPUTY)
EVENT = FactChange.Reason.EVENT.value
WITHDRAWN_AFTER_CHANGE = "R-WITHDRAW-CHANGED"
SETTLED = frozenset({"M-MED", "R-WITHDRAW", "R-WITHDRAW-CHANGED", "R-WITHDRAW-SETTLED", "R-DEEMED"})
MEDIATED = frozenset({"M-MED", "R-WITHDRAW-CHANGED", "R-WITHDRAW-SETTLED"})
OVERTURNED = frozenset({"A-REVERSE", "A-REMAND", "A-ORDER"})


def _told(lanes: Sequence[HeardLane]) -> list[Stated] | str:
    """What was stated about the lanes counted together, or why they are excluded."""
    if all(lane.reason for lane in lanes):
        return lanes[0].reason
    return [said for lane in lanes for said in lane.stated] or NOT_STATED


def appeared(lanes: Sequence[HeardLane]) -> Verdict:
    stated = _told(lanes)
    return stated if isinstance(stated, str) else any(said.counts for said in stated)


def principal_appeared(lanes: Sequence[HeardLane]) -> Verdict:
    stated = _told(lanes)
    return stated if isinstance(stated, str) else any(said.counts and said.principal for said in stated)


def deputy_appeared(lanes: Sequence[HeardLane]) -> Verdict:
    stated = _told(lanes)
    return stated if isinstance(stated, str) else _highest(stated) == HeadRank.DEPUTY


def other_appeared(lanes: Sequence[HeardLane]) -> Verdict:
    """Some head came, but no principal and no deputy, or none is told to be one."""
    stated = _told(lanes)
    return stated if isinstance(stated, str) else _highest(stated) == HeadRank.OTHER


def _highest(stated: Sequence[Stated]) -> HeadRank | None:
    """The highest rank among the heads who came; one of untold rank is among the others."""
    came = {said.rank for said in stated if said.counts}
    leading = next((rank for rank in LEADING if rank in came), HeadRank.OTHER)
    return leading if came else None


def county_grade_appeared(lanes: Sequence[HeardLane]) -> Verdict:
    """A principal or deputy of a body whose leaders are 县处级 or above."""
    stated = _told(lanes)
    if isinstance(stated, str):
        return stated
    return any(
        said.counts and said.rank in LEADING for lane in lanes if lane.county_grade for said in lane.stated
    )


def complied(lanes: Sequence[HeardLane]) -> Verdict:
    stated = _told(lanes)
    if isinstance(stated, str):
        return stated
    return any(said.counts for said in stated) or all(said.justified for said in stated)


def absent_unexcused(lanes: Sequence[HeardLane]) -> bool:
    """Whether no head came and an absence is unexplained or its ground was rejected."""
    stated = _told(lanes)
    if isinstance(stated, str) or any(said.counts for said in stated):
        return False
    return any(said.unexcused for said in stated)


def spoke(lanes: Sequence[HeardLane]) -> Verdict:
    stated = _told(lanes)
    spoken = [] if isinstance(stated, str) else [said.spoke for said in stated if said.counts]
    if not spoken:
        return None
    return any(spoken) if any(said is not None for said in spoken) else "未载明是否发言"


def _open_reason(facts: Sequence[DutyFacts | OutcomeFacts]) -> str:
    return facts[0].reason if all(fact.reason for fact in facts) else ""


def performed(duties: Sequence[DutyFacts]) -> Verdict:
    return _open_reason(duties) or all(duty.done_on is not None for duty in duties)


def on_time(duties: Sequence[DutyFacts]) -> Verdict:
    return _open_reason(duties) or all(duty.on_time for duty in duties)


def lost(outcomes: Sequence[OutcomeFacts]) -> Verdict:
    return _open_reason(outcomes) or any(outcome.lost for outcome in outcomes if not outcome.reason)


def lost_by_judgment(outcomes: Sequence[OutcomeFacts]) -> Verdict:
    judged = [outcome for outcome in outcomes if outcome.judged]
    return lost(judged) if judged else "以裁定或调解结案"


def withdrawn_after_change(outcomes: Sequence[OutcomeFacts]) -> Verdict:
    """A withdrawal stands even where it is open who lost."""
    if any(outcome.code == WITHDRAWN_AFTER_CHANGE for outcome in outcomes):
        return True
    return _open_reason(outcomes) or False


def was_carried(facts: Sequence[CaseFacts]) -> Verdict:
    return facts[0].carried


def is_new(facts: Sequence[CaseFacts]) -> Verdict:
    return not facts[0].carried


def concluded(facts: Sequence[CaseFacts]) -> Verdict:
    return facts[0].concluded


def concluded_in(instance: str) -> Judge:
    def judge(facts: Sequence[CaseFacts]) -> Verdict:
        return concluded(facts) if facts[0].instance == instance else None

    return judge


def pending(facts: Sequence[CaseFacts]) -> Verdict:
    return not facts[0].concluded


def appeared_in(instance: str) -> Judge:
    def judge(lanes: Sequence[HeardLane]) -> Verdict:
        return appeared(lanes) if lanes[0].instance == instance else None

    return judge


def appealed(outcomes: Sequence[OutcomeFacts]) -> Verdict:
    """Of first-instance decisions; one of which nothing is said about an appeal is no part of it."""
    first = [outcome for outcome in outcomes if outcome.instance == "first"]
    if not first:
        return None
    said = [outcome.appealed for outcome in first if outcome.appealed is not None]
    return any(said) if said else "未载明是否上诉"


def settled(outcomes: Sequence[OutcomeFacts]) -> Verdict:
    return any(outcome.code in SETTLED for outcome in outcomes)


def mediated(outcomes: Sequence[OutcomeFacts]) -> Verdict:
    """Ended by mediation, or withdrawn after the agency changed its act or settled."""
    return any(outcome.code in MEDIATED for outcome in outcomes)


def adopted(replies: Sequence[str]) -> Verdict:
    return replies[0] in ("all", "part") if replies[0] else "未载明是否采纳"


def overturned(outcomes: Sequence[OutcomeFacts]) -> Verdict:
    return any(outcome.code in OVERTURNED for outcome in outcomes)


def performed_unforced(duties: Sequence[DutyFacts]) -> Verdict:
    """Of those performed, all without enforcement."""
    done = [duty for duty in duties if not duty.reason and duty.done_on]
    return not any(duty.forced for duty in done) if done else None


def rescheduled(reasons: Sequence[str]) -> Verdict:
    """An entry put right is no event: nothing was put off (录入更正 against 事实变化)."""
    return EVENT in reasons or "录入更正，开庭日期并未变动"
