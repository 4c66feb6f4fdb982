"""Checking an old ledger: the same faults as in a notification, without what only a month of a court can be asked."""

from collections.abc import Iterable, Mapping
from datetime import date

from cases.law import Law
from courts.checking.checks import Checked, Checking, silent
from courts.checking.context import Context
from courts.checking.ledger_rows import LedgerRow
from courts.checking.record import defendants_on_record
from courts.checking.repeated import repeated_in_ledger
from courts.checking.rows import RowCheck
from courts.sheets.ledger_columns import LEDGER_KIND
from courts.sheets.reading import RawSheet
from organisations.models import Organisation, Region
from rules.report_periods import ReportPeriod

MIDDLE = (
    7  # a day without a year is nearest to this month in the year of the ledger, from January to December
)


class LedgerContext(Context):
    """The year and the region of a ledger, whose rows are bound to no month."""

    def __init__(self, court: Organisation, region: Region, year: ReportPeriod, law: Law, on: date) -> None:
        super().__init__(court, year, law, on, region=region)
        self.year_and_month = year.first.year, MIDDLE

    def in_window(self, kind: str, day: date) -> bool:
        return True


def check_ledger(sheets: Iterable[RawSheet], context: LedgerContext) -> Checked:
    """Every row of the sheets, checked; nothing is written."""
    checking = LedgerChecking(list(sheets), context, silent)
    checking.check_rows()
    checking.hold_before_filing()
    checking.hold_repeated()
    checking.hold_before_decided()
    checking.ask_about_defendants()
    return checking.checked


class LedgerChecking(Checking):
    """Rows that tell of several things, against each other and against the record."""

    rows: Mapping[str, type[RowCheck]] = {LEDGER_KIND: LedgerRow}

    def hold_repeated(self) -> None:
        rows = [(sheet.name, row) for sheet in self.checked.sheets for row in sheet.rows]
        found = repeated_in_ledger(rows)
        self._hold({at: (code, "案号", other) for at, (code, other) in found.items()})

    def ask_about_defendants(self) -> None:
        """A court named the defendants of a case: a ledger adds none to them."""
        self._hold_new_defendants(defendants_on_record(self.checked.facts), "defendant_untold")
