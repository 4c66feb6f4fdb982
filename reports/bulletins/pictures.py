"""The pictures of bulletins as blocks: the numbers they are drawn from stand in the document and are frozen with it."""

from dataclasses import asdict

from reports.bulletins.material import Material
from reports.bulletins.tables import Block, table
from reports.figures.measures import MEASURES
from reports.figures.pictures import bars, dots, line, sentence
from reports.figures.printing import DASH, rate_words
from reports.figures.trend import Month, months_of

HALF = 6  # of the months of a trend, side by side in its table


def bars_of(material: Material, key: str, caption: str) -> Block | None:
    """The areas by a rate, the lowest first; None for a region without areas or when nothing was counted."""
    found = bars((unit.name, material.part(key, unit), "") for unit in material.areas)
    if not found:
        return None
    return {"kind": "bars", "caption": caption, "bars": [asdict(bar) for bar in found]}


def trend_of(material: Material, key: str, caption: str) -> list[Block]:
    """A rate in the twelve months up to the end of the period: the line, and the table of it; nothing without data."""
    months = months_of(MEASURES[key], material.region, material.period.last, material.populations.on)
    drawn = dots(months)
    if not drawn:
        return []
    picture: Block = {
        "kind": "trend",
        "caption": caption,
        "dots": [asdict(dot) for dot in drawn],
        "line": line(drawn),
        "sentence": sentence(MEASURES[key].label, months),
    }
    return [picture, _months_table(months, f"{caption}（数值）")]


def _months_table(months: list[Month], caption: str) -> Block:
    columns = [
        ("月份", "left", "22%"),
        ("比率", "right", "28%"),
        ("月份", "left", "22%"),
        ("比率", "right", ""),
    ]
    told = [(month.period.label, rate_words(month.total, DASH)) for month in months]
    rows = [[*first, *second] for first, second in zip(told[:HALF], told[HALF:], strict=True)]
    return table(caption, columns, rows)
