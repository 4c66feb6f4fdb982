"""Points and places of the regions by the oracle (docs/rules.md §12)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.year.figures import Figure, Figures, came, unexcused
from tests.year.oracle import Oracle

REPORTS = ("defence_report", "judgment_filing", "lost_case_report")


@dataclass
class Score:
    """Points of a region, its place, and whether it is ranked at all."""

    points: Decimal | None
    place: int = 0


def ranking(oracle: Oracle, first: date, last: date, on: date, regions: list[str]) -> dict[str, Score]:
    """Places as in a competition: equal points share one, and the next is skipped."""
    scores = {region: Score(_points(Figures(oracle, first, last, on, region))) for region in regions}
    ranked = [one.points for one in scores.values() if one.points is not None]
    for score in scores.values():
        if score.points is not None:
            score.place = 1 + sum(points > score.points for points in ranked)
    return scores


def _points(figures: Figures) -> Decimal | None:
    told = figures.all()
    if not told["appearance_rate"].all:
        return None
    lost = [
        _by_rate(25, told["appearance_rate"]),
        min(Decimal(10), 3 * Decimal(_absences(figures))),
        _by_rate(20, told["performance_rate"]),
        min(Decimal(10), 5 * Decimal(_overdue(figures))),
        min(Decimal(15), _reports(figures)),
    ]
    return Decimal(100) - sum(lost)


def _by_rate(points: int, figure: Figure) -> Decimal:
    """Points times the share that is missing, to one decimal; nothing without a denominator."""
    if not figure.all:
        return Decimal(0)
    kept = Decimal(points) * len(figure.numerator) / figure.all
    return Decimal(points) - kept.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _absences(figures: Figures) -> int:
    """Cases in which no head came and an absence is unexplained or was rejected."""
    return sum(not any(map(came, said)) and any(map(unexcused, said)) for _, said in figures.heard())


def _overdue(figures: Figures) -> int:
    owed = figures.duties("obligation")
    counted = (held for held in owed if not figures.uncounted(held) and not figures.is_suspended(held))
    return sum(figures.performed_on(held) is None for held in counted)


def _reports(figures: Figures) -> Decimal:
    """Late 0.5, missing 1.0."""
    lost = Decimal(0)
    for held in (one for rule in REPORTS for one in figures.duties(rule) if not figures.uncounted(one)):
        met = held.duty.met_on
        late = met is not None and met > held.duty.due_on and not figures.is_left_over(held)
        lost += Decimal(1) if met is None else Decimal("0.5") if late else Decimal(0)
    return lost
