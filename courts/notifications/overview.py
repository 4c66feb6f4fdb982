"""What was received: a court's month as three cards, and the office's table of courts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q

from courts.models import Kind, Notification, Upload
from organisations.models import Organisation

LABELS = {"schedule": "本月排庭", "appearances": "上月负责人出庭情况", "judgments": "生效裁判及裁判情况"}


@dataclass(frozen=True, slots=True)
class Card:
    """One of the three notifications of a court for a month: its latest version, or none yet."""

    kind: Kind
    latest: Notification | None
    draft: Upload | None = None  # checked and not confirmed yet

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def word(self) -> str:
        """未报, 已存草稿, 零通报 or 已报 第n版."""
        if self.latest is None:
            return "已存草稿" if self.draft else "未报"
        return "零通报" if self.latest.is_nil else f"已报 第 {self.latest.version} 版"

    @property
    def mark(self) -> str:
        if self.latest is None:
            return "◐" if self.draft else "○"
        return "✓"

    @property
    def open_held(self) -> int:
        """Rows that wait to be put right."""
        return getattr(self.latest, "open_held", 0)


@dataclass(frozen=True, slots=True)
class CourtMonth:
    """A court with its three cards."""

    court: Organisation
    cards: list[Card]


def cards_of(court: Organisation, month: date, drafts: Iterable[Upload] = ()) -> list[Card]:
    """The three cards of a court's month; `drafts` are its uploads that are not confirmed, newest first."""
    cards = _cards(_latest(Notification.objects.filter(court=court, month=month)))
    planned = [draft for draft in drafts if draft.state == Upload.State.PLANNED]
    return [replace(card, draft=_draft_of(card.kind, planned)) for card in cards]


def _draft_of(kind: Kind, drafts: Iterable[Upload]) -> Upload | None:
    return next((each for each in drafts if kind.value in _kinds(each)), None)


def _kinds(upload: Upload) -> set[str]:
    return {sheet["kind"] for sheet in upload.report.get("sheets", [])}


def courts_and_cards(courts: Iterable[Organisation], month: date) -> list[CourtMonth]:
    """Every one of the courts with what it sent for the month."""
    by_court: dict[int, list[Notification]] = {}
    received = Notification.objects.filter(court__in=courts, month=month)
    for notification in _latest(received):
        by_court.setdefault(notification.court_id, []).append(notification)
    return [CourtMonth(court, _cards(by_court.get(court.pk, []))) for court in courts]


def unconfirmed(court: Organisation, month: date) -> Iterable[Upload]:
    """Uploads of the month that wait, were checked or could not be read, and that nobody confirmed or dropped."""
    over = (Upload.State.CONFIRMED, Upload.State.DROPPED)
    uploads = Upload.objects.filter(court=court, month=month).exclude(state__in=over)
    return uploads.select_related("uploaded_by__user").defer("rows", "effects")[:10]


def _latest(notifications: Iterable[Notification]) -> list[Notification]:
    """The last versions only, with the number of rows that still wait."""
    counted = (
        notifications.select_related("upload")  # type: ignore[attr-defined]
        .defer("upload__rows", "upload__report")
        .annotate(open_held=Count("held_rows", filter=Q(held_rows__resolved_at=None)))
        .order_by("version")
    )
    return list({(each.court_id, each.kind): each for each in counted}.values())


def _cards(latest: Iterable[Notification]) -> list[Card]:
    by_kind = {notification.kind: notification for notification in latest}
    return [Card(kind, by_kind.get(kind.value)) for kind in Kind]
