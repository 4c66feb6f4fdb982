"""What is asked about a file as a whole: is it the month that is being reported, which of two columns is meant."""

from collections.abc import Iterator, Sequence

from courts.checking.checks import Checked
from courts.models import Kind, Upload
from courts.sheets.months import month_told
from courts.sheets.reading import RawSheet
from lib.workbooks import Workbook
from rules.report_periods import period_of

MONTH_DIFFERS, COLUMN_TWICE = "month_differs", "column_twice"


def questions_about(
    book: Workbook, sheets: Sequence[RawSheet], upload: Upload, checked: Checked
) -> list[dict[str, str]]:
    """Each with its code and a message; that about the month also names the month that the file says."""
    return [*_month(book, sheets, upload, checked), *_columns(sheets)]


def month_asked(upload: Upload) -> str:
    """The month (2026-11) that the file says in place of the reported one; nothing where it says no other."""
    questions = upload.report.get("questions", ())
    return next((each["month"] for each in questions if each["code"] == MONTH_DIFFERS), "")


def _month(
    book: Workbook, sheets: Sequence[RawSheet], upload: Upload, checked: Checked
) -> Iterator[dict[str, str]]:
    month = period_of("month", upload.month)
    days = [row.day for row in checked.facts if row.kind == Kind.SCHEDULE]
    told = month_told(book, sheets, upload.file_name, days, month)
    if told:
        message = f"表里写的是{told.label}，您正在报{month.label}。改报{told.label}？"
        yield {"code": MONTH_DIFFERS, "message": message, "month": told.key}


def _columns(sheets: Sequence[RawSheet]) -> Iterator[dict[str, str]]:
    for sheet in sheets:
        for name in sorted(sheet.contradicting):
            places = "、".join(sheet.letters_of(name))
            message = f"{sheet.name}：“{name}”有几列（{places}），写的不一样，只读了前一列。如应读另一列，请逐列对应。"
            yield {"code": COLUMN_TWICE, "message": message}
