"""What was confirmed is received: a version of each kind, with the rows it holds back and the debts it settles."""

from typing import Any

from django.db.models import Max

from courts.checking.record import numbers_in
from courts.models import HeldRow, Notification, Upload
from organisations.authors import Author

NO_REASON = "再次报送"


def receive(upload: Upload, author: Author) -> None:
    """One notification per kind in the workbook, as its next version, with the rows it holds back."""
    for kind in dict.fromkeys(sheet["kind"] for sheet in upload.report["sheets"]):
        same = Notification.objects.filter(court=upload.court, month=upload.month, kind=kind)
        _resolve_held(upload, kind, author)
        sheets = [sheet for sheet in upload.report["sheets"] if sheet["kind"] == kind]
        version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
        notification = Notification.objects.create(
            court=upload.court,
            month=upload.month,
            kind=kind,
            version=version,
            reason=_reason(upload, version),
            upload=upload,
            number=upload.number or "",
            received_at=author.at,
            received_by=author.post,
            **{name: sum(s[name] for s in sheets) for name in ("rows_read", "accepted", "held", "ignored")},
        )
        _hold_rows(upload, notification)


def _resolve_held(upload: Upload, kind: str, author: Author) -> None:
    """Debts that this version settles: those whose case it tells of, and all of the full version that it replaces."""
    held = HeldRow.objects.open().filter(
        notification__court=upload.court, notification__month=upload.month, notification__kind=kind
    )
    numbers = {
        number["key"]
        for row in upload.rows.get("facts", [])
        if row["kind"] == kind
        for number in row["numbers"]
    }
    spoken_of = numbers | {
        key for row in upload.rows.get("held", []) if row["kind"] == kind for key in numbers_in(row["values"])
    }
    settled = [
        row.pk
        for row in held.select_related("notification__upload").only(
            "values", "notification__upload__is_addition"
        )
        if spoken_of & numbers_in(row.values)
        or not (upload.is_addition or row.notification.upload.is_addition)
    ]
    HeldRow.objects.filter(pk__in=settled).update(resolved_at=author.at)


def _reason(upload: Upload, version: int) -> str:
    """Why there is a version after the first."""
    if version == 1:
        return ""
    return upload.answers.get("reason") or ("补充报送" if upload.is_addition else NO_REASON)


def _hold_rows(upload: Upload, notification: Notification) -> None:
    issues: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for found in upload.report["issues"]:
        issues.setdefault((found["sheet"], found["row"]), []).append(found)
    HeldRow.objects.bulk_create(
        HeldRow(
            notification=notification,
            sheet=held["sheet"],
            row=held["row"],
            values=held["values"],
            issues=issues.get((held["sheet"], held["row"]), []),
        )
        for held in upload.rows.get("held", [])
        if held["kind"] == notification.kind
    )
