"""What all rows of one notification are checked against."""

from datetime import date, timedelta

from cases.law import Law
from courts.checking.agencies import AgencyDirectory
from organisations.models import CourtCode, Organisation
from rules.report_periods import ReportPeriod


class Context:
    """The court, the month, the law, and the directories of courts and agencies; loaded once for all rows."""

    def __init__(self, court: Organisation, month: ReportPeriod, law: Law) -> None:
        self.court, self.month, self.law = court, month, law
        self.year_and_month = month.first.year, month.first.month
        self.directory = AgencyDirectory(court)
        self.court_of = dict(CourtCode.objects.values_list("code", "court_id"))
        self.court_names = dict(Organisation.objects.courts().values_list("pk", "name"))

    def in_window(self, kind: str, day: date) -> bool:
        """Whether a day belongs into a notification of this month: a hearing report may lag by a month."""
        if kind == "judgments":
            return day <= self.month.last
        earliest = self.month.first
        if kind == "appearances":
            earliest = (self.month.first - timedelta(days=1)).replace(day=1)
        return earliest <= day <= self.month.last
