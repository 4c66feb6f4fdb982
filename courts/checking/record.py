"""What the record and earlier notifications know that a new one is checked against."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef

from cases.intake.known_cases import chunks, moved_from
from cases.intake.row_facts import RowFacts
from cases.models import Case, Hearing, Lane, MaterialReturn, Source
from courts.models import HeldRow, Kind, Notification
from organisations.models import Organisation
from rules.case_numbers import CaseNumberInvalid, parse_case_number


def filing_days(rows: Iterable[RowFacts]) -> dict[str, date]:
    """立案日期 by case, of the cases that the rows speak of: as the rows say, else as the record knows."""
    keys: dict[str, None] = {}
    said: dict[str, date] = {}
    for row in rows:
        keys |= dict.fromkeys(number.key for number in row.numbers)
        if filed_on := row.case.get("filed_on"):
            said |= dict.fromkeys((number.key for number in row.numbers), filed_on)
    known: dict[str, date] = {}
    for some in chunks(list(keys)):
        filed = Case.objects.filter(key__in=some).exclude(filed_on=None)
        filed = filed.exclude(source__kind=Source.Kind.HISTORY)  # no court's word waits for an old ledger
        known.update((key, day) for key, day in filed.values_list("key", "filed_on") if day)
    return known | said


def cases_on_record(rows: Iterable[RowFacts]) -> set[str]:
    """Keys of the rows' cases that somebody told of before."""
    found: set[str] = set()
    for some in chunks(sorted({number.key for row in rows for number in row.numbers})):
        found.update(Case.objects.filter(key__in=some).values_list("key", flat=True))
    return found


def defendants_on_record(rows: Iterable[RowFacts]) -> dict[str, set[int]]:
    """By key of each case whose defendants a court told before: they, their successors, and in whose place they are.

    Of a case that only an agency registered, no court has named the defendants yet.
    """
    known: dict[str, set[int]] = {}
    for some in chunks(sorted({number.key for row in rows for number in row.numbers})):
        told = Lane.objects.filter(case=OuterRef("case"), source__kind=Source.Kind.COURT)
        lanes = Lane.objects.filter(Exists(told), case__key__in=some)
        lanes = lanes.select_related("organisation__successor", "case")
        for lane in lanes:
            known.setdefault(lane.case.key, set()).update(lane.organisation.succession())
        returned = MaterialReturn.objects.filter(
            lane__case__key__in=some, state=MaterialReturn.State.REASSIGNED
        )
        for key, agency in returned.values_list("lane__case__key", "organisation"):
            if key in known:
                known[key].add(agency)
    return known


def months_with_schedule(court: Organisation, months: set[date]) -> set[date]:
    """Those of the months for which the court's schedule was received."""
    received = Notification.objects.filter(court=court, kind=Kind.SCHEDULE, month__in=months)
    return set(received.values_list("month", flat=True))


# Columns that only the sheet of appearances has: a hearing known from it alone was on no schedule.
TOLD_AFTERWARDS = frozenset({"负责人是否出庭", "是否开庭"})


def hearings_on_record(rows: Iterable[RowFacts]) -> set[tuple[str, date]]:
    """Cases and days of scheduled hearings, the days from which they were moved included."""
    found: set[tuple[str, date]] = set()
    for some in chunks(sorted({number.key for row in rows for number in row.numbers})):
        hearings = Hearing.objects.filter(case__key__in=some)
        for key, day, cells in hearings.values_list("case__key", "day", "source__cells"):
            if TOLD_AFTERWARDS.isdisjoint(cells):
                found.add((key, day))
        found.update((key, day) for key, days in moved_from(some).items() for day in days)
    return found


def cases_held(court: Organisation, month: date) -> set[str]:
    """Keys of the cases of which this very notification had rows that were held: mended, they are no news."""
    held = HeldRow.objects.filter(notification__court=court, notification__month=month)
    return {key for values in held.values_list("values", flat=True) for key in numbers_in(values)}


def numbers_in(values: Mapping[str, str]) -> set[str]:
    """The cases that a held row speaks of, as far as its number can be read."""
    try:
        parsed = parse_case_number(values.get("案号", ""))
    except CaseNumberInvalid:
        return {values.get("案号", "")}
    return {number.key for number in parsed.series or (parsed.first,)}
