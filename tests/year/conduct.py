"""What agencies and offices do about the suits they are told of: often in time, sometimes late, sometimes never."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.year.events import AGENCIES, Agency, Deed
from tests.year.mailing import NEVER
from tests.year.suits import LOST, OWING, Sitting, Suit

DAY = timedelta(days=1)
ORDERS = (
    ("extend",), ("pause",), ("waive",), ("set",), ("pause", "set"), ("set", "pause"), ("pause", "pause"),
    ("extend", "pause", "set"), *[()] * 20,
)  # fmt: skip


class Conduct:
    """The deeds of a year."""

    def __init__(self, rng: Random, last: date) -> None:
        self.rng, self.last = rng, last

    def of(self, suits: Iterable[Suit]) -> list[Deed]:
        return [deed for suit in suits for agency in suit.agencies for deed in self._lane(suit, agency)]

    def _lane(self, suit: Suit, agency: Agency) -> Iterator[Deed]:
        if suit.told_on > self.last:
            return
        agency, known = yield from self._returned(suit, agency)
        yield from self._material(suit, agency, known)
        for sitting in suit.sittings:
            yield from self._hearing(suit, agency, sitting, known)
        if suit.decision_told <= self.last:
            yield from self._decision(suit, agency)

    def _days(self, first: int, last: int) -> timedelta:
        return self.rng.randint(first, last) * DAY

    def _likely(self, chance: float) -> bool:
        return self.rng.random() < chance

    # Material

    def _returned(self, suit: Suit, agency: Agency) -> Iterator[Deed]:
        """Sometimes it is another agency's case, and the office puts that one in its place."""
        others = [one for one in AGENCIES.get(suit.court, ()) if one not in suit.agencies]
        others = (
            [] if suit.appeal or suit.retrial else others
        )  # the higher court would go on naming the first one
        back, decided = suit.told_on + DAY, suit.told_on + self._days(3, 6)
        if not others or suit.sittings[0].day <= decided or not self._likely(0.08):
            return agency, suit.told_on
        owner = self.rng.choice(others)
        if self._likely(0.5) and back < decided:
            yield from self._name(suit, agency, suit.sittings[0].day, suit.told_on)
        yield Deed(back, "return", suit.number, agency.code)
        yield Deed(decided, "reassign", suit.number, agency.code, {"owner": owner.code})
        return owner, decided

    def _material(self, suit: Suit, agency: Agency, known: date) -> Iterator[Deed]:
        """Signing, telling the leaders, answering and reporting; nothing of it after the decision is told."""
        signed = known + self._days(0, 5)
        received = max(suit.filed_on, min(known, signed) - self._days(0, 4))
        if signed >= suit.decision_told or received > suit.decided_on or self._likely(0.06):
            return
        about: dict[str, Any] = {"received_on": received}
        if self._likely(0.12):
            about["period"] = received + self._days(20, 30)
        yield Deed(signed, "sign", suit.number, agency.code, about)
        later = [
            *self._reports(suit, agency, received, signed),
            *self._orders(suit, agency, received, signed),
        ]
        yield from (deed for deed in later if signed <= deed.day < suit.decision_told)

    def _reports(self, suit: Suit, agency: Agency, received: date, signed: date) -> Iterator[Deed]:
        if self._likely(0.9):
            yield Deed(signed + self._days(0, 3), "leader_report", suit.number, agency.code)
        if self._likely(0.85):
            day = signed + self._days(8, 24)
            filed = max(received, day - self._days(0, 9))
            yield Deed(day, "defence_report", suit.number, agency.code, {"evidence_filed_on": filed})
            if self._likely(0.15):
                back = day + self._days(1, 4)
                yield Deed(back, "send_back", suit.number, agency.code, {"paper": "defence_report"})
                again = {"evidence_filed_on": filed}
                yield Deed(back + self._days(1, 6), "defence_report", suit.number, agency.code, again)

    def _orders(self, suit: Suit, agency: Agency, received: date, signed: date) -> Iterator[Deed]:
        """延期, 另定, 中止 and 恢复 of the answer, one after the other; 免除 of the report."""
        day = signed + DAY
        for kind in self.rng.choice(ORDERS):
            if kind == "waive":
                yield self._order(suit, agency, day, "defence_report", kind)
            elif kind == "pause":
                last = day + self._days(2, 6)
                yield self._order(suit, agency, day, "answer", kind, first=day)
                yield Deed(last, "resume", suit.number, agency.code, {"rule": "answer", "last": last})
                day = last
            else:
                ends_on = day + (self._days(20, 40) if kind == "extend" else self._days(0, 25))
                yield self._order(suit, agency, day, "answer", kind, ends_on=max(ends_on, received + DAY))
            day += DAY

    def _order(
        self, suit: Suit, agency: Agency, day: date, rule: str, kind: str, **days: date | str | None
    ) -> Deed:
        return Deed(day, "order", suit.number, agency.code, {"rule": rule, "kind": kind, **days})

    # Hearings

    def _hearing(self, suit: Suit, agency: Agency, sitting: Sitting, known: date) -> Iterator[Deed]:
        since = max(sitting.told_on, known)
        first_end = min(sitting.day, sitting.moved_told or NEVER)
        if since + DAY < first_end and self._likely(0.08):
            about = {"hearing": sitting.day, "ends_on": sitting.day - self._days(1, 8)}
            yield self._order(suit, agency, since + DAY, "name_head", "set", **about)
        if since < first_end - 2 * DAY and self._likely(0.8):
            yield from self._name(suit, agency, sitting.day, since, before=first_end)
        moved = sitting.moved_told
        if moved and moved < sitting.final_day - 2 * DAY and self._likely(0.5):
            yield from self._name(
                suit, agency, sitting.final_day, max(moved, known), before=sitting.final_day
            )
        told = sitting.told_held
        if sitting.held and told and told <= self.last and self._likely(0.7):
            hearing = {"hearing": sitting.final_day}
            yield Deed(told + self._days(0, 5), "absence", suit.number, agency.code, hearing)

    def _name(
        self, suit: Suit, agency: Agency, hearing: date, since: date, before: date = NEVER
    ) -> Iterator[Deed]:
        """A head is named, who may say no; then another, or none."""
        day, about = since + self._days(0, 9), {"hearing": hearing, "head": self.rng.randrange(2)}
        if day >= min(before, hearing):
            return
        yield Deed(day, "name", suit.number, agency.code, about)
        declined = day + self._days(1, 6)
        if declined < min(before, hearing) and self._likely(0.2):
            yield Deed(declined, "decline", suit.number, agency.code, {"hearing": hearing})
            again = declined + self._days(0, 4)
            if again < min(before, hearing) and self._likely(0.7):
                other = about | {"head": 1 - about["head"]}
                yield Deed(again, "name", suit.number, agency.code, other)

    # Decisions

    def _decision(self, suit: Suit, agency: Agency) -> Iterator[Deed]:
        yield from self._filing(suit, agency)
        if suit.appealed_by == "agency":
            day = max(suit.service_told, suit.served_on + self._days(5, 9))
            told = {"document": suit.document, "decided_on": suit.served_on + self._days(3, 5)}
            yield Deed(day, "appeal", suit.number, agency.code, told | {"choice": "yes"})
        elif suit.result in LOST and not suit.appealed_by:
            yield from self._accepts(suit, agency)
        if suit.result in OWING:
            yield from self._performs(suit, agency)

    def _filing(self, suit: Suit, agency: Agency) -> Iterator[Deed]:
        day = suit.service_told + self._days(0, 9)
        about = {"document": suit.document, "received_on": suit.served_on}
        if self._likely(0.08):
            kind, days = self.rng.choice([("extend", 25), ("set", 2), ("set", 12)])
            due = {"document": suit.document, "ends_on": suit.service_told + days * DAY}
            yield self._order(suit, agency, suit.service_told, "judgment_filing", kind, **due)
            day = suit.service_told + self._days(1, 30)
        if self._likely(0.88):
            yield Deed(day, "filing", suit.number, agency.code, about)

    def _accepts(self, suit: Suit, agency: Agency) -> Iterator[Deed]:
        """No appeal, then 生效确认 and 败诉报告."""
        about = {"document": suit.document}
        day = suit.service_told + self._days(1, 6)
        if self._likely(0.6):
            yield Deed(day, "appeal", suit.number, agency.code, about | {"choice": "no", "decided_on": day})
        after = max(suit.service_told, suit.served_on + 17 * DAY)
        if self._likely(0.8):
            yield Deed(after + self._days(0, 9), "effect_confirmation", suit.number, agency.code, about)
        if self._likely(0.85):
            yield Deed(after + self._days(3, 40), "lost_report", suit.number, agency.code, about)

    def _performs(self, suit: Suit, agency: Agency) -> Iterator[Deed]:
        begins = suit.service_told
        if suit.appeal:
            if not suit.appeal.result.startswith(("驳回上诉", "准许撤回上诉")):
                return
            begins = suit.appeal.service_told
        if begins > self.last:
            return
        about, after = {"document": suit.document}, begins + self._days(18, 25)
        if self._likely(0.15):
            longer = {"ends_on": after + 90 * DAY}
            yield self._order(suit, agency, after, "obligation", "extend", **about, **longer)
        yield from self._suspended(suit, agency)
        done = after + self._days(0, 70)
        if self._likely(0.8):
            told = about | {"happened_on": done - self._days(0, 5)}
            yield Deed(done, "perform", suit.number, agency.code, told)
            accepted = {"accepted": self._likely(0.8)}
            yield Deed(done + self._days(2, 12), "check", suit.number, agency.code, about | accepted)

    def _suspended(self, suit: Suit, agency: Agency) -> Iterator[Deed]:
        """再审中止执行, and 恢复执行 where the retrial leaves the decision standing."""
        retrial = suit.retrial or (suit.appeal and suit.appeal.retrial)
        if not retrial or retrial.instance != "retrial" or retrial.told_on > self.last:
            return
        about, day = {"document": suit.document}, retrial.told_on + self._days(0, 4)
        yield Deed(day, "ledger", suit.number, agency.code, about | {"kind": "suspended"})
        if retrial.result != "依法改判" and retrial.decision_told < self.last:
            day = max(day, retrial.decision_told) + self._days(0, 6)
            yield Deed(day, "ledger", suit.number, agency.code, about | {"kind": "revived"})
