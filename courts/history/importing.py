"""An old ledger takes effect: the facts of its good rows go into the record, by the intake of the notifications.

Planned and confirmed by the same code: a plan is carried out and taken back.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cases.deadlines.sync import sync_deadlines
from cases.intake.intake import UNCHANGED, Intake, Origin, RowEffect
from cases.intake.row_facts import RowFacts
from cases.law import Law
from cases.models import Source
from courts.checking.checks import Checked
from courts.checking.later_words import known_otherwise
from courts.history.reading import LedgerFile, examine
from courts.history.report import held_rows, plan_of, report_of
from courts.models import HistoryImport
from courts.notifications.confirmation import lock_confirmations
from courts.uploads.planning import media_type
from lib.garbage import collector_waits
from organisations import audit
from organisations.authors import Author
from organisations.files import store
from organisations.models import CourtCode, Organisation, StoredFile
from rules.report_periods import ReportPeriod


@dataclass(frozen=True, slots=True)
class Imported:
    """What a ledger does, or did: its year, the report, the plan, and the import whose receipt stands."""

    year: int
    digest: str
    plan: str
    report: dict[str, Any]
    receipt: HistoryImport | None  # None: nothing took effect

    @property
    def held(self) -> int:
        held: int = sum(sheet["held"] for sheet in self.report["sheets"])
        return held


@collector_waits()
def import_ledger(ledger: LedgerFile, *, author: Author, law: Law, confirm: bool) -> Imported:
    """Plan a ledger, or let its good rows take effect; its bad rows are kept beside with what is wrong.

    A ledger that was taken in before and changes nothing gets the receipt of that time. Raises as `examine` does.
    """
    checked, year = examine(ledger, law, author.on)
    file = store(ledger.content, media_type=media_type(ledger.content), at=author.at) if confirm else None
    with transaction.atomic():
        lock_confirmations()
        done = _begin(ledger, year, file, author)
        items = _take_effect(done, checked, author, law)
        checked.issues += known_otherwise(checked.facts, items)
        earlier = _told_before(done, checked, items)
        imported = _imported(ledger, done, checked, items)
        if confirm and earlier is None:
            _finish(done, imported, checked, author)
        else:
            transaction.set_rollback(True)
    receipt = (earlier or done) if confirm else None
    return Imported(imported.year, imported.digest, imported.plan, imported.report, receipt)


def _begin(ledger: LedgerFile, year: ReportPeriod, file: StoredFile | None, author: Author) -> HistoryImport:
    """The import with its number, which every fact that it brings names as its source."""
    done = HistoryImport.objects.create(
        region=ledger.region,
        year=year.first.year,
        file=file,
        file_name=ledger.name[:255],
        imported_at=author.at,
        imported_by=author.post,
    )
    done.number = f"LS{done.year}-{done.pk}"
    return done


def _take_effect(done: HistoryImport, checked: Checked, author: Author, law: Law) -> list[RowEffect]:
    """Write the facts, court by court, inside the caller's transaction; what each accepted row does, in order.

    Deadlines are computed as after every change of facts: those of a ledger call for none.
    """
    effects: dict[int, RowEffect] = {}
    lanes: set[int] = set()
    for court, rows in _by_court(checked.facts):
        intake = Intake(rows, _origin(done, court, author), law, lock=True)
        effects |= {id(row): item for row, item in zip(rows, intake.take(), strict=True)}
        touched = intake.write()
        lanes |= {*touched.known, *(lane.pk for lane in touched.fresh)}
    sync_deadlines(sorted(lanes), law=law, author=author, reason=f"历史台账 {done.number}")
    return [effects[id(row)] for row in checked.facts]


def _by_court(rows: Iterable[RowFacts]) -> list[tuple[Organisation, list[RowFacts]]]:
    """The rows of each court by itself, as their numbers name it."""
    by_code: dict[str, list[RowFacts]] = defaultdict(list)
    for row in rows:
        by_code[row.numbers[0].court].append(row)
    codes = CourtCode.objects.filter(code__in=by_code).select_related("court").order_by("pk")
    by_court: dict[int, tuple[Organisation, list[RowFacts]]] = {}
    for known in codes:
        by_court.setdefault(known.court_id, (known.court, []))[1].extend(by_code[known.code])
    return list(by_court.values())


def _origin(done: HistoryImport, court: Organisation, author: Author) -> Origin:
    return Origin(
        court, author, done.file, done.file_name, done.number or "", month=None, kind=Source.Kind.HISTORY
    )


def _told_before(done: HistoryImport, checked: Checked, items: Iterable[RowEffect]) -> HistoryImport | None:
    """The import of the very same file, where this one would change nothing and hold the same rows."""
    same = HistoryImport.objects.filter(region=done.region, year=done.year, file=done.file).exclude(
        pk=done.pk
    )
    last = same.exclude(file=None).order_by("pk").last()
    if last is None or any(item.status != UNCHANGED for item in items):
        return None
    held = [[each["sheet"], each["row"]] for each in held_rows(checked)]
    return last if [[each["sheet"], each["row"]] for each in last.held] == held else None


def _imported(ledger: LedgerFile, done: HistoryImport, checked: Checked, items: list[RowEffect]) -> Imported:
    digest = hashlib.sha256(ledger.content).hexdigest()
    plan = plan_of(digest, ledger.region.pk, done.year, items)
    return Imported(done.year, digest, plan, report_of(checked, items), None)


def _finish(done: HistoryImport, imported: Imported, checked: Checked, author: Author) -> None:
    done.plan_hash, done.report, done.held = imported.plan, imported.report, held_rows(checked)
    done.save()
    told = f"{done.region.name} {done.year} 年历史台账 {done.file_name}"
    audit.record(
        author, "history.import", told, about=done, plan=done.plan_hash, sheets=done.report["sheets"]
    )
