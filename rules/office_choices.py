"""Readings that the office chooses where law and mechanism leave two open: dated, cited, looked up for a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rules.strict_toml import DataFileError, Entry, read_toml

CHOICES = Path(__file__).parent / "data" / "office_choices.toml"


@dataclass(frozen=True, slots=True)
class Choice:
    """An open question: its possible answers in words, and the one shipped."""

    key: str
    label: str
    options: Mapping[str, str]
    shipped: str
    citation: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """An answer that the office gave, from its first day."""

    key: str
    value: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class OfficeChoices:
    """The questions with the answers given so far."""

    questions: Mapping[str, Choice]
    answers: tuple[Chosen, ...] = ()

    def value(self, key: str, *, on: date) -> str:
        """The answer in force on the day; the one shipped where none was given."""
        given = [answer for answer in self.answers if answer.key == key and answer.valid_from <= on]
        if not given:
            return self.questions[key].shipped
        return max(given, key=lambda answer: answer.valid_from).value

    def with_answers(self, answers: Iterable[Chosen]) -> "OfficeChoices":
        return OfficeChoices(self.questions, (*self.answers, *answers))


def load_office_choices(path: Path | None = None) -> OfficeChoices:
    """The questions in `path` (default: those shipped). DataFileError names the entry at fault."""
    file = read_toml(path or CHOICES)
    found = [_read(entry) for entry in file.take_entries("choice", "项")]
    file.done()
    return OfficeChoices({choice.key: choice for choice in found})


def _read(entry: Entry) -> Choice:
    choice = Choice(
        key=entry.take_text("key"),
        label=entry.take_text("label"),
        options=entry.take("options", dict),
        shipped=entry.take_text("shipped"),
        citation=entry.take_text("citation"),
    )
    entry.done()
    if choice.shipped not in choice.options:
        raise DataFileError(f"{entry.where}：shipped 不在 options 中。")
    return choice
