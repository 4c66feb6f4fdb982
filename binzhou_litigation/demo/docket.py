"""The suits of the demonstration, from filing to decision, made from the plan in a fixed order.

Everything random comes from one `Random`, so the same plan always gives the same suits.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from random import Random

from binzhou_litigation.demo import plan
from binzhou_litigation.demo.agencies import Agency, load_agencies
from binzhou_litigation.demo.conduct import Appearance, Heads
from binzhou_litigation.demo.people import claimant, person
from binzhou_litigation.demo.suits import SECOND_INSTANCE, Decision, Sitting, Suit
from rules.calendars import WorkCalendar, load_calendar

YEAR = 2026
INTERMEDIATE = "鲁16"
LAST_DECISION = date(2026, 10, 5)
LAST_FILING = date(2026, 8, 31)
LAST_CHAINED_DECISION = date(2026, 8, 7)
SATURDAY = 5
OCTOBER = 10
_FIRST_SERIALS = {(2025, "行初"): 180, (2026, "行初"): 21, (2026, SECOND_INSTANCE): 3, (2026, "行赔初"): 2}
_HOURS = ("9:00", "9:30", "10:00", "14:30", "15:00")


@dataclass(slots=True)
class Bench:
    """The people and rooms of one court."""

    judges: tuple[str, ...]
    clerks: tuple[str, ...]
    rooms: tuple[str, ...]
    phone: str


@dataclass(slots=True)
class Maker:
    """What every suit is made from."""

    rng: Random
    calendar: WorkCalendar
    agencies: dict[str, Agency]
    heads: Heads
    benches: dict[str, Bench]
    ends: Iterator[plan.Ruling]
    matters: Mapping[str, Iterator[tuple[str, str]]]

    def working_days(self, month: int) -> list[date]:
        """The working days of a month from Monday to Friday; no court sits on a make-up weekend."""
        days = [date(YEAR, month, 1) + timedelta(n) for n in range(31)]
        return [day for day in days if day.month == month and self.sits_on(day)]

    def sits_on(self, day: date) -> bool:
        return day.weekday() < SATURDAY and not self.calendar.is_day_off(day)

    def next_sitting_day(self, day: date) -> date:
        return next(later for later in (day + timedelta(n) for n in range(14)) if self.sits_on(later))

    def later(self, day: date, least: int, most: int) -> date:
        """A working day so many calendar days after `day`, moved on when that is a day off."""
        return self.calendar.next_working_day(day + timedelta(self.rng.randint(least, most)))

    def earlier(self, day: date, least: int, most: int) -> date:
        return self.calendar.previous_working_day(day - timedelta(self.rng.randint(least, most)))


def make_docket(rng: Random) -> list[Suit]:
    """Every suit of the demonstration, numbered, by court; second instances come last."""
    maker = _maker(rng)
    suits = [suit for court in plan.SAMPLE_COURTS for suit in _first_instances(maker, court)]
    _give_numbers(suits, rng)
    appeals = [*_planned_appeals(maker), *_chained_appeals(maker, suits)]
    _give_numbers(appeals, rng)
    return suits + appeals


def _maker(rng: Random) -> Maker:
    ends = plan.ORDINARY_ENDS.copy()
    rng.shuffle(ends)
    benches = {court: _bench(rng) for court in plan.SAMPLE_COURTS}
    agencies = load_agencies()
    matters = {court: cycle(_matters(court)) for court in plan.SAMPLE_COURTS}
    return Maker(rng, load_calendar(), agencies, Heads(rng), benches, cycle(ends), matters)


def _bench(rng: Random) -> Bench:
    return Bench(
        judges=tuple(person(rng) for _ in range(3)),
        clerks=tuple(person(rng) for _ in range(2)),
        rooms=("第一审判法庭", "第三审判法庭", "行政审判庭"),
        phone=f"0543-555{rng.randrange(1000, 9999)}",
    )


def _matters(court: str) -> Iterable[tuple[str, str]]:
    """The agencies and causes that come before a court."""
    if court == INTERMEDIATE:
        return plan.GOVERNMENT_MATTERS
    region, towns = "37" + court[1:], cycle(plan.TOWNS[court])
    ordinary = [(next(towns) if key == "TOWN" else f"{region}-{key}", cause) for key, cause in plan.MATTERS]
    if court != "鲁1602":
        return ordinary
    city = [pair for two in zip(plan.CITY_MATTERS, ordinary[::3], strict=False) for pair in two]
    return ordinary[:8] + city + ordinary[8:]


def _first_instances(maker: Maker, court: str) -> Iterator[Suit]:
    for index, count in enumerate(plan.VOLUME[court]):
        month = plan.FIRST_MONTH + index
        leader: Suit | None = None
        following = 0
        for position in range(count):
            slot = (court, month, position)
            if leader and following:
                yield _joined(maker, leader)
                following -= 1
                continue
            suit = _first_instance(maker, slot, count)
            following = plan.SERIES.get(slot, 1) - 1
            if following:
                suit.group = f"{month}月第{position}组"
                leader = suit
            yield suit


def _joined(maker: Maker, leader: Suit) -> Suit:
    """Another suit heard together with `leader`."""
    decision = leader.decision and replace(leader.decision)
    return replace(leader, plaintiff=claimant(maker.rng), decision=decision)


def _first_instance(maker: Maker, slot: plan.Slot, count: int) -> Suit:
    court, month, position = slot
    special = plan.SPECIALS.get(slot) or _ordinary(maker, court)
    agencies = tuple(maker.agencies[code] for code in special.agencies)
    days = maker.working_days(month)
    first_day = days[(2 * position + 1) * len(days) // (2 * count)]
    sittings = _sittings(maker, slot, first_day, agencies)
    suit = _suit(maker, court, special, agencies, sittings)
    suit.decision = _decision(maker, _ends(slot, special), sittings, len(agencies))
    return suit


def _ordinary(maker: Maker, court: str) -> plan.Special:
    agency, cause = next(maker.matters[court])
    return plan.Special((agency,), cause, (next(maker.ends),))


def _ends(slot: plan.Slot, special: plan.Special) -> tuple[plan.Ruling, ...]:
    """A suit withdrawn before or in the hearing ends so, whatever was planned for it."""
    withdrawn = plan.EVENTS.get(slot) in {plan.CANCELLED, plan.WITHDRAWN_IN_COURT}
    return (plan.WITHDRAWN,) if withdrawn else special.ends


def _suit(
    maker: Maker,
    court: str,
    special: plan.Special,
    agencies: tuple[Agency, ...],
    sittings: tuple[Sitting, ...],
) -> Suit:
    rng, bench = maker.rng, maker.benches[court]
    return Suit(
        court=court,
        kind=special.kind,
        cause=special.cause,
        plaintiff=claimant(rng),
        agencies=agencies,
        filed_on=_filed_on(maker, sittings[0].on),
        sittings=sittings,
        decision=None,
        judge=rng.choice(bench.judges),
        clerk=rng.choice(bench.clerks),
        phone=bench.phone,
        procedure="二审" if special.kind == SECOND_INSTANCE else _procedure(special.cause),
        notified=rng.random() < 0.8,  # noqa: PLR2004 - courts notify the head in most suits
        third_party=person(rng) if rng.randrange(6) == 0 else "",
        note=special.note,
    )


def _procedure(cause: str) -> str:
    """Information suits may be tried by the simplified procedure (《行政诉讼法》第八十二条)."""
    return "一审简易程序" if cause == "政府信息公开" else "一审普通程序"


def _filed_on(maker: Maker, heard_on: date) -> date:
    """Suits heard in June were partly filed in the year before; none is filed after August."""
    least, most = (90, 185) if heard_on.month == plan.FIRST_MONTH else (28, 62)
    return min(maker.earlier(heard_on, least, most), maker.earlier(LAST_FILING, 0, 14))


def _sittings(maker: Maker, slot: plan.Slot, on: date, agencies: tuple[Agency, ...]) -> tuple[Sitting, ...]:
    rng, event = maker.rng, plan.EVENTS.get(slot)
    room = rng.choice(maker.benches[slot[0]].rooms)
    first = Sitting(on, rng.choice(_HOURS), room, rng.choice(("公开", "公开", "公开", "在线")))
    held = replace(first, appearances=_appearances(maker, slot, agencies, on))
    if event == plan.HEARD_AGAIN:
        return held, replace(held, on=maker.next_sitting_day(on + timedelta(28)))
    if event == plan.ADJOURNED:
        return replace(first, held=event), replace(held, on=maker.next_sitting_day(on + timedelta(30)))
    return (held,) if event is None else (replace(first, held=event),)


def _appearances(
    maker: Maker, slot: plan.Slot, agencies: tuple[Agency, ...], on: date
) -> tuple[Appearance, ...]:
    """Who came; hearings of October are not reported in these workbooks."""
    if on.month == OCTOBER:
        return ()
    conduct = plan.CONDUCT.get(slot, "")
    return tuple(maker.heads.appearance(agency, conduct) for agency in agencies)


def _decision(
    maker: Maker, ends: tuple[plan.Ruling, ...], sittings: tuple[Sitting, ...], agencies: int
) -> Decision | None:
    """The decision after the last sitting, or None while the suit is pending at the end of the samples."""
    rulings = ends * agencies if len(ends) == 1 else ends
    on = _decided_on(maker, rulings[0], sittings[-1].on)
    return Decision(on, maker.later(on, 2, 6), rulings) if on <= LAST_DECISION else None


def _decided_on(maker: Maker, ruling: plan.Ruling, heard_on: date) -> date:
    if ruling.document != "判决":
        return maker.later(heard_on, 3, 9)
    if not ruling.duty:
        return maker.later(heard_on, 12, 26)
    # Early in the next month, so that its workbook can already say whether the judgment took effect.
    return maker.later(date(YEAR, heard_on.month + 1, 6), 0, 2)


def _give_numbers(suits: list[Suit], rng: Random) -> None:
    """Serials rise with the day of filing in each court, year and type; joined suits follow one another."""
    last: dict[tuple[str, int, str], Suit] = {}
    serials: dict[tuple[str, int, str], int] = defaultdict(int)
    for suit in sorted(suits, key=lambda suit: (suit.filed_on, suit.group)):
        key = (suit.court, suit.filed_on.year, suit.kind)
        before = last.get(key)
        together = before is not None and suit.group and suit.group == before.group
        serials[key] = serials[key] or _FIRST_SERIALS[key[1:]]
        serials[key] += 1 if together else rng.randint(1, 3)
        suit.serial, last[key] = serials[key], suit


def _planned_appeals(maker: Maker) -> Iterator[Suit]:
    for position, appeal in enumerate(plan.APPEALS):
        special = plan.Special(appeal.agencies, appeal.cause, (appeal.end,), kind=SECOND_INSTANCE)
        days = maker.working_days(appeal.month)
        yield _appeal(maker, special, days[(5 * position + 3) % len(days)], appeal.origin)


def _chained_appeals(maker: Maker, suits: list[Suit]) -> Iterator[Suit]:
    """Second instances of decisions that the samples themselves report."""
    for suit, decision in _appealable(suits)[: plan.CHAINED_APPEALS]:
        decision.appealed = True
        below = decision.rulings[0]
        affirmed = plan.AFFIRM if below.document == "判决" else plan.AFFIRM_RULING
        end = replace(affirmed, lost=below.lost, reason=below.reason)
        codes = tuple(agency.code for agency in suit.agencies)
        filed_on = maker.later(decision.served_on, 12, 14)
        special = plan.Special(codes, suit.cause, (end,), kind=SECOND_INSTANCE)
        appeal = _appeal(maker, special, maker.next_sitting_day(filed_on + timedelta(16)), suit.number)
        yield replace(appeal, filed_on=filed_on, plaintiff=suit.plaintiff)


def _appealable(suits: list[Suit]) -> list[tuple[Suit, Decision]]:
    """Early decisions of basic courts in suits of their own; every fourth is left unappealed."""
    early = [
        (suit, suit.decision)
        for suit in suits
        if suit.decision and suit.decision.on <= LAST_CHAINED_DECISION and not suit.group
        if suit.court != INTERMEDIATE and suit.decision.rulings[0] in _MAY_BE_APPEALED
    ]
    early.sort(key=lambda pair: pair[1].on)
    return [pair for place, pair in enumerate(early) if place % 4]


_MAY_BE_APPEALED = {plan.DISMISS, plan.REJECT, *plan.SPECIALS["鲁1602", 7, 0].ends}


def _appeal(maker: Maker, special: plan.Special, heard_on: date, origin: str) -> Suit:
    agencies = tuple(maker.agencies[code] for code in special.agencies)
    slot = (INTERMEDIATE, heard_on.month, -1)  # nothing unusual is planned for it
    sittings = _sittings(maker, slot, heard_on, agencies)
    suit = _suit(maker, INTERMEDIATE, special, agencies, sittings)
    suit.origin, suit.filed_on = origin, maker.earlier(heard_on, 28, 40)
    suit.decision = _decision(maker, special.ends, sittings, len(agencies))
    return suit
