"""What agencies and offices do, as the oracle takes it: what is possible, and what it leaves on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.year.duties import STARTED_BY, Duty
from tests.year.effects import Effects
from tests.year.events import Deed
from tests.year.notified import Notified
from tests.year.people import People
from tests.year.record import Case, Lane, Letter, Naming, Order, Performance, Sent
from tests.year.regular import Regular
from tests.year.urging import Taken

Place = tuple[str, str]  # case, lane


class Refused(Exception):
    """The act is not possible."""


def need(condition: object, why: str) -> None:
    if not condition:
        raise Refused(why)


@dataclass
class Held:
    """A duty as the oracle holds it, with the lane that owes it and the steps of urging that were taken."""

    case: Case
    lane: Lane
    duty: Duty
    steps: list[Taken]


class Acts:
    """Deeds by name."""

    record: Notified
    effects: Effects
    regular: Regular
    people: People
    orders: dict[Place, dict[tuple, list[Order]]]
    book: dict[tuple, Held]

    def do(self, deed: Deed) -> None:
        case = self.record.cases.get(deed.case) if deed.case else self.regular.case
        lane = case.lane_of(deed.agency) if case else None
        if case is None or lane is None:
            raise Refused("nobody told of the case")
        act: Callable[[Deed, Case, Lane], None] = getattr(self, f"_{deed.what}", self._paper)
        act(deed, case, lane)

    def _sign(self, deed: Deed, case: Case, lane: Lane) -> None:
        received = deed.about["received_on"]
        decided = [day for one in case.decisions.values() if (day := one.get("decided_on"))]
        need(lane.received_on is None, "signed before")
        need(not case.get("filed_on") or received >= case.get("filed_on"), "before filing")
        need(not decided or received <= min(decided), "after the decision")
        lane.received_on, lane.signed_on, lane.period = received, deed.day, deed.about.get("period")

    def _return(self, deed: Deed, case: Case, lane: Lane) -> None:
        need(lane.received_on is None and not lane.returned, "signed or returned")
        lane.returned = True

    def _reassign(self, deed: Deed, case: Case, lane: Lane) -> None:
        """The one in the place begins anew; nothing that the other did is credited to it (§4)."""
        need(lane.returned, "not returned")
        need(case.lane_of(deed.about["owner"]) is None, "sued already")
        lane.agency, lane.reassigned_on, lane.returned = deed.about["owner"], deed.day, False
        lane.papers, lane.namings = [], []

    def _paper(self, deed: Deed, case: Case, lane: Lane) -> None:
        about = deed.about.get("document", "")
        if "hearing" in deed.about:
            about = case.hearing_on(deed.about["hearing"])
            need(about, "no such hearing")
        elif about:
            need(about in case.decisions, "no such decision")
        elif about := deed.about.get("letter", ""):
            need(any(one.name == about for one in lane.letters), "no such paper")
        self._check_days(deed, case, lane)
        lane.papers.append(Sent(deed.what, about, deed.day, deed.about))

    def _check_days(self, deed: Deed, case: Case, lane: Lane) -> None:
        filed, received = deed.about.get("evidence_filed_on"), deed.about.get("received_on")
        need(not filed or not lane.received_on or filed >= lane.received_on, "before the material came")
        need(not received or received <= deed.day, "ahead")
        if received and "document" in deed.about:
            decided = case.decisions[deed.about["document"]].get("decided_on")
            need(received >= decided, "before the decision")

    def _join(self, deed: Deed, case: Case, lane: Lane) -> None:
        self.people.join(deed.agency, deed.about["role"])

    def _leave(self, deed: Deed, case: Case, lane: Lane) -> None:
        self.people.leave(deed.agency, deed.about["role"])

    # Papers that came in, and what is done without a page of its own

    def _incoming(self, deed: Deed, case: Case, lane: Lane) -> None:
        """Who registers it for another tells that one of it on the day."""
        told = deed.day if deed.about["by_office"] else None
        lane.letters.append(Letter(deed.about["kind"], deed.about["letter"], deed.about["received_on"], told))

    def _complete(self, deed: Deed, case: Case, lane: Lane) -> None:
        about = deed.about.get("letter") or deed.about["period"]
        kinds = [STARTED_BY[one.kind] for one in lane.letters if one.name == about]
        rule = deed.about.get("rule") or (kinds[0] if kinds else "")
        held = self.book.get((case.number, lane.key, rule, about))
        need(held and held.duty.state == "open", "nothing open")
        assert held is not None
        assert held.duty.starts_on is not None
        need(held.duty.starts_on <= deed.about["done_on"] <= deed.day, "no such day")
        lane.completed[rule, about] = deed.about["done_on"]

    def _send_back(self, deed: Deed, case: Case, lane: Lane) -> None:
        sent = lane.versions(deed.about["paper"])
        need(sent and all(paper is not sent[-1] for paper, _ in lane.sent_back), "nothing to send back")
        lane.sent_back.append((sent[-1], deed.day))

    def _name(self, deed: Deed, case: Case, lane: Lane) -> None:
        hearing = case.hearing_on(deed.about["hearing"])
        need(hearing and hearing.state == "scheduled", "no such hearing ahead")
        assert hearing is not None
        standing = [n for n in lane.namings if n.hearing is hearing and n.ended_on is None]
        if standing and standing[-1].head == deed.about["head"]:
            return
        for one in standing:
            one.ended_on = deed.day
        lane.namings.append(Naming(hearing, deed.about["head"], deed.day))

    def _decline(self, deed: Deed, case: Case, lane: Lane) -> None:
        hearing = case.hearing_on(deed.about["hearing"])
        standing = [n for n in lane.namings if n.hearing is hearing and n.ended_on is None]
        need(standing, "nobody is named")
        standing[-1].ended_on, standing[-1].declined = deed.day, True

    def _appeal(self, deed: Deed, case: Case, lane: Lane) -> None:
        decision = case.decisions.get(deed.about["document"])
        need(decision and self.effects.days(case, decision) and lane.key in decision.results, "no appeal")
        assert decision is not None
        choice, day = deed.about["choice"], deed.about["decided_on"]
        last = self.effects.last_day_to_appeal(case, decision)
        need(decision.get("decided_on") <= day <= deed.day, "no such day")
        need(choice == "no" or not last or day <= last, "the period is over")
        decision.choices.append((lane.key, choice, day))

    def _order(self, deed: Deed, case: Case, lane: Lane) -> None:
        rule, about = deed.about["rule"], deed.about.get("document", "")
        rule = "answer_appeal" if rule == "answer" and case.instance == "second" else rule
        hearing = case.hearing_on(deed.about["hearing"]) if "hearing" in deed.about else None
        held = self.book.get((case.number, lane.key, rule, identity(hearing or about)))
        need(held and held.duty.state in ("open", "suspended"), "nothing open")
        assert held is not None
        made = Order(deed.about["kind"], deed.about.get("ends_on"), deed.about.get("first"))
        need(made.kind != "extend" or (made.ends_on and made.ends_on > held.duty.due_on), "not later")
        start = held.duty.starts_on or date.min
        need(made.kind != "set" or _is_possible(held.duty, made.ends_on), "on the other side of its event")
        need(not made.first or start <= made.first <= held.duty.due_on, "outside the period")
        self.orders.setdefault((case.number, lane.key), {}).setdefault(held.duty.key, []).append(made)

    def _resume(self, deed: Deed, case: Case, lane: Lane) -> None:
        rule = "answer_appeal" if case.instance == "second" else deed.about["rule"]
        orders = self.orders.get((case.number, lane.key), {}).get((rule, ""), [])
        running = [one for one in orders if one.kind == "pause" and one.last is None]
        need(running and running[0].first and running[0].first <= deed.about["last"], "nothing paused")
        running[0].last = deed.about["last"]

    def _perform(self, deed: Deed, case: Case, lane: Lane) -> None:
        done, decision = self._owed(deed, case, lane), case.decisions[deed.about["document"]]
        need(done.state == "owed" and deed.about["happened_on"] >= decision.get("decided_on"), "reported")
        done.state, done.on = "reported", deed.about["happened_on"]

    def _ledger(self, deed: Deed, case: Case, lane: Lane) -> None:
        """再审中止执行; 恢复执行 makes it what it was before (§18)."""
        done = self._owed(deed, case, lane)
        if deed.about["kind"] == "suspended":
            need(done.state in ("owed", "reported"), "nothing to suspend")
            done.state, done.before = "suspended", done.state
        else:
            need(done.state == "suspended", "nothing to revive")
            done.state, done.before = done.before, ""

    def _owed(self, deed: Deed, case: Case, lane: Lane) -> Performance:
        """What the ledger says of an obligation that is certain."""
        decision = case.decisions.get(deed.about["document"])
        need(decision and lane.key in decision.results, "nothing owed")
        assert decision is not None
        owed, meaning = decision.results[lane.key], decision.meaning(lane.key)
        need((meaning and meaning.owes) or owed.get("content"), "nothing certain")
        return lane.performances.setdefault(decision.document, Performance())

    def _check(self, deed: Deed, case: Case, lane: Lane) -> None:
        done = lane.performances.get(deed.about["document"])
        need(done and "reported" in (done.state, done.before), "nothing to check")
        assert done is not None
        found = "done" if deed.about["accepted"] else "owed"
        done.on = done.on if deed.about["accepted"] else None
        if done.state == "suspended":
            done.before = found
        else:
            done.state = found


def _is_possible(duty: Duty, day: date | None) -> bool:
    """Another day: after the event; of what comes ahead of a hearing not after that."""
    start = duty.starts_on or date.min
    return day is not None and (day <= start if duty.rule == "name_head" else day >= start)


def identity(about: object) -> object:
    return about if isinstance(about, (str, tuple)) else id(about)
