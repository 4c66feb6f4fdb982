"""The statutory steps of a lane as a page shows them: fixed order, each with its day, state and proof."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cases.models import Deadline, Hearing, Lane, Nomination, Paper
from cases.papers.kinds import BY_RULE, KINDS
from cases.papers.kinds.kind import PaperKind
from lib.display import NOT_STARTED, Status, done_status, due_status


@dataclass(frozen=True, slots=True)
class Step:
    """One of the statutory steps: its name, whose duty it is, the page that does it."""

    label: str
    whose: str = "机关"
    page: str = ""  # the name of the page that does it
    button: str = ""
    again: str = ""  # what the button says once it was done: another head, a corrected paper
    names_its_subject: bool = False  # its page is told which hearing, decision or obligation it is about
    # Most cases never see it: it is shown only where a deadline asks for it.
    only_when_due: bool = False
    may_begin: bool = False  # the agency may do it before anything started its clock


def _appeal(label: str) -> Step:
    return Step(label, page="appeal", button="登记", again="更改", names_its_subject=True, only_when_due=True)


# The steps beside the papers, by rule and with their place in the order.
ACTS = {
    10: ("material_receipt", Step("签收应诉材料", page="receive", button="签收", may_begin=True)),
    30: ("answer", Step("举证期限届满", "机关（向法院）")),
    50: (
        "name_head",
        Step("确定出庭负责人", page="appoint", button="确定", again="更换", names_its_subject=True),
    ),
    52: (
        "name_head_again",
        Step("重新确定出庭负责人", page="appoint", button="确定", names_its_subject=True, only_when_due=True),
    ),
    60: ("hearing", Step("开庭", "法院")),
    82: ("appeal_judgment", _appeal("上诉决定（判决）")),
    84: ("appeal_ruling", _appeal("上诉决定（裁定）")),
    100: (
        "obligation",
        Step("履行生效裁判", page="perform", button="登记履行", again="看台账", names_its_subject=True),
    ),
    130: (
        "paper_correction",
        Step("补正报送材料", page="answer_return", button="补正", names_its_subject=True, only_when_due=True),
    ),
}


def _of_paper(kind: PaperKind) -> Step:
    step = kind.step
    return Step(
        step.label,
        page=kind.page,
        button=step.button,
        again="更正",
        names_its_subject=kind.names_its_matter,
        only_when_due=step.only_when_due,
        may_begin=step.may_begin,
    )


_PLACES = ACTS | {kind.step.place: (kind.rule, _of_paper(kind)) for kind in KINDS.values()}
# In their fixed order, by the rule of the duty.
STEPS: Mapping[str, Step] = {rule: step for _, (rule, step) in sorted(_PLACES.items())}
SAME_STEP = {"answer_appeal": "answer"}
NOT_APPLICABLE = Status("na", "不再适用")
NEVER_APPLIED = Status("na", "不适用")


@dataclass(frozen=True, slots=True)
class LaneSteps:
    """One defendant's steps."""

    pk: int
    agency: str
    steps: list[dict[str, Any]]
    unit: int  # the organisation
    is_own: bool
    is_signed: bool


def steps_of(lane: Lane, deadlines: Iterable[Deadline], *, today: date, own: bool) -> LaneSteps:
    """The steps of a lane; with buttons where the reader may act in it."""
    by_rule: dict[str, list[Deadline]] = {}
    for deadline in (each for each in deadlines if each.is_duty):
        by_rule.setdefault(SAME_STEP.get(deadline.rule, deadline.rule), []).append(deadline)
    rows: list[dict[str, Any]] = []
    for rule in STEPS:
        if rule == "hearing":
            rows += [_hearing(hearing, today) for hearing in lane.case.hearings.all()] or [_waiting(rule)]
        elif rule in by_rule:
            rows += [_step(rule, deadline, lane, today, own=own) for deadline in by_rule[rule]]
        elif rule == "lost_case_report" and _is_not_lost(lane):
            rows.append(_waiting(rule) | {"status": NEVER_APPLIED})
        elif not STEPS[rule].only_when_due:
            rows.append(_waiting(rule) | _button(rule, lane, own=own and _may_begin(rule, lane)))
    others = [each for rule, found in by_rule.items() if rule not in STEPS for each in found]
    rows += [_other(deadline, today) for deadline in others]
    numbered = [row | {"number": number} for number, row in enumerate(rows, start=1)]
    return LaneSteps(
        lane.pk, lane.organisation.name, numbered, lane.organisation_id, own, hasattr(lane, "service_receipt")
    )


