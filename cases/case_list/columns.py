"""列设置: what the case list can show of a case beside its number and the next duty.

The chosen columns stand in the address, so that a link, the pager and a saved view keep them.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from cases.models import Case
from rules.names import mask_parties

# Eight columns fit a screen of 1366 pixels; the number and the next duty are always there.
MOST = 6


class ListColumn(NamedTuple):
    """A column: its heading, what it says of a case, what that has to load, and the fields it is sorted by."""

    label: str
    text: Callable[[Case], str]
    needs: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()


def _defendants(case: Case) -> str:
    return "、".join(lane.organisation.name for lane in case.lanes.all())


def _hearing(case: Case) -> str:
    days = [one for one in case.hearings.all() if one.state in ("scheduled", "held")]
    last = max(days, key=lambda one: one.day, default=None)
    return f"{last.day:%Y-%m-%d} {last.get_state_display()}" if last else ""


def _heads(case: Case) -> str:
    named = [one for lane in case.lanes.all() for one in lane.nominations.all() if not one.replaced_at]
    return "、".join(dict.fromkeys(str(one) for one in named))


def _outcome(case: Case) -> str:
    losses = [one.lost for lane in case.lanes.all() for one in lane.outcomes.all()]
    if not losses:
        return ""
    return "败诉" if True in losses else "未败诉" if False in losses else "不计胜败"


COLUMNS = {
    "instance": ListColumn("审级", lambda case: case.get_instance_display(), sort=("instance",)),
    "procedure": ListColumn("程序", lambda case: case.get_procedure_display()),
    "court": ListColumn("法院", lambda case: case.court.short_name, sort=("court__position", "court")),
    "plaintiffs": ListColumn("原告", lambda case: mask_parties(case.plaintiffs)),
    "defendants": ListColumn("被诉行政机关", _defendants),
    "cause": ListColumn("案由", lambda case: case.cause, sort=("cause",)),
    "filed_on": ListColumn(
        "立案日期", lambda case: f"{case.filed_on:%Y-%m-%d}" if case.filed_on else "", sort=("filed_on",)
    ),
    "hearing": ListColumn("最近开庭", _hearing, ("hearings",)),
    "heads": ListColumn("拟出庭负责人", _heads, ("lanes__nominations",)),
    "outcome": ListColumn("裁判结果", _outcome, ("lanes__outcomes",)),
    "judge": ListColumn("承办法官", lambda case: case.judge, sort=("judge",)),
}
ORDERS = {"number": ("year", "type_code", "serial")} | {
    name: column.sort for name, column in COLUMNS.items() if column.sort
}
USUAL = ("instance", "court", "plaintiffs", "defendants", "cause")


def needed_by(names: Iterable[str]) -> tuple[str, ...]:
    """What the columns have to load."""
    return tuple(path for name in names for path in COLUMNS[name].needs)


def cells_of(case: Case, names: Iterable[str]) -> list[dict[str, Any]]:
    """The cells of a row, each with the heading it repeats on a phone."""
    return [{"label": COLUMNS[name].label, "text": COLUMNS[name].text(case)} for name in names]
