"""The rules in force as the database applications use them: the rule book, the calendar, the outcome table."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, lru_cache
from time import monotonic
from typing import cast

from django.db import DatabaseError

from cases.models import CalendarNotice, OfficeRule
from rules.appearance import Source
from rules.authority import Authority, AuthorityTable, load_authority
from rules.calendars import WorkCalendar, YearCalendar, load_calendar
from rules.deadlines import Due, due_date
from rules.ladders import Ladder, Ladders, check_rungs, load_ladders
from rules.monthly import MonthlyDay, Roll, monthly_day
from rules.office_choices import Chosen, OfficeChoices, load_office_choices
from rules.outcomes import Outcomes, load_outcomes
from rules.rulebook import Limit, RuleBook

LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Law:
    """A rule book and a work calendar, remembering what they already computed."""

    book: RuleBook
    calendar: WorkCalendar
    outcomes: Outcomes
    ladders: Ladders
    choices: OfficeChoices
    authority: AuthorityTable
    _computed: dict[tuple[str, date], Due] = field(default_factory=dict, repr=False)

    def due(self, key: str, starts_on: date) -> Due:
        """When the limit `key` runs out for an event on that day. Raises RuleNotInForce before its first version."""
        known = self._computed.get((key, starts_on))
        if known is None:
            limit = self.book.limit(key, on=starts_on)
            known = due_date(limit, starts_on, self.calendar)
            self._computed[key, starts_on] = known
        return known

    def notification_day(self, month: date) -> MonthlyDay:
        """The day by which the courts' notification of that month is expected, as the office reads the text."""
        roll = cast(Roll, self.choices.value("monthly_feed.roll", on=month))
        return monthly_day(month, self.calendar, roll=roll)


@cache
def shipped_law() -> Law:
    """The law as shipped with the platform; read once per process."""
    return Law(
        RuleBook.load(),
        load_calendar(),
        load_outcomes(),
        load_ladders(),
        load_office_choices(),
        load_authority(),
    )


def current_law() -> Law:
    """The law in force: as shipped, with the work calendars and office rules approved since.

    A process notices within a few seconds what another one approved.
    """
    if _looked.at is None or monotonic() - _looked.at > LOOK_AGAIN:
        _looked.newest, _looked.at = _newest(), monotonic()
    return _law(_looked.newest) if any(_looked.newest) else shipped_law()


def law_with(*, year: YearCalendar | None = None, rule: OfficeRule | None = None) -> Law:
    """The law as it would be with a further calendar or office rule.

    Raises CalendarError or ValueError where it does not fit.
    """
    years, rules = _approved_years(), _approved_rules()
    return _extended([*years, year] if year else years, [*rules, rule] if rule else rules)


def forget_law() -> None:
    """Look for approved calendars and rules at the next question."""
    _looked.at = None


LOOK_AGAIN = 5.0  # seconds


class _Looked:
    """Which approved calendar and rule were the newest, and when that was looked up (seconds of this process)."""

    newest: tuple[datetime | None, ...] = (None, None)
    at: float | None = None


_looked = _Looked()


def _newest() -> tuple[datetime | None, ...]:
    """Nothing where there are no tables yet: what was shipped is the law then."""
    try:
        return tuple(
            model.objects.approved().order_by("-approved_at").values_list("approved_at", flat=True).first()
            for model in (CalendarNotice, OfficeRule)
        )
    except DatabaseError:
        return (None, None)


@lru_cache(maxsize=1)
def _law(newest: tuple[datetime | None, ...]) -> Law:
    """What was shipped and approved. A rule that a newer release no longer fits is left out, not the whole site."""
    years, fitting = _approved_years(), list[OfficeRule]()
    for rule in _approved_rules():
        try:
            _extended(years, [*fitting, rule])
        except (ValueError, LookupError):
            LOGGER.exception("Office rule %s does not fit the rules shipped and is left out", rule.pk)
        else:
            fitting.append(rule)
    return _extended(years, fitting)


def _approved_years() -> list[YearCalendar]:
    """The approved arrangements, but for those that a release shipped meanwhile."""
    shipped = shipped_law().calendar.years
    approved = CalendarNotice.objects.approved()
    return [n.as_year() for n in approved if n.year not in shipped or n.number > shipped[n.year].number]


def _approved_rules() -> list[OfficeRule]:
    return list(OfficeRule.objects.approved().order_by("valid_from", "pk"))


def _extended(years: Iterable[YearCalendar], rules: Sequence[OfficeRule]) -> Law:
    shipped = shipped_law()
    by_subject: dict[str, list[OfficeRule]] = {subject: [] for subject in OfficeRule.Subject}
    for rule in rules:
        by_subject[rule.subject].append(rule)
    lengths = [limit_of(rule, shipped.book) for rule in by_subject[OfficeRule.Subject.LIMIT]]
    ladders = shipped.ladders
    for rule in by_subject[OfficeRule.Subject.LADDER]:
        ladders = ladders.with_versions([ladder_of(rule, ladders)])
    answers = [
        Chosen(rule.key, rule.value["value"], rule.valid_from)
        for rule in by_subject[OfficeRule.Subject.CHOICE]
    ]
    return Law(
        shipped.book.with_versions(lengths),
        load_calendar(extra=years),
        shipped.outcomes,
        ladders,
        shipped.choices.with_answers(answers),
        shipped.authority.with_versions(
            authority_of(rule, shipped.authority) for rule in by_subject[OfficeRule.Subject.AUTHORITY]
        ),
    )


def authority_of(rule: OfficeRule, table: AuthorityTable) -> Authority:
    """Who prevails, and how it is contested, as the office sets it."""
    last = [one for one in table.versions if one.fact == rule.key][-1]
    return replace(
        last,
        version=last.version + 1,
        valid_from=rule.valid_from,
        valid_to=None,
        citation=f"{last.citation}；办公室规则：{rule.reason}",
        order=tuple(Source.of(word) for word in rule.value.get("order", last.order)),
        tolerance_days=rule.value["tolerance_days"],
        contest_days=rule.value["contest_days"],
        contested_by=tuple(Source.of(word) for word in rule.value["contested_by"]),
    )


def limit_of(rule: OfficeRule, book: RuleBook) -> Limit:
    """The limit as the office sets it: another length or way of counting, with the office's own citation."""
    last = book.versions[rule.key][-1]
    return replace(
        last,
        amount=rule.value["amount"],
        mode=rule.value["mode"],
        valid_from=rule.valid_from,
        citation=f"{last.citation}；办公室规则：{rule.reason}",
        estimated=True,
    )


def ladder_of(rule: OfficeRule, ladders: Ladders) -> Ladder:
    """The ladder with the days that the office sets for its steps. Raises DataFileError where they do not rise."""
    last = ladders.newest(rule.key)
    days: dict[str, int] = rule.value["days"]
    rungs = [rung.on_day(days[rung.step]) for rung in ladders.first(rule.key).rungs if rung.step in days]
    return replace(
        last,
        version=last.version + 1,
        valid_from=rule.valid_from,
        citation=f"办公室规则：{rule.reason}",
        rungs=check_rungs(rungs, last.label),
    )
