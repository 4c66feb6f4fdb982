"""核对单: what both sides said of a month, what differed, who decided it and why, and the figures that stand."""

from cases.papers.pdf import print_paper
from organisations.authors import Author
from reports.figures.measure import Measure, measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.printing import rate_words
from reports.models import MonthLock
from reports.reconciliation.overview import discrepancies_of, overview_of
from rules.report_periods import ReportPeriod

TOLD = (
    "appearance_rate",
    "appearance_rate_principal",
    "performance_rate",
    "loss_rate_concluded",
    "filing_on_time_rate",
)


def sheet_pdf(lock: MonthLock, period: ReportPeriod, *, author: Author) -> bytes:
    """The sheet of a lock that is about to be kept, as PDF of A4, with places for both sides to sign."""
    populations = Populations(period, lock.region, author.on)
    context = {
        "lock": lock,
        "period": period,
        "counts": overview_of(period, lock.region),
        "items": discrepancies_of(period, lock.region).select_related(
            "decided_by__user", "corrected_by__user"
        ),
        "figures": [(MEASURES[key].label, _value(MEASURES[key], populations)) for key in TOLD],
        "gaps": [gap.words for gap in populations.coverage.gaps],
    }
    return print_paper("documents/reconciliation.html", context)


def _value(what: Measure, populations: Populations) -> str:
    """As pages print it: nothing is good for want of data."""
    return rate_words(measured(what, populations).total, what.empty_text)
