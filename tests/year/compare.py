"""What the product holds beside what the oracle says, and where the two differ, in lines for a person."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from cases.models import Deadline, Decision, Hearing, Incoming, Obligation, PaperReview
from supervision.models import Reminder
from tests.year.events import BY_CODE, OFFICES, SUPERVISION
from tests.year.oracle import Held, Oracle
from tests.year.record import Hearing as OracleHearing

WITHOUT_A_CASE = (*BY_CODE, *OFFICES.values(), SUPERVISION)
INFORMING = ("appeal_judgment", "appeal_ruling")


class Shown(NamedTuple):
    """A duty as both sides can be asked about it; `starts_on` is empty where the rules leave it open."""

    state: str
    starts_on: date | None
    due_on: date
    met_on: date | None
    urged: bool


Key = tuple[str, str, str, str]  # case, agency, rule, about


def of_oracle(oracle: Oracle) -> dict[Key, Shown]:
    return {_key(held): _shown(held) for held in oracle.book.values()}


def _key(held: Held) -> Key:
    about = held.duty.about
    if isinstance(about, OracleHearing):
        about = f"开庭{about.day}"
    elif isinstance(about, tuple):
        about = f"{about[0]}{about[1]}"
    return held.case.number, held.lane.agency, held.duty.rule, about


def _days(held: Held) -> tuple[date, ...]:
    return tuple(sorted(day for day, _ in held.steps))


def _shown(held: Held) -> Shown:
    duty = held.duty
    return Shown(duty.state, duty.starts_on, duty.due_on, duty.met_on, duty.urged)


def of_product() -> dict[Key, Shown]:
    """Every deadline of a lane; what is not certain to be owed is no duty and left out."""
    names = _subjects()
    found = {}
    for one in _deadlines():
        if one.is_duty or one.rule in INFORMING:
            key = _key_of(one, names)
            starts = None if one.rule == "obligation" else one.starts_on
            found[key] = Shown(one.state, starts, one.due_on, one.met_on, one.is_duty)
    return found


def _deadlines() -> QuerySet[Deadline]:
    """Of cases, and of the units of the world."""
    ours = Q(organisation__code__in=WITHOUT_A_CASE, lane=None) | Q(lane__isnull=False)
    return Deadline.objects.filter(ours).select_related("case", "lane__organisation", "organisation")


def _key_of(one: Deadline, names: dict[str, str]) -> Key:
    holder = one.lane.organisation if one.lane else one.organisation
    about = names.get(one.subject, "")
    if one.subject.startswith("period:"):
        about = one.subject.partition(":")[2]
    return one.case.number if one.case else "", holder.code, one.rule, about


def _known(key: Key, duty: Deadline) -> Key | None:
    """Not of a hearing that was found to be another one's new day."""
    return None if duty.subject.startswith("hearing:") and not key[-1] else key


def _subjects() -> dict[str, str]:
    """What the subjects of deadlines are about, in the words of the oracle."""
    names = {f"hearing:{pk}": f"开庭{day}" for pk, day in Hearing.objects.values_list("pk", "day")}
    names |= {f"decision:{pk}": kind for pk, kind in Decision.objects.values_list("pk", "kind")}
    owed = Obligation.objects.values_list("pk", "outcome__decision__kind")
    names |= {f"obligation:{pk}": kind for pk, kind in owed}
    names |= {f"incoming:{pk}": name for pk, name in Incoming.objects.values_list("pk", "document")}
    reviews = PaperReview.objects.values_list("pk", "paper__kind", "reviewed_at")
    return names | {f"review:{pk}": f"{kind}{localtime(at).date()}" for pk, kind, at in reviews}


def decisions_of_product() -> dict[tuple[str, str], tuple[str, date | None]]:
    """The effect of every decision."""
    rows = Decision.objects.values_list("case__number", "kind", "effect", "effective_on")
    return {(number, kind): (effect, on) for number, kind, effect, on in rows}


def decisions_of_oracle(oracle: Oracle) -> dict[tuple[str, str], tuple[str, date | None]]:
    return {
        (case.number, one.document): (one.effect, one.effective_on)
        for case in oracle.record.cases.values()
        for one in case.decisions.values()
    }


def steps_of_product() -> dict[Key, tuple[date, ...]]:
    """By duty the days of its steps."""
    names, found = _subjects(), defaultdict[Key, list[date]](list)
    days = defaultdict[int, list[date]](list)
    for duty, day in Reminder.objects.exclude(step__startswith="ask").values_list("deadline", "planned_on"):
        days[duty].append(day)
    for duty in _deadlines():
        if key := _known(_key_of(duty, names), duty):
            found[key] += days[duty.pk]
    return {key: tuple(sorted(days)) for key, days in found.items() if days}


@dataclass
class Differences:
    """Each difference once, on the day on which it first shows."""

    lines: list[str] = field(default_factory=list)
    seen: set[tuple] = field(default_factory=set)

    def look(self, oracle: Oracle, on: date) -> None:
        """The duties and effects of the evening."""
        self._between("effect", decisions_of_product(), decisions_of_oracle(oracle), on)
        self._between("duty", of_product(), of_oracle(oracle), on)

    def look_at_steps(self, oracle: Oracle, on: date) -> None:
        """The steps of urging that were raised until today, of duties on which both sides agreed so far."""
        theirs = {_key(held): _days(held) for held in oracle.book.values() if held.steps}
        ours, apart = steps_of_product(), {key for kind, key, *_ in self.seen if kind == "duty"}
        for key in [key for key in _differing(ours, theirs) if key not in apart]:
            self.note("steps", key, ours.get(key), theirs.get(key), on)

    def note(self, kind: str, key: object, product: object, oracle: object, on: date) -> None:
        if product != oracle and (kind, key, str(product), str(oracle)) not in self.seen:
            self.seen.add((kind, key, str(product), str(oracle)))
            told = " ".join(map(str, key)) if isinstance(key, tuple) else key
            self.lines.append(f"{on} {kind} {told}: product {_words(product)}, oracle {_words(oracle)}")

    def _between(self, kind: str, product: dict, oracle: dict, on: date) -> None:
        for key in _differing(product, oracle):
            self.note(kind, key, product.get(key), oracle.get(key), on)


def _differing(product: dict, oracle: dict) -> Iterator[tuple]:
    for key in sorted(product.keys() | oracle.keys(), key=str):
        mine, theirs = product.get(key), oracle.get(key)
        if mine != theirs and not (_is_nothing(mine) and _is_nothing(theirs)):
            yield key


def _is_nothing(one: object) -> bool:
    """Nothing at all, or a duty that was called off before anybody did it."""
    return one is None or (isinstance(one, Shown) and one.state == "void")


def _words(value: object) -> str:
    if isinstance(value, Shown):
        days = f"{value.starts_on or '…'} → {value.due_on}"
        return f"{value.state} {days} met {value.met_on}{'' if value.urged else ' (informs)'}"
    if isinstance(value, frozenset):
        return " ".join(sorted(value)) or "nothing more"
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return "nothing" if value is None else str(value)
