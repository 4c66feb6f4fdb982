"""The board as a workbook."""

from collections.abc import Iterable
from datetime import date

from cases.case_page.steps import status_of
from cases.models import Deadline
from lib.export import Value, export

MOST_ROWS = 20_000
COLUMNS = (
    ("状态", 14), ("事项", 24), ("机关", 24), ("案号或事由", 30), ("起算日", 12), ("届满日", 12), ("原定", 12),
    ("怎么算的", 70), ("依据", 60),
)  # fmt: skip


def board_workbook(deadlines: Iterable[Deadline], *, on: date) -> bytes:
    """One row for each deadline with the sentence that explains its day."""
    return export("期限", COLUMNS, (_values(deadline, on) for deadline in deadlines))


def _values(deadline: Deadline, on: date) -> tuple[Value, ...]:
    computation = deadline.computation
    return (
        status_of(deadline, today=on).word,
        deadline.label,
        deadline.organisation.name,
        deadline.about,
        deadline.starts_on,
        deadline.due_on,
        deadline.original_due_on,
        computation.get("explanation", ""),
        computation.get("citation", ""),
    )
