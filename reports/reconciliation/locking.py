"""锁定: both sides are heard, nothing is open, and the figures of a month stand; what moves later is an adjustment."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Discrepancy
from organisations import audit
from organisations.authors import Author
from organisations.files import store
from organisations.models import Region
from reports.figures.measures import MEASURES
from reports.models import Adjustment, MonthLock
from reports.reconciliation.overview import discrepancies_of
from reports.reconciliation.sheet import sheet_pdf
from reports.reconciliation.snapshots import Line, Snapshot, printed
from rules.report_periods import ReportPeriod, parse_report_period, period_of

Figures = dict[tuple[str, str], tuple[int, int]]  # by agency (or nothing for all) and measure


class MonthLocked(ValidationError):
    """The month is locked: only a head of the office may change it. The message says who locked it and when."""


@transaction.atomic
def lock_month(period: ReportPeriod, region: Region, *, author: Author) -> MonthLock:
    """锁定 a month of a region, and keep its 核对单. ValidationError says what is still in the way.

    The month is over, is not locked yet, and nothing in it waits for a decision.
    """
    Region.objects.select_for_update(of=("self",), no_key=True).get(pk=region.pk)
    _require_lockable(period, region, author)
    snapshot = Snapshot([period.first], region, author.on)
    lock = MonthLock(region=region, month=period.key, locked_at=author.at, locked_by=author.signer)
    lock.figures = [[scope, key, *counts] for (scope, key), counts in _figures(snapshot).items()]
    lock.pdf = store(sheet_pdf(lock, period, author=author), media_type="application/pdf", at=author.at)
    lock.save()
    audit.record(author, "discrepancy.lock", f"锁定 {lock} 数据", about=lock, pdf=lock.pdf_id)
    return lock


def lock_of(period: ReportPeriod, region: Region) -> MonthLock | None:
    """The lock of the region's own month."""
    locks = MonthLock.objects.filter(region=region, month=period.key)
    return locks.select_related("region", "locked_by__user", "locked_by__organisation", "pdf").first()


def lock_over(region: Region, months: Iterable[str]) -> MonthLock | None:
    """A lock that holds one of these months for the agencies of a region."""
    locks = MonthLock.objects.over(region, months)
    return locks.select_related("locked_by__user", "region").first()


def require_unlocked(region: Region, months: Iterable[str]) -> None:
    """MonthLocked where a lock holds one of these months for the agencies of a region."""
    if lock := lock_over(region, months):
        raise MonthLocked(
            f"{parse_report_period(lock.month).label}的数据已由{lock.locked_by.user.name}于 "
            f"{localtime(lock.locked_at):%Y-%m-%d} 锁定（{lock.region.name}），经办人员不能再改；"
            "确需更改的，由司法局负责人作调整，写明理由，影响记入核对单之后的调整清单。"
        )


def record_adjustments(item: Discrepancy, lines: Iterable[Line], *, author: Author) -> list[Adjustment]:
    """Keep a ruling about a month that was locked before it, and what it moved in any such month."""
    by_month: dict[str, list[Line]] = {period_of("month", item.fact_on).key: []}
    for line in lines:
        if line.moves:
            by_month.setdefault(line.month, []).append(line)
    locks = MonthLock.objects.over(item.lane.organisation.region, by_month)
    made = [
        Adjustment(
            lock=lock, discrepancy=item, adjusted_at=author.at, adjusted_by=author.signer,
            lines=[line.told for line in by_month[lock.month]],
        )
        for lock in locks
    ]  # fmt: skip
    return Adjustment.objects.bulk_create(made)


def moved_since(lock: MonthLock, author: Author) -> list[dict[str, Any]]:
    """Every figure of the locked month that is another today: whose, before and after, as printed."""
    period = parse_report_period(lock.month)
    snapshot = Snapshot([period.first], lock.region, author.on)
    names = {agency.code: agency.short_name for agency in snapshot.agencies.values()} | {"": lock.region.name}
    then = {(scope, key): (n, d) for scope, key, n, d in lock.figures}
    return list(_moves(then, _figures(snapshot), names))


def _moves(then: Figures, now: Figures, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    for scope, key in sorted(then.keys() | now.keys(), key=lambda one: (one[0] != "", one)):
        before, after = then.get((scope, key), (0, 0)), now.get((scope, key), (0, 0))
        if before != after and key in MEASURES:
            words = (printed(MEASURES[key], *each) for each in (before, after))
            old, new = words
            yield {
                "scope": names.get(scope, scope),
                "label": MEASURES[key].label,
                "before": old,
                "after": new,
            }


def _figures(snapshot: Snapshot) -> Figures:
    """By the codes of agencies, which outlive their ids."""
    codes = {0: ""} | {pk: agency.code for pk, agency in snapshot.agencies.items()}
    return {(codes[scope], key): counts for (_, scope, key), counts in snapshot.figures.items()}


def _require_lockable(period: ReportPeriod, region: Region, author: Author) -> None:
    if author.on <= period.last:
        raise ValidationError(f"{period.label}还没有结束，{period.last} 之后才能锁定。")
    if lock_of(period, region):
        raise ValidationError(f"{period.label}已经锁定。")
    waiting = discrepancies_of(period, region).open().count()
    if waiting:
        raise ValidationError(f"还有 {waiting} 条不一致没有办结，办结后才能锁定。")
