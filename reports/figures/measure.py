"""One measure (指标): what it counts of which population, and how its parts are made."""

from dataclasses import dataclass
from typing import Literal

from reports.figures.entries import WHOLE, Agency, Entry, Footing, Judge, Part, by_agency, count, merged
from reports.figures.populations import Populations
from rules.rates import format_rate

Population = Literal[
    "appearances", "sittings", "outcomes", "appeals", "obligations", "papers", "advices", "replies", "trainings",
    "moves", "cases",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator: what is counted, by which definition, and of which unit."""

    key: str
    label: str
    unit: str
    definition: str
    empty_text: str  # printed where a rate has no denominator
    source: Population
    judge: Judge
    is_rate: bool = True
    by_series: bool = False  # cases heard together count as one
    is_stock: bool = False  # what was left over from earlier periods counts with it
    rule: str = ""  # of duties, the only kind that is counted
    is_bad: bool = False  # the less the better

    @property
    def counter(self) -> str:
        """What stands behind a count: 35 人次, 12 件."""
        return self.unit if self.unit in ("组", "人次", "次") else "件"

    @property
    def kind(self) -> Literal["stock", "flow"]:
        """存量: what is owed until it is done; 流量: what happens in a period."""
        return "stock" if self.is_stock else "flow"


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its ids: the total, and the slice of each agency that has any."""

    measure: Measure
    total: Part
    by_agency: tuple[tuple[Agency, Part], ...]

    @property
    def rate(self) -> str | None:
        return rate_of(self.measure, self.total)


def rate_of(measure: Measure, part: Part) -> str | None:
    """The rate with one decimal; None without a denominator, for a mere count, and where no court told anything."""
    if part.footing.untold or not measure.is_rate:
        return None
    return format_rate(len(part.numerator), part.denominator)


def measured(what: Measure, populations: Populations) -> Measured:
    """One measure of the agencies of a region in a period; measures of one population share its rows."""
    entries: list[Entry] = getattr(populations, what.source)
    own = by_agency(entries)
    slices = (
        (agency, part_of(what, own[pk], populations.footing(what.source, agency.region)))
        for pk, agency in populations.agencies.items()
        if pk in own
    )
    total = part_of(what, entries, populations.footing(what.source))
    return Measured(what, total, tuple((agency, part) for agency, part in slices if part))


def part_of(what: Measure, entries: list[Entry], footing: Footing = WHOLE) -> Part:
    """These entries as the measure counts them, with what is missing under them."""
    part = count(counted(what, entries), what.judge)
    part.footing = footing
    return part


def counted(what: Measure, entries: list[Entry]) -> list[Entry]:
    """Those of the entries that the measure is about, under the ids by which it counts them."""
    own = [entry for entry in entries if entry.facts.rule == what.rule] if what.rule else entries
    return merged(own) if what.by_series else own
