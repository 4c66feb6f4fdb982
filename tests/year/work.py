"""What units do without a case: regular work, trainings, papers that came in, and who leaves or takes a post."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tests.year.events import BY_CODE, OFFICES, SUPERVISION, Agency, Deed
from tests.year.mailing import NEVER
from tests.year.suits import LOST, Suit

DAY = timedelta(days=1)
MONTHLY = (("county_rollup", 8), ("monthly_analysis", 10), ("monthly_bulletin", 15))
CITY = "BZ-SF"


class UnitWork:
    """The deeds of offices and agencies outside of their cases."""

    def __init__(self, rng: Random, last: date) -> None:
        self.rng, self.last = rng, last

    def all(self) -> Iterator[Deed]:
        for unit in OFFICES.values():
            yield from self._office(unit)
        for quarter in range(1, 5):
            yield from self._done(SUPERVISION, "quarterly_ranking", f"2026Q{quarter}", _end(3 * quarter), 30)
        for agency in BY_CODE.values():
            yield from self._trainings(agency)

    def _office(self, unit: str) -> Iterator[Deed]:
        for rule, days in MONTHLY[unit == CITY :]:
            for month in range(1, 13):
                yield from self._done(unit, rule, f"2026-{month:02}", _end(month), days)
        for quarter in range(1, 5):
            yield from self._done(unit, "quarterly_bulletin", f"2026Q{quarter}", _end(3 * quarter), 20)
        yield from self._done(unit, "half_year_summary", "2026H1", _end(6), 30)

    def _trainings(self, agency: Agency) -> Iterator[Deed]:
        yield from self._done(agency.code, "training_first", "2026", _end(3), 90)
        yield from self._done(agency.code, "training_second", "2026", _end(8), 115)

    def _done(self, unit: str, rule: str, period: str, since: date, days: int) -> Iterator[Deed]:
        """Mostly in time, sometimes late, sometimes never; registered on the day or soon after."""
        how = self.rng.random()
        if how > 0.9:
            return
        first, last = (1, days) if how < 0.75 else (days + 1, days + 25)
        done = since + self.rng.randint(first, last) * DAY
        about = {"rule": rule, "period": period, "done_on": done}
        yield Deed(done + self.rng.choice([0, 0, 1, 3]) * DAY, "complete", "", unit, about)


class Staff:
    """Posts that end and begin in the course of the year; a few stand empty for some days."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def changes(self) -> Iterator[Deed]:
        for agency in BY_CODE:
            for role in ("liaison", "head"):
                yield from self._change(agency, role, 0.5)
        for office in OFFICES.values():
            for role in ("clerk", "chief"):
                yield from self._change(office, role, 0.4)

    def _change(self, unit: str, role: str, chance: float) -> Iterator[Deed]:
        if self.rng.random() >= chance:
            return
        day = date(2026, 2, 1) + self.rng.randrange(280) * DAY
        yield Deed(day, "leave", "", unit, {"role": role})
        yield Deed(day + self.rng.choice([0, 0, 0, 6]) * DAY, "join", "", unit, {"role": role})


class Letters:
    """Papers that come in: to a defendant in its case, to an agency as a whole."""

    def __init__(self, rng: Random, last: date) -> None:
        self.rng, self.last, self.count = rng, last, 0

    def to_units(self) -> Iterator[Deed]:
        for agency in BY_CODE:
            for kind in ("司法建议书", "规范性文件司法建议", "司法局建议书", "通报"):
                if self.rng.random() < 0.25:
                    received = date(2026, 1, 20) + self.rng.randrange(320) * DAY
                    yield from self._letter("", agency, kind, received)

    def in_case(self, suit: Suit, agency: Agency, told: date) -> Iterator[Deed]:
        """With the decision: advice of the court, a claim for payment; with a retrial a copy of its application."""
        if suit.instance in ("retrial", "review") and suit.told_on <= self.last:
            yield from self._letter(suit.number, agency.code, "再审申请书副本", suit.told_on)
        if told > self.last:
            return
        if suit.result in LOST and self.rng.random() < 0.3:
            kind = self.rng.choice(["司法建议书", "规范性文件司法建议", "司法局建议书"])
            yield from self._letter(suit.number, agency.code, kind, told)
        if suit.result == "判决赔偿" and suit.service_told < NEVER:
            for kind in ("支付赔偿金申请", "财政部门收到支付申请"):
                yield from self._letter(suit.number, agency.code, kind, suit.service_told + 30 * DAY)

    def _letter(self, case: str, agency: str, kind: str, received: date) -> Iterator[Deed]:
        """Registered by the agency soon, or by the office, perhaps long after; answered in time, late or never."""
        self.count += 1
        by_office, document = self.rng.random() < 0.4, f"{kind}第{self.count}号"
        entered = received + self.rng.choice([0, 1, 2, 5, 9, 40 if by_office else 3]) * DAY
        about = {"kind": kind, "letter": document, "received_on": received, "by_office": by_office}
        yield Deed(entered, "incoming", case, agency, about)
        if self.rng.random() < 0.8:
            done = entered + self.rng.choice([1, 2, 3, 5, 8, 15, 30, 70]) * DAY
            answer = "advice_reply" if case and kind == "司法建议书" else "complete"
            yield Deed(done, answer, case, agency, {"letter": document, "done_on": done})


def _end(month: int) -> date:
    """The last day of a month."""
    return date(2026 + month // 12, month % 12 + 1, 1) - DAY
