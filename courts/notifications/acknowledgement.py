"""What goes back to the court: the receipt, also as a paper, and its own workbook with the faults marked."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from openpyxl.utils import column_index_from_string

from courts.checking.issues import WORDS_ONLY
from courts.models import Kind, Notification, Upload
from lib.annotate import Mark, annotate
from lib.pdf import Fonts, render_pdf


def acknowledgement_of(upload: Upload) -> dict[str, Any] | None:
    """The receipt of a confirmed upload: number, time, versions by kind, deadlines made; None before that."""
    if upload.confirmed_at is None:
        return None
    return {
        "number": upload.number,
        "at": upload.confirmed_at.isoformat(),
        "versions": {notification.kind: notification.version for notification in upload.notifications.all()},
        "deadlines": upload.effects.get("deadlines", {}),
    }


def in_order(upload: Upload) -> list[Notification]:
    """The notifications of an upload as the mechanism names them: 排庭, 出庭, 裁判."""
    return sorted(upload.notifications.all(), key=lambda each: Kind.values.index(each.kind))


def acknowledgement_pdf(upload: Upload) -> bytes:
    """The receipt of a confirmed upload as a page to print or carry."""
    context = {"upload": upload, "notifications": in_order(upload), "effects": upload.effects}
    html = render_to_string("documents/acknowledgement.html", context)
    stylesheet = (settings.BASE_DIR / "static" / "css" / "printout.css").read_text("utf-8")
    return render_pdf(html, stylesheet=stylesheet, fonts=Fonts.find(settings.FONTS_DIRS)).content


def annotated(content: bytes, upload: Upload) -> bytes:
    """The court's own workbook, given by its bytes, with faulty cells marked and a first column 问题与改法."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source.xlsx"), Path(folder, "target.xlsx")
        source.write_bytes(content)
        annotate(source, target, marks_of(upload), header_rows_of(upload))
        return target.read_bytes()


def marks_of(upload: Upload) -> list[Mark]:
    """What to write beside which cell."""
    return [
        Mark(
            found["sheet"],
            found["row"],
            _column(found["cell"]),
            f"{found['message']}{found['fix']}",
            found["severity"],
        )
        for found in [*upload.report.get("issues", []), *upload.report.get("notices", [])]
        if found["code"] not in WORDS_ONLY
    ]


def header_rows_of(upload: Upload) -> dict[str, int]:
    """The header row of each sheet that was read."""
    return {sheet["sheet"]: sheet["header_row"] for sheet in upload.report.get("sheets", [])}


def _column(cell: str) -> int | None:
    """The column from 0 of a cell such as G17."""
    letters = cell.rstrip("0123456789")
    return column_index_from_string(letters) - 1 if letters else None
