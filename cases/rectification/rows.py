"""整改措施 in a form: rows that each say what, who and by when."""

from datetime import date
from typing import Any

from django import forms

from cases.record.form_fields import day_field, put_in_row, text_field

MOST_MEASURES = 5


class MeasureRows(forms.Form):
    """To be mixed into a form with an `envelope`, which stays below the rows. The first row is asked for."""

    envelope: tuple[str, ...]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_MEASURES + 1):
            self.fields[f"measure_{n}"] = text_field(f"整改措施 {n}", required=n == 1, max_length=500)
            self.fields[f"owner_{n}"] = text_field(f"责任人 {n}", required=n == 1, max_length=100)
            self.fields[f"due_{n}"] = day_field(f"完成期限 {n}", required=n == 1)
            put_in_row(self, "整改措施", n, f"measure_{n}", f"owner_{n}", f"due_{n}")
        self.order_fields([name for name in self.fields if name not in self.envelope])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for n in range(1, MOST_MEASURES + 1):
            parts = {name: cleaned.get(f"{name}_{n}") for name in ("measure", "owner", "due")}
            if any(parts.values()):
                for name in [name for name, value in parts.items() if not value]:
                    if f"{name}_{n}" not in self.errors:
                        self.add_error(f"{name}_{n}", f"请填写{self.fields[f'{name}_{n}'].label}。")
        return cleaned

    def measures(self) -> list[tuple[str, str, date]]:
        """What, who and by when."""
        cleaned = self.cleaned_data
        rows = [
            (cleaned[f"measure_{n}"], cleaned[f"owner_{n}"], cleaned[f"due_{n}"])
            for n in range(1, MOST_MEASURES + 1)
        ]
        return [row for row in rows if all(row)]
