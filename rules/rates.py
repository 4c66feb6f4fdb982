"""How rates and their changes are printed."""

from decimal import ROUND_HALF_UP, Decimal


def format_rate(numerator: int, denominator: int, decimals: int = 1) -> str | None:
    """The percentage as printed, half up; None without a denominator.

    All are all: 100 is printed only when nothing is missing, so 2499 of 2500 is 99.9 with one decimal.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"numerator {numerator} is no part of denominator {denominator}")
    if denominator == 0:
        return None
    step = Decimal(1).scaleb(-decimals)
    rate = (Decimal(100 * numerator) / denominator).quantize(step, ROUND_HALF_UP)
    if numerator < denominator:
        rate = min(rate, 100 - step)
    return str(rate)


def points_change(now: str | None, before: str | None) -> str | None:
    """The change between two printed rates in 百分点, signed by “-” when it falls; None when one is missing.

    Taken from the printed figures, so that a reader who subtracts them finds the same.
    """
    if now is None or before is None:
        return None
    return str(Decimal(now) - Decimal(before))
