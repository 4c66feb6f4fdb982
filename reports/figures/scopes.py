"""The period and the region that a command or a page names."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from organisations.models import Region
from rules.report_periods import Kind, ReportPeriod, parse_report_period, period_of

OFFERED: tuple[tuple[Kind, str, int], ...] = (
    ("quarter", "季度", 8), ("month", "月", 12), ("half_year", "半年", 4), ("year", "年", 3),
)  # fmt: skip


def scope_of(period: str, region: str) -> tuple[ReportPeriod, Region]:
    """Both by their codes; ValueError with a sentence for the reader when one is unknown."""
    found = Region.objects.filter(pk=region).first()
    if found is None:
        raise ValueError(f"名录中没有区划“{region[:20]}”，请核对六位区划代码，如 371600。")
    return parse_report_period(period), found


def last_ended(kind: Kind, on: date) -> ReportPeriod:
    """The last period of the kind that is over on that day."""
    return period_of(kind, on).previous()


def recent(kind: Kind, number: int, on: date) -> list[ReportPeriod]:
    """The latest periods of the kind, the running one first."""
    return list(islice(_backwards(period_of(kind, on)), number))


def period_choices(on: date, kinds: int = 2) -> list[tuple[str, list[tuple[str, str]]]]:
    """Periods to choose from, as groups of options: quarters and months, or with `kinds=4` all of them."""
    return _choices([kind for kind, _, _ in OFFERED[:kinds]], on)


def long_period_choices(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same of half years and years."""
    return _choices(["half_year", "year"], on)


def _choices(kinds: list[Kind], on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (label, [(period.key, period.label) for period in recent(kind, number, on)])
        for kind, label, number in OFFERED
        if kind in kinds
    ]


def _backwards(period: ReportPeriod) -> Iterator[ReportPeriod]:
    while True:
        yield period
        period = period.previous()
