"""What all rows of one notification are checked against."""

from collections.abc import Iterable
from datetime import date, timedelta

from cases.law import Law
from courts.checking.agencies import AgencyDirectory
from courts.checking.issues import QUESTIONS, published
from organisations.models import CourtCode, Organisation, Region
from rules.periods import months_later
from rules.report_periods import ReportPeriod

MOST_CITIES = 39  # codes above stand for railway, maritime and other courts of their own
MONTHS_AHEAD = 12  # no court sets a hearing later than that: the year is a misprint


class Context:
    """The court, the month, the law, the day of receipt, and the directories of courts and agencies; loaded once."""

    def __init__(
        self,
        court: Organisation,
        month: ReportPeriod,
        law: Law,
        on: date,
        affirmed: Iterable[tuple[str, int, str]] = (),
        region: Region | None = None,
    ) -> None:
        """`affirmed` are questions (sheet, row, code) to which somebody said that it is so.

        `region`: from where the agencies are seen, where that is not the court's own.
        """
        self.court, self.month, self.law, self.on = court, month, law, on
        self.farthest = months_later(on, MONTHS_AHEAD)
        self.affirmed = frozenset(affirmed)
        self.year_and_month = month.first.year, month.first.month
        self.directory = AgencyDirectory(court, region)
        self.court_of = dict(CourtCode.objects.values_list("code", "court_id"))
        self.court_names = dict(Organisation.objects.courts().values_list("pk", "name"))

    def is_affirmed(self, sheet: str, row: int, code: str) -> bool:
        """Whether a question about a row was answered with: it is so."""
        return code in QUESTIONS and (sheet, row, published(code)) in self.affirmed

    def is_of_another_city(self, code: str) -> bool:
        """A court of the same province and another city: in the place of one's own code most likely a misprint."""
        own = next((known for known, pk in self.court_of.items() if pk == self.court.pk), "")
        elsewhere = code[:1] == own[:1] and code[1:3] != own[1:3]
        return elsewhere and code[1:3].isdigit() and int(code[1:3]) <= MOST_CITIES

    def in_window(self, kind: str, day: date) -> bool:
        """Whether a day belongs into a notification of this month: a hearing report may lag by a month."""
        if kind == "judgments":
            return day <= self.month.last
        earliest = self.month.first
        if kind == "appearances":
            earliest = (self.month.first - timedelta(days=1)).replace(day=1)
        return earliest <= day <= self.month.last
