"""Whom the product told this morning beside whom the oracle tells: person, channel and case, and how often."""

from collections import Counter
from datetime import date, timedelta

from supervision.models import Message
from tests.year.compare import WITHOUT_A_CASE, Differences
from tests.year.duties import Duty
from tests.year.oracle import Oracle

CLOSE = timedelta(days=3)
Place = tuple[str, str, str]  # person, channel, case


def look(oracle: Oracle, on: date, found: Differences) -> None:
    """Everybody who is told, and nobody else; once, but for what stands in its last three days or has no case."""
    product, alone = _of_product(on), _alone(oracle, on)
    told = {(person, channel, case) for person, channel, case, *_ in oracle.messages}
    for place in sorted(product.keys() | told):
        found.note("message", place, _words(place in product), _words(place in told), on)
        most = alone[place] + 1 if place in told else 0
        if place in product and place in told and not max(alone[place], 1) <= product[place] <= most:
            found.note("message", (*place, "times"), product[place], f"{alone[place]} to {most}", on)


def _words(is_told: bool) -> str:
    return "told" if is_told else "not told"


def _of_product(on: date) -> Counter[Place]:
    sent = Message.objects.urging().filter(reminder__raised_at__date=on)
    sent = sent.filter(reminder__organisation__code__in=WITHOUT_A_CASE)
    rows = sent.values_list("recipient__user__username", "channel", "reminder__deadline__case__number")
    return Counter((person, channel, case or "") for person, channel, case in rows)


def _is_eve(duty: Duty, step: int, on: date) -> bool:
    """The eve of a hearing, for which nobody is named."""
    return duty.rule == "name_head" and step == -1 and duty.starts_on is not None and on <= duty.starts_on


def _alone(oracle: Oracle, on: date) -> Counter[Place]:
    """Those that each stand for themselves."""
    return Counter(
        (person, channel, case)
        for person, channel, case, duty, step in oracle.messages
        if not case or on <= duty.due_on <= on + CLOSE or _is_eve(duty, step, on)
    )
