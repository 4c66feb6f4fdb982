"""Putting a file right on the page: a cell in one row, a name in all rows; the file itself stays as it was sent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from courts.checking.agencies import AgencyDirectory
from courts.models import RememberedName, Upload
from courts.sheets.columns import COLUMNS
from courts.sheets.reading import RawRow, RawSheet
from lib.folding import folded
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation
from rules.report_periods import ReportPeriod

Cell = tuple[str, int, str]  # sheet, row, column
TAKEN_IN = "ignored"  # in the place of a code: a row that was passed over and is one of the table
Question = tuple[str, int, str]  # sheet, row, code


class NotOpen(Exception):
    """The upload took effect or was dropped meanwhile."""


class NoSuchCell(Exception):
    """The file has no such sheet, row or column; the message is Chinese."""


class NameUnknown(Exception):
    """No agency has the name that was written for a correction."""


def apply_corrections(sheets: Iterable[RawSheet], corrections: Iterable[Mapping[str, Any]]) -> None:
    """Let the rows say what was corrected in place of what the file says."""
    by_place: dict[tuple[str, int], list[Mapping[str, Any]]] = defaultdict(list)
    for correction in corrections:
        by_place[correction["sheet"], correction["row"]].append(correction)
    for sheet in sheets:
        for row in sheet.rows:
            for correction in by_place.get((sheet.name, row.number), ()):
                _correct(row, correction["column"], correction["new"])


def _correct(row: RawRow, column: str, value: str) -> None:
    row.values[column] = value
    row.formulas -= {column}


@transaction.atomic
def correct_cells(upload: Upload, cells: Mapping[Cell, tuple[str, str]], *, author: Author) -> None:
    """Take cells (from value, to value) as corrected; each keeps who said so and when.

    Raises NoSuchCell for a place that the file does not have, and NotOpen where the upload is not open any more.
    """
    if not upload.is_changeable():
        raise NotOpen
    _check_places(upload, cells)
    said = {"at": author.at.isoformat(), "by": author.name}
    upload.corrections = Upload.objects.only("corrections").get(pk=upload.pk).corrections + [
        {"sheet": sheet, "row": row, "column": column, "old": old, "new": new} | said
        for (sheet, row, column), (old, new) in cells.items()
    ]
    upload.save(update_fields=["corrections"])
    audit.record(author, "notification.correct", f"改正 {len(cells)} 个单元格", about=upload)


@transaction.atomic
def affirm_rows(upload: Upload, questions: Iterable[Question], *, author: Author) -> None:
    """Let rows in that were asked about or passed over: it is so. Each answer keeps who gave it and when.

    Raises NoSuchCell for what nobody asked, and NotOpen where the upload is not open any more.
    """
    if not upload.is_changeable():
        raise NotOpen
    asked = {(i["sheet"], i["row"], i["code"]) for i in upload.report.get("issues", []) if i.get("asks")}
    asked |= {
        (sheet["sheet"], ignored["row"], TAKEN_IN)
        for sheet in upload.report.get("sheets", [])
        for ignored in sheet.get("ignored_rows", ())
    }
    answers = list(questions)
    for sheet, row, code in answers:
        if (sheet, row, code) not in asked:
            raise NoSuchCell(f"{sheet} 第 {row} 行没有待确认的“{code}”。")
    said = {"at": author.at.isoformat(), "by": author.name}
    upload.affirmed = Upload.objects.only("affirmed").get(pk=upload.pk).affirmed + [
        {"sheet": sheet, "row": row, "code": code} | said for sheet, row, code in answers
    ]
    upload.save(update_fields=["affirmed"])
    audit.record(author, "notification.affirm", f"确认无误 {len(answers)} 行", about=upload)


@transaction.atomic
def change_month(upload: Upload, month: ReportPeriod, *, author: Author) -> None:
    """改报: the file is about another month than was said. Raises NotOpen where the upload is not open any more."""
    if not upload.is_changeable():
        raise NotOpen
    old, upload.month = upload.month, month.first
    upload.save(update_fields=["month"])
    audit.record(author, "notification.month", f"改报 {old:%Y-%m} → {month.key}", about=upload)


def _check_places(upload: Upload, cells: Iterable[Cell]) -> None:
    kinds = {sheet["sheet"]: sheet["kind"] for sheet in upload.report.get("sheets", [])}
    kept_rows = [*upload.rows.get("facts", []), *upload.rows.get("held", [])]
    rows = {(row["sheet"], row["row"]) for row in kept_rows}
    for sheet, row, column in cells:
        columns = {each.name for each in COLUMNS.get(kinds.get(sheet, ""), ())}
        if (sheet, row) not in rows or column not in columns:
            raise NoSuchCell(f"文件里没有 {sheet} 第 {row} 行 {column}。")


@transaction.atomic
def remember_name(court: Organisation, name: str, agency: Organisation, *, author: Author) -> None:
    """From now on the name, where this court writes it, means that agency; who said so before is kept."""
    Organisation.objects.select_for_update(of=("self",)).get(
        pk=court.pk
    )  # two people may name one word at once
    same = RememberedName.objects.filter(court=court, ended_at=None, name=folded(name))
    if same.filter(agency=agency).exists():
        return
    same.update(ended_at=author.at, ended_by=author.post)
    RememberedName.objects.create(court=court, name=folded(name), agency=agency, at=author.at, by=author.post)
    audit.record(author, "name.remember", f"{court.short_name}：“{name}”即{agency.name}", about=court)


@transaction.atomic
def forget_name(remembered: RememberedName, *, author: Author) -> None:
    """The name means nothing any more from now on; what it meant in rows taken before stays."""
    remembered.ended_at, remembered.ended_by = author.at, author.post
    remembered.save(update_fields=["ended_at", "ended_by"])
    audit.record(author, "name.forget", f"停用 {remembered}", about=remembered.court)


def agency_named(court: Organisation, words: str, *, author: Author) -> Organisation:
    """The agency that a clerk chose or wrote, by code or by any of its names. Raises NameUnknown (Chinese)."""
    by_code = Organisation.objects.agencies().filter(code=words).first()
    if by_code:
        return by_code
    found = AgencyDirectory(court).find(words, on=author.on)
    if found.agency is None:
        near = "、".join(found.several or [name for _, name, _ in found.candidates])
        raise NameUnknown(f"名录中没有“{words}”。" + (f"相近的有：{near}。" if near else "请写机关全称。"))
    return Organisation.objects.get(pk=found.agency)
