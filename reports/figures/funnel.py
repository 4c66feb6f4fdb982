"""收案→审结→败诉→履行: four measures of one period one under the other, each with its definition and its cases."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.figures.entries import Part
from reports.figures.measure import Measured, measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations

FULL = 100
OLD, NEW = "case_carried_count", "case_new_count"


@dataclass(frozen=True, slots=True)
class Stage:
    """What is counted, of how many, and how it is said; `list` is the list of the measure that holds them."""

    label: str
    key: str
    list: str
    words: str  # where the definition of the measure says something else
    whole: bool = False  # counts the denominator, not the numerator


# Of the docket; what of it was concluded; of what was concluded in the period, the lost; of what was owed, the done.
STAGES = (
    Stage(
        "收案",
        "conclusion_rate",
        "",
        "本期在办的案件：旧存 {old} 件（期初未审结），新收 {new} 件（本期立案）。",
        whole=True,
    ),
    Stage("审结", "conclusion_rate", "numerator", "在办案件中，至本期末已经裁判的。"),
    Stage("败诉", "loss_rate_concluded", "numerator", ""),
    Stage("履行", "performance_rate", "numerator", ""),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A stage with its number, its share of its own denominator (0 to 100), and what is missing under it."""

    label: str
    key: str
    list: str
    count: int
    of: int
    unit: str
    definition: str
    is_incomplete: bool
    length: float
    offset: float  # that it stands in the middle

    @property
    def words(self) -> str:
        """94 案号, or 18/94 被告·案号 where it is a part of a whole."""
        parts = f"{self.count}/{self.of}" if self.list else str(self.count)
        return f"{parts} {self.unit}"


def funnel_of(populations: Populations, known: Mapping[str, Measured] | None = None) -> list[Step]:
    """The four steps of the populations; `known` measures are not computed again."""
    needed = {OLD, NEW, *(stage.key for stage in STAGES)}
    found = {key: (known or {}).get(key) or measured(MEASURES[key], populations) for key in needed}
    docket = {"old": len(found[OLD].total.numerator), "new": len(found[NEW].total.numerator)}
    return [_step(stage, found[stage.key], stage.words.format(**docket)) for stage in STAGES]


def _step(stage: Stage, figure: Measured, words: str) -> Step:
    part, what = figure.total, figure.measure
    count = part.denominator if stage.whole else len(part.numerator)
    length = round(FULL * count / part.denominator, 1) if part.denominator else 0.0
    return Step(
        stage.label, stage.key, stage.list, count, part.denominator, what.unit,
        words or what.definition,
        _is_incomplete(part), length, round((FULL - length) / 2, 1),
    )  # fmt: skip


def _is_incomplete(part: Part) -> bool:
    return bool(part.footing.untold or part.footing.missing)


def sentence_of(steps: list[Step]) -> str:
    """The picture in words, for those who do not see it."""
    told = "，".join(f"{step.label} {step.words}" for step in steps)
    return f"{told}。{'数据不全，以上只是已经通报的。' if any(step.is_incomplete for step in steps) else ''}"
