"""How figures are printed: a rate with its parts, or 数据不全 where what is missing could change it for the worse."""

from reports.figures.entries import Part
from reports.figures.measure import Measured
from rules.rates import format_rate, points_change

INCOMPLETE = "数据不全"
DASH = "—"


def printed_rate(part: Part) -> str | None:
    """The percentage as printed; None without a denominator, and where it would be good for want of data."""
    footing, count = part.footing, len(part.numerator)
    if footing.untold or (footing.missing and not part.rest):
        return None
    return format_rate(count, part.denominator, footing.decimals)


def rate_words(part: Part, empty_text: str) -> str:
    """95.1%（39/41）; 数据不全（39/39）; or why there is no rate."""
    if rate := printed_rate(part):
        return f"{rate}%（{_parts(part)}）"
    if part.footing.untold or part.denominator:
        return f"{INCOMPLETE}（{_parts(part)}）"
    return empty_text


def rate_cell(part: Part) -> str:
    """The same for a cell of a table: 95.1%, 数据不全 or a dash."""
    if rate := printed_rate(part):
        return f"{rate}%"
    return INCOMPLETE if part.footing.untold or part.denominator else DASH


def change_words(
    now: Measured, before: Measured, period: str, up_and_down: tuple[str, str], floor: int
) -> str:
    """较2026年第二季度上升0.4个百分点; where nothing honest can be compared, that and why."""
    if why := _why_not_compared(now.total, before.total, period, floor):
        return why
    change = points_change(printed_rate(now.total), printed_rate(before.total))
    if change is None:
        return f"{period}无可比数据"
    if change.strip("-0.") == "":
        return f"与{period}持平"
    up, down = up_and_down
    return f"{down if change.startswith('-') else up}{change.lstrip('-')}个百分点"


def _why_not_compared(now: Part, before: Part, period: str, floor: int) -> str:
    if not before.denominator and not before.footing.missing:
        return f"{period}无可比数据"
    if now.footing.missing or before.footing.missing:
        return f"{'本期' if now.footing.missing else period}{INCOMPLETE}，不作比较"
    fewest = min(now.denominator, before.denominator)
    return f"本期或{period}不足{floor}件，不作比较" if fewest < floor else ""


def _parts(part: Part) -> str:
    return f"{len(part.numerator)}/{part.denominator}"
