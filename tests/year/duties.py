"""What each defendant owes by when, as a function of the record (docs/rules.md §1, §3, §4, §9, §16)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.year.calendar import DAY, Calendar
from tests.year.effects import Effects
from tests.year.record import IN_FORCE, MEANINGS, Case, Decision, Hearing, Lane, Order, Thing

PREPARATION = ("leader_report", "answer", "answer_appeal", "defence_report")
CALENDAR_DAYS = {
    "leader_report": 1, "answer": 15, "answer_appeal": 15, "defence_report": 5, "judgment_filing": 5,
    "lost_case_report": 30, "effect_confirmation": 5,
    "retrial_opinion": 15, "advice_on_norms_reply": 60, "obligation_compensation_forward": 7,
    "obligation_compensation_pay": 15, "county_rollup": 8, "monthly_analysis": 10, "monthly_bulletin": 15,
    "quarterly_bulletin": 20, "quarterly_ranking": 30,
}  # fmt: skip
WORKING_DAYS = {
    "material_receipt": 2, "absence_explanation": 2, "paper_correction": 3, "name_head_again": 2,
    "letter_reply": 3, "rectification": 5,
}  # fmt: skip
MONTHS = {
    "judicial_advice_reply": 2, "half_year_summary": 1, "annual_report": 1, "training_first": 6,
    "training_second": 12,
}  # fmt: skip
STARTED_BY = {
    "司法建议书": "judicial_advice_reply", "规范性文件司法建议": "advice_on_norms_reply",
    "司法局建议书": "letter_reply", "通报": "rectification", "再审申请书副本": "retrial_opinion",
    "支付赔偿金申请": "obligation_compensation_forward", "财政部门收到支付申请": "obligation_compensation_pay",
}  # fmt: skip
CONFIRMED_SINCE = date(2026, 7, 1)
TOLD_LATE = 15  # days to perform what was told on or after its day
_NAMED = re.compile(r"(\d{4})-(\d\d)-(\d\d)前")
_LENGTH = re.compile(r"之日起(\d+)日内")


@dataclass
class Duty:
    """A duty; what it runs from is `facts`, which a matter that was met is judged by."""

    rule: str
    about: Any
    starts_on: date | None
    due_on: date
    met_on: date | None = None
    state: str = "open"
    urged: bool = True
    facts: tuple = field(default=(), compare=False)

    @property
    def key(self) -> tuple[str, Any]:
        return self.rule, self.about


class Duties:
    """The duties of a lane as the facts are now."""

    def __init__(self, effects: Effects, calendar: Calendar) -> None:
        self.effects, self.calendar = effects, calendar

    def of(self, case: Case, lane: Lane, orders: dict[tuple, list[Order]]) -> Iterator[Duty]:
        self.case, self.lane, self.orders = case, lane, orders
        yield from self._material()
        for hearing in case.hearings:
            yield from self._hearing(hearing)
        for decision in case.decisions.values():
            if lane.key in decision.results:
                yield from self._decision(decision, decision.results[lane.key])
        for paper, day in lane.sent_back:
            yield self._duty("paper_correction", (paper.kind, day), day, met=lane.after(paper))
        yield from self._letters()

    def of_unit(self, case: Case, lane: Lane) -> Iterator[Duty]:
        """What a unit owes without a case."""
        self.case, self.lane, self.orders = case, lane, {}
        for one in lane.asked:
            met = lane.completed.get((one.rule, one.period))
            yield self._duty(one.rule, one.period, one.starts_on, met=met)
        yield from self._letters()

    def _letters(self) -> Iterator[Duty]:
        """Each paper that came in starts the limit that names it; advice in a case is answered by a paper."""
        for one in self.lane.letters:
            rule = STARTED_BY[one.kind]
            met = self._first("advice_reply", one.name) or self.lane.completed.get((rule, one.name))
            yield self._duty(rule, one.name, one.received_on, told=one.told, met=met)

    # Periods

    def end(self, rule: str, start: date) -> date:
        if rule in MONTHS:
            return self.calendar.months(start, MONTHS[rule])
        if rule in WORKING_DAYS:
            return self.calendar.working(start, WORKING_DAYS[rule])
        return self.calendar.after(start, CALENDAR_DAYS[rule])

    def _duty(
        self, rule: str, about: Any, start: date, *, told: date | None = None, met: date | None = None
    ) -> Duty:
        """A period from its event; from the news of it, where that came on the last day or later (通报迟延)."""
        due = self.end(rule, start)
        late = told is not None and told >= due
        due = self.end(rule, told) if late and told else due
        facts = (start, told if late else None)
        return self._ordered(Duty(rule, about, start, due, met, facts=facts))

    def _ordered(self, duty: Duty) -> Duty:
        """With the orders of the office; the state that follows."""
        mine = self.orders.get(duty.key, [])
        duty.due_on = self._due(duty, mine)
        duty.facts += tuple((o.kind, o.ends_on, o.last) for o in mine)
        duty.state = self._state(duty, mine)
        return duty

    def _due(self, duty: Duty, orders: list[Order]) -> date:
        """One order after the other: another day; a pause moves the day that was set, or is not counted."""
        day = self.lane.period if duty.rule.startswith("answer") else None
        pauses: list[tuple[date, date]] = []
        for one in orders:
            if one.ends_on:
                day = one.ends_on
            elif day and one.first and one.last:
                day = self._moved(day, one.first, one.last)
            elif one.first and one.last:
                pauses.append((one.first, one.last))
        if day or not pauses or not duty.starts_on:
            return day or duty.due_on
        return self.calendar.after(duty.starts_on, CALENDAR_DAYS[duty.rule], tuple(pauses))

    def _moved(self, day: date, first: date, last: date) -> date:
        """By as many days as the pause had, where it began before the day was over."""
        return self.calendar.roll(day + (last - first + DAY)) if first <= day else day

    def _state(self, duty: Duty, orders: list[Order]) -> str:
        if duty.met_on:
            return "met"
        if any(order.kind == "waive" for order in orders):
            return "waived"
        if any(order.kind == "pause" and order.last is None for order in orders):
            return "suspended"
        return "missed" if self._is_overtaken(duty) else "open"

    def _is_overtaken(self, duty: Duty) -> bool:
        """What prepares the hearing ends with the decision of the case (§4, 未办理)."""
        return duty.rule in PREPARATION and self.case.decided(self.lane)

    def _remaining(self, *duties: Duty) -> Iterator[Duty]:
        """Without what nobody owes any more: its day was not over when the decision was made."""
        made = min((d.get("decided_on") for d in self.case.decisions.values()), default=None)
        return (one for one in duties if one.state != "missed" or one.due_on < made)

    def _first(self, kind: str, about: Any = "") -> date | None:
        """A duty is met by the first version of its paper."""
        found = self.lane.versions(kind, about)
        return found[0].on if found else None

    # Material

    def _material(self) -> Iterator[Duty]:
        lane = self.lane
        if lane.signed_on or not self.case.decided(lane):
            told = lane.reassigned_on or lane.told_on
            yield self._duty("material_receipt", "", told, met=lane.signed_on)
        if lane.received_on is None:
            return
        leaders = self._duty("leader_report", "", lane.received_on, met=self._first("leader_report"))
        answer = self._answer(lane.received_on)
        report = self._duty("defence_report", "", answer.due_on, met=self._first("defence_report"))
        if answer.state == "suspended" and report.state == "open":
            report.state = "suspended"
        yield from self._remaining(leaders, answer, report)

    def _answer(self, received: date) -> Duty:
        rule = "answer_appeal" if self.case.instance == "second" else "answer"
        reports = self.lane.versions("defence_report")
        met = reports[-1].content["evidence_filed_on"] if reports else None
        due = self.lane.period or self.end(rule, received)
        return self._ordered(Duty(rule, "", received, due, met, facts=(received, self.lane.period)))

    # Hearings

    def _hearing(self, hearing: Hearing) -> Iterator[Duty]:
        if hearing.state == "scheduled":
            yield from self._naming(hearing)
        said = hearing.statements.get(self.lane.key)
        if hearing.state == "held" and said and said.get("负责人是否出庭") == "否" and not justified(said):
            told = said.told_on("负责人是否出庭", "法院认定")
            met = self._first("absence", hearing)
            yield self._duty("absence_explanation", hearing, hearing.day, told=told, met=met)

    def _naming(self, hearing: Hearing) -> Iterator[Duty]:
        told = max(hearing.told, self.lane.reassigned_on or hearing.told)
        if told > hearing.day:
            return
        named = [one for one in self.lane.namings if one.hearing is hearing]
        met = named[0].on if named else self._first("absence", hearing)
        due = again = self.calendar.working(hearing.day, -3)
        if told >= due:
            again = max(due, min(self.calendar.working(told, 3), hearing.day))
        facts = (hearing.day, told if again > due else None)
        yield self._ordered(Duty("name_head", hearing, hearing.day, again, met, facts=facts))
        if declined := [one for one in named if one.declined]:
            yield self._again(
                hearing, declined[-1].ended_on, [n.on for n in named[named.index(declined[-1]) + 1 :]]
            )

    def _again(self, hearing: Hearing, said_no: date | None, later: list[date]) -> Duty:
        """Within 2 working days, by the last working day before the hearing, not before the head said no."""
        assert said_no is not None
        eve = max(self.calendar.back(hearing.day - DAY), said_no)
        due = min(self.end("name_head_again", said_no), eve)
        met = later[0] if later else self._first("absence", hearing)
        return self._ordered(Duty("name_head_again", hearing, said_no, due, met, facts=(said_no, eve)))

    # Decisions

    def _decision(self, decision: Decision, result: Thing) -> Iterator[Duty]:
        yield from self._service(decision, result)
        on, lost = decision.effective_on, self.effects.lost(self.case, decision, self.lane.key)
        if decision.effect in IN_FORCE and on:
            yield from self._in_force(decision, result, on, lost)
            yield from self._performing(decision, result, on)

    def _service(self, decision: Decision, result: Thing) -> Iterator[Duty]:
        served = decision.get("delivered_on") or self._stated_service(decision)
        if served is None:
            return
        told = decision.told_on("delivered_on") if decision.get("delivered_on") else None
        told = max(told, result.told_on("result")) if told else None
        met = self._first("filing", decision.document)
        yield self._duty("judgment_filing", decision.document, served, told=told, met=met)
        if length := self.effects.days(self.case, decision):
            yield self._appeal(decision, served, told or served, length)

    def _stated_service(self, decision: Decision) -> date | None:
        filed = self.lane.versions("filing", decision.document)
        return filed[-1].content["received_on"] if filed else None

    def _appeal(self, decision: Decision, served: date, told: date, length: int) -> Duty:
        """上诉决定 is owed by who lost, until it is made or the decision has taken effect; else it informs."""
        rule = "appeal_judgment" if decision.document == "判决" else "appeal_ruling"
        made = [day for key, _, day in decision.choices if key == self.lane.key]
        due = self.calendar.after(served, length)
        duty = Duty(rule, decision.document, served, due, min(made, default=None), facts=(served,))
        lost = self.effects.lost(self.case, decision, self.lane.key)
        duty.urged = bool(lost and (made or (told <= due and decision.effect == "not_yet")))
        return self._ordered(duty)

    def _in_force(self, decision: Decision, result: Thing, on: date, lost: bool | None) -> Iterator[Duty]:
        about, told = decision.document, max(decision.effect_told, result.told_on("result"))
        if on >= CONFIRMED_SINCE and self.effects.days(self.case, decision):
            met = self._first("effect_confirmation", about)
            yield self._duty("effect_confirmation", about, on, told=told, met=met)
        if lost:
            met = self._first("lost_report", about)
            yield self._duty("lost_case_report", about, on, told=told, met=met)

    def _performing(self, decision: Decision, result: Thing, on: date) -> Iterator[Duty]:
        meaning = MEANINGS[result.get("result")]
        if not (meaning.owes or result.get("content")):
            return
        day = performance_day(result.get("period") or "", on, meaning.estimate, self.calendar)
        if day is None:
            return
        told = max(decision.effect_told, result.told_on("result", "content", "period"))
        due = self._given_anew(result.get("period") or "", meaning.estimate, day, told)
        done = self.lane.performances.get(decision.document)
        facts = (on, day, due)
        met = done.on if done else None
        duty = self._ordered(Duty("obligation", decision.document, None, due, met, facts=facts))
        if done and done.state == "suspended" and duty.state == "open":
            duty.state = "suspended"
        yield duty

    def _given_anew(self, period: str, estimate: int, day: date, told: date) -> date:
        if told < day:
            return day
        again = performance_day(period, told, estimate, self.calendar)
        return self.calendar.after(told, TOLD_LATE) if _NAMED.search(period) or again is None else again


def performance_day(period: str, effect: date, estimate: int, calendar: Calendar) -> date | None:
    """The day that the court names; its length from the effect; the estimate of the office; else none (§9)."""
    if named := _NAMED.search(period):
        return date(int(named[1]), int(named[2]), int(named[3]))
    length = _LENGTH.search(period)
    days = int(length[1]) if length else estimate
    return calendar.after(effect, days) if days else None


def justified(said: Thing) -> bool:
    """The court found the ground good, staff came and not only lawyers (§10)."""
    staff = said.get("工作人员是否出庭") == "是" and said.get("是否仅律师") != "是"
    return said.get("法院认定") == "成立" and staff