def status_of(deadline: Deadline, *, today: date) -> Status:
    """The state of a deadline in the words and marks of the platform."""
    if deadline.state == Deadline.State.MET and deadline.met_on:
        return done_status(deadline.due_on, deadline.met_on)
    if deadline.state == Deadline.State.OPEN:
        return due_status(deadline.due_on, today)
    if deadline.state == Deadline.State.MISSED:
        return Status("overdue", "未办理")
    return Status("suspended", "中止") if deadline.state == Deadline.State.SUSPENDED else NOT_APPLICABLE


def _step(rule: str, deadline: Deadline, lane: Lane, today: date, *, own: bool) -> dict[str, Any]:
    is_open = deadline.state == Deadline.State.OPEN
    status = status_of(deadline, today=today)
    if rule == "answer" and is_open and deadline.due_on < today:
        # The duty is towards the court, which tells us nothing of it: the period simply ended.
        status = Status("na", f"已届满 {deadline.due_on:%m-%d}")
    return {
        "label": f"{STEPS[rule].label}（{deadline.matter}）" if deadline.matter else STEPS[rule].label,
        "party": STEPS[rule].whose,
        "due_on": deadline.due_on,
        "done_on": deadline.met_on,
        "status": status,
        "basis_url": deadline.basis_url,
        "evidence": _evidence(rule, deadline, lane),
    } | _button_for(rule, lane, deadline, today, own=own)


def _other(deadline: Deadline, today: date) -> dict[str, Any]:
    """A duty outside the statutory steps: the reply to a letter, to judicial advice, …"""
    return {
        "label": f"{deadline.label}（{deadline.matter}）" if deadline.matter else deadline.label,
        "party": "机关",
        "due_on": deadline.due_on,
        "done_on": deadline.met_on,
        "status": status_of(deadline, today=today),
        "basis_url": deadline.basis_url,
        "evidence": deadline.computation.get("proof", ""),
    }


def _button_for(rule: str, lane: Lane, deadline: Deadline, today: date, *, own: bool) -> dict[str, str]:
    """The button of an open step; after it was done, the one that replaces or corrects it while that still helps."""
    if deadline.state == Deadline.State.OPEN:
        button = _button(rule, lane, own=own, subject=deadline.subject)
        return button | {"action_label": "出庭登记"} if button and is_past(deadline, today) else button
    again = STEPS[rule].again if deadline.state == Deadline.State.MET else ""
    if rule == "name_head" and deadline.starts_on < today:
        again = ""
    button = _button(rule, lane, own=own and bool(again), subject=deadline.subject)
    return button | {"action_label": again} if button else {}


def _mended(deadline: Deadline, lane: Lane) -> Any:
    """The version that answers the return, once there is one."""
    papers = list(lane.papers.all())
    is_returned = (p for p in papers if hasattr(p, "review") and f"review:{p.review.pk}" == deadline.subject)
    returned = next(is_returned, None)
    if returned is None:
        return ""
    same = [p for p in papers if (p.kind, p.subject) == (returned.kind, returned.subject)]
    newest = max(same, key=lambda one: one.version)
    return _receipt(newest) if newest.version > returned.version else ""


def _receipt(paper: Paper) -> dict[str, str]:
    return {"url": reverse("cases:paper", args=[paper.pk]), "label": f"回执 {paper.number}"}


