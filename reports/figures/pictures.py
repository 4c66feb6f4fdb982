"""Pictures of figures as plain numbers for small SVG templates, each with its table and a sentence."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from organisations.models import Region
from reports.figures.entries import Part
from reports.figures.measure import Measure
from reports.figures.printing import DASH, rate_cell, rate_words
from reports.figures.trend import Month

# Of a trend, in the units of its own drawing: room on the left for 100%, above for rates, below for months and parts.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 190, 60, 616, 30, 146
ABOVE, BELOW = -9, 18
FULL = 100
SHADES = ((100, "all"), (90, "most"), (60, "some"), (0, "few"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit with its rate as a length of 0 to 100, worst first; `words` stand beside it."""

    name: str
    length: float
    words: str
    is_full: bool
    is_known: bool
    url: str


def bars(parts: Iterable[tuple[str, Part, str]], *, is_bad: bool = False) -> list[Bar]:
    """Name, part and address of each unit that has anything to show, the worst first; those without a rate last.

    `is_bad`: the less the better, and all of it is nothing to be proud of.
    """
    found = [_bar(name, part, url) for name, part, url in parts if part.denominator or part.footing.untold]
    if is_bad:
        found = [replace(bar, is_full=False) for bar in found]
    return sorted(found, key=lambda bar: (not bar.is_known, -bar.length if is_bad else bar.length))


def _bar(name: str, part: Part, url: str) -> Bar:
    known = rate_cell(part).endswith("%")
    return Bar(name, round(share(part), 1), rate_words(part, DASH), known and not part.rest, known, url)


def count_bars(parts: Iterable[tuple[str, Part, str]], words: Callable[[Part], str]) -> list[Bar]:
    """The same of counts, the largest first and as long as can be."""
    listed = [(name, part, url) for name, part, url in parts if part.numerator]
    most = max((len(part.numerator) for _, part, _ in listed), default=1)
    found = [
        Bar(name, round(FULL * len(part.numerator) / most, 1), words(part), False, True, url)
        for name, part, url in listed
    ]
    return sorted(found, key=lambda bar: -bar.length)


def share(part: Part) -> float:
    return FULL * len(part.numerator) / part.denominator if part.denominator else 0.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A month of a trend: where it stands in the drawing, and its words; hollow where data are missing."""

    x: float
    y: float
    label: str
    words: str
    is_whole: bool
    rate: str  # stands above it
    parts: str  # stands at the bottom
    drop: int  # of the rate from the dot: below it where it would stand on the line of 100 %


def dots(months: list[Month]) -> list[Dot]:
    """The months with a denominator, from left to right; 100 % is the line on top."""
    step = (RIGHT - LEFT) / max(len(months) - 1, 1)
    return [
        _dot(month, round(LEFT + n * step, 1)) for n, month in enumerate(months) if month.total.denominator
    ]


def _dot(month: Month, x: float) -> Dot:
    part = month.total
    rate = rate_cell(part)
    y = round(TOP + (BOTTOM - TOP) * (1 - share(part) / FULL), 1)
    return Dot(
        x,
        y,
        month.period.key,
        rate_words(part, DASH),
        not part.footing.missing,
        rate if rate.endswith("%") else "不全",
        f"{len(part.numerator)}/{part.denominator}",
        BELOW if TOP < y < TOP + BELOW else ABOVE,
    )


def line(found: list[Dot]) -> str:
    """The points of the line through the dots, as SVG takes them."""
    return " ".join(f"{dot.x},{dot.y}" for dot in found)


def sentence(label: str, months: list[Month]) -> str:
    """What the trend shows, for those who do not see it: the lowest and the last month."""
    counted = [month for month in months if month.total.denominator]
    if not counted:
        return f"近 12 个月没有{label}的数据。"
    lowest = min(counted, key=lambda month: share(month.total))
    last = counted[-1]
    return (
        f"近 12 个月中有数据的 {len(counted)} 个月，"
        f"{label}最低的是 {lowest.period.label} {rate_words(lowest.total, '')}，"
        f"最近的是 {last.period.label} {rate_words(last.total, '')}。"
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a unit: its words, its shade (none where there is no rate), and the month it opens, if any."""

    words: str
    shade: str
    opens: str


Row = tuple[str, str, str, list[Cell]]


def heat(region: Region, months: list[Month]) -> list[Row]:
    """The region and its areas by months: name, region, the agencies directly under it (its code, or none), cells."""
    units = [unit for unit, _ in months[0].areas]
    of_areas = [
        (
            unit.name,
            unit.region,
            unit.code if unit.region == region.code else "",
            _cells(months, [month.areas[n][1] for month in months]),
        )
        for n, unit in enumerate(units)
    ]
    return [(region.name, region.code, "", _cells(months, [month.total for month in months])), *of_areas]


def _cells(months: list[Month], parts: list[Part]) -> list[Cell]:
    return [
        Cell(rate_cell(part), _shade(part), month.period.key if part.denominator else "")
        for month, part in zip(months, parts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Spark:
    """A measure of twelve months in one small line: its points, the last of them, and what it shows in words."""

    key: str
    label: str
    points: str
    last: tuple[float, float] | None
    is_whole: bool
    is_rate: bool
    words: str
    sentence: str


SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 120, 28, 4


def spark(what: Measure, months: list[Part], labels: list[str]) -> Spark:
    """A rate against 100 %, a count against its highest month; months without any case have no point."""
    values = [share(part) if what.is_rate else len(part.numerator) for part in months]
    top = FULL if what.is_rate else max([*values, 1])
    step = (SPARK_WIDTH - 2 * SPARK_EDGE) / max(len(months) - 1, 1)
    points = [
        (
            round(SPARK_EDGE + n * step, 1),
            round(SPARK_EDGE + (SPARK_HEIGHT - 2 * SPARK_EDGE) * (1 - values[n] / top), 1),
        )
        for n, part in enumerate(months)
        if part.denominator
    ]
    told = [(label, part) for label, part in zip(labels, months, strict=True) if part.denominator]
    last = told[-1][1] if told else Part()
    return Spark(
        what.key,
        what.label,
        " ".join(f"{x},{y}" for x, y in points),
        points[-1] if points else None,
        not last.footing.missing,
        what.is_rate,
        _words(what, last) if told else DASH,
        _spark_sentence(what, told),
    )


def _spark_sentence(what: Measure, told: list[tuple[str, Part]]) -> str:
    if not told:
        return "近 12 个月没有数据"
    return "，".join(f"{label} {_words(what, part)}" for label, part in told)


def _words(what: Measure, part: Part) -> str:
    return rate_words(part, DASH) if what.is_rate else f"{len(part.numerator)} {what.counter}"


def _shade(part: Part) -> str:
    if not rate_cell(part).endswith("%"):
        return ""
    return next(shade for least, shade in SHADES if share(part) >= least)
