"""怎么算的: what a stored deadline tells of how its day came about."""

from typing import Any

from cases.deadlines.clock import Clock, LateNotice
from cases.models import DeadlineOrder
from rules.calendars import on_weekday

SET_BY_DOCUMENT = {
    "label": "履行生效裁判",
    "citation": "《行政诉讼法》第九十四条、第九十六条；裁判文书",
    "article": "当事人必须履行人民法院发生法律效力的判决、裁定、调解书。",
}


def computation_of(clock: Clock) -> dict[str, Any]:
    """期限回执: what the day was computed from, and what moved it: a late notice, a document, an order."""
    computation = clock.due.to_json() if clock.due else _set_computation(clock)
    computation |= {"proof": clock.proof, "facts": clock.facts}
    computation["estimated"] = computation["estimated"] or clock.estimated
    if clock.rule == "obligation":
        computation["label"] = SET_BY_DOCUMENT["label"]
    if clock.notice:
        computation["late_notice"] = _notice_json(clock.notice)
        computation["due_on"] = clock.notice.due_on.isoformat()
        computation["explanation"] += _notice_words(clock.notice)
    if clock.set_day:
        computation["set_by"] = set_by(clock)
        computation["due_on"] = clock.set_day.ends_on.isoformat()
        computation["explanation"] = f"{clock.set_day.ground}，至 {clock.set_day.ends_on} 届满。"
    if clock.orders:
        computation["orders"] = [_order_json(order) for order in clock.orders]
    return computation


def set_by(clock: Clock) -> dict[str, str] | None:
    """The document that set the day, as the computation tells of it."""
    if clock.set_day is None:
        return None
    return {"ends_on": clock.set_day.ends_on.isoformat(), "ground": clock.set_day.ground}


def _notice_json(notice: LateNotice) -> dict[str, Any]:
    return {
        "told_on": notice.told_on.isoformat(),
        "by": notice.by,
        "was_due_on": notice.was_due_on.isoformat(),
        "days": (notice.told_on - notice.was_due_on).days,
    }


TOLD = {"法院": "通报", "司法局": "登记", "平台": "推定"}


def _notice_words(notice: LateNotice) -> str:
    told = TOLD[notice.by]
    return (
        f"{notice.by}于 {on_weekday(notice.told_on)}才{told}，已到上述届满日（通报迟延），"
        f"自{told}之日起给足期间，至 {on_weekday(notice.due_on)}；由此产生的迟延不计在机关名下。"
    )


def _order_json(order: DeadlineOrder) -> dict[str, Any]:
    days = {"first": order.first, "last": order.last, "ends_on": order.ends_on}
    return {
        "kind": order.kind,
        "label": order.get_kind_display(),
        "ground": order.get_ground_display(),
        "document": order.document,
        "reason": order.reason,
        "by": str(order.registered_by),
        "at": order.registered_at.isoformat(),
        **{name: day.isoformat() for name, day in days.items() if day},
    }


def _set_computation(clock: Clock) -> dict[str, Any]:
    """The computation of a day that no rule computes."""
    return SET_BY_DOCUMENT | {
        "rule": clock.rule,
        "starts_on": clock.starts_on.isoformat(),
        "start_event": clock.proof,
        "nominal": clock.due_on.isoformat(),
        "mode": "set",
        "rolled_over": [],
        "days_off_met": [],
        "days_counted": (clock.due_on - clock.starts_on).days,
        "pauses": [],
        "provisional": False,
        "calendar": "",
        "valid_from": "2015-05-01",
        "estimated": False,
    }