def is_past(deadline: Deadline, today: date) -> bool:
    """Whether a head was to be named for a hearing that is over: its page leads to 出庭登记."""
    return deadline.rule == "name_head" and deadline.starts_on < today


def _evidence(rule: str, deadline: Deadline, lane: Lane) -> Any:
    if rule == "paper_correction":
        return _mended(deadline, lane)
    papers = [p for p in _papers(rule, lane) if p.subject in ("", deadline.subject)]
    if papers:
        return _receipt(max(papers, key=lambda one: one.version))
    if rule in ("name_head", "name_head_again"):
        hearing = int(deadline.subject.partition(":")[2])
        return _named([one for one in lane.nominations.all() if one.hearing_id == hearing])
    return deadline.computation.get("proof", "") if rule in ("material_receipt", "obligation") else ""


def _named(nominations: list[Nomination]) -> str:
    """Who stands for the hearing and whether he or she said yes; without one, why the last one does not come."""
    current = next((one for one in nominations if not one.replaced_at), None)
    if current:
        entered = "，司法局代录" if current.source and current.source.entry_id else ""
        return f"{current}{'，本人已确认' if current.confirmed_at else ''}{entered}"
    last = max(nominations, key=lambda one: one.pk, default=None)
    return f"{last}{last.replaced_reason}" if last else ""


def _button(rule: str, lane: Lane, *, own: bool, subject: str = "") -> dict[str, str]:
    return page_of(rule, lane.pk, subject) if own else {}


def page_of(rule: str, lane: int, subject: str) -> dict[str, str]:
    """Address and label of the page that does a step of a lane; nothing for steps that have none."""
    step = STEPS.get(rule)
    if step is None or not step.page:
        return {}
    about = subject.partition(":")[2] if step.names_its_subject else ""
    query = f"?about={about}" if about else ""
    return {"action_url": f"{reverse(f'cases:{step.page}', args=[lane])}{query}", "action_label": step.button}


def _may_begin(rule: str, lane: Lane) -> bool:
    """Steps that the agency may do before anything started their clock."""
    if rule == "material_receipt":
        return not hasattr(lane, "service_receipt")
    return STEPS[rule].may_begin and not _papers(rule, lane)


def _papers(rule: str, lane: Lane) -> list[Paper]:
    """What was handed in of the kind that meets the duty, if a paper does."""
    kind = BY_RULE.get(rule)
    return [paper for paper in lane.papers.all() if kind and paper.kind == kind.key]


def _is_not_lost(lane: Lane) -> bool:
    """Whether there is an outcome for the lane and none of them is a loss."""
    outcomes = [o for d in lane.case.decisions.all() for o in d.outcomes.all() if o.lane_id == lane.pk]
    return bool(outcomes) and not any(outcome.lost for outcome in outcomes)


def _waiting(rule: str) -> dict[str, Any]:
    return {
        "label": STEPS[rule].label,
        "party": STEPS[rule].whose,
        "due_on": None,
        "done_on": None,
        "status": NOT_STARTED,
        "evidence": "",
    }


def _hearing(hearing: Hearing, today: date) -> dict[str, Any]:
    held = hearing.state == Hearing.State.HELD
    time = f" {hearing.time:%H:%M}" if hearing.time else ""
    words = {"held": Status("done", "已开庭"), "scheduled": Status("running", f"已排庭{time}")}
    if hearing.state == Hearing.State.SCHEDULED and hearing.day < today:
        words["scheduled"] = Status("check", "未收到开庭情况")
    return {
        "label": f"开庭（{hearing.room}）" if hearing.room else "开庭",
        "party": "法院",
        "due_on": hearing.day,
        "done_on": hearing.day if held else None,
        "status": words.get(hearing.state, Status("na", hearing.get_state_display())),
        "evidence": str(hearing.source),
    }
