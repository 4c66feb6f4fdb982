"""What a bulletin is written from: the measures of a period, those of the one before, and the ranking."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.timezone import localtime

from organisations.models import Region
from reports.figures.entries import Part
from reports.figures.measure import Measured, measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.units import Unit, areas, part_of_unit
from reports.scoring.ranking import Ranking, make_ranking
from rules.report_periods import ReportPeriod
from rules.strict_toml import DataFileError


@dataclass(frozen=True)
class Material:
    """Everything the text and the tables of one bulletin are taken from."""

    period: ReportPeriod
    region: Region
    as_of: datetime

    @cached_property
    def populations(self) -> Populations:
        return Populations(self.period, self.region, localtime(self.as_of).date())

    @cached_property
    def populations_before(self) -> Populations:
        return self.populations.before()

    @cached_property
    def measures(self) -> dict[str, Measured]:
        return _all(self.populations)

    @cached_property
    def before(self) -> dict[str, Measured]:
        """The same measures of the period before (环比)."""
        return _all(self.populations_before)

    @cached_property
    def ranking(self) -> Ranking | None:
        """None where the year has no scheme."""
        try:
            return make_ranking(self.period, self.region, self.as_of, populations=self.populations)
        except DataFileError:
            return None

    @cached_property
    def areas(self) -> list[Unit]:
        return areas(self.populations)

    @property
    def everywhere(self) -> str:
        """全市, 全县 or 全区."""
        return f"全{self.region.name[-1]}"

    def part(self, key: str, unit: Unit) -> Part:
        """A measure of a unit of the region."""
        return part_of_unit(MEASURES[key], unit, self.populations)

    @cached_property
    def months(self) -> list["Material"]:
        """The same for each month of the period."""
        return [Material(month, self.region, self.as_of) for month in self.period.months]


def _all(populations: Populations) -> dict[str, Measured]:
    return {key: measured(what, populations) for key, what in MEASURES.items()}
