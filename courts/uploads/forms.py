"""What court clerks fill in about an upload: a workbook, corrections, columns, names."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cases.record.form_fields import agency_field
from courts.checking.faults import ABOUT_NAMES, ABOUT_ROWS
from courts.models import Upload
from courts.sheets.columns import COLUMNS, LONG, ONE_AGENCY
from courts.sheets.layouts import SheetLayout
from courts.uploads.corrections import TAKEN_IN, Question
from lib.sheets import MAX_FILE_BYTES

Place = tuple[str, int, str]  # sheet, row, column


CUT = "…"  # at the end of a long value in an issue


MOST_CHANGES = 200  # that a page shows


REQUIRED_ANYWHERE = frozenset(column.name for each in COLUMNS.values() for column in each if column.required)


MOST_CELLS = 300  # inputs on one page; the rest comes when these are done


class UploadForm(forms.Form):
    """A workbook; whether it can be read is found out by reading it."""

    file = forms.FileField(
        label="工作簿",
        help_text="Excel 或 WPS 的 .xlsx、.xls，10 MB 以内；一个文件可含三张表",
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et"}),
        error_messages={"required": "请选择要上传的工作簿。"},
    )
    # Of the page from which it is sent: the same file from the same page twice is one upload.
    key = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=32, initial=lambda: uuid4().hex
    )
    is_addition = forms.BooleanField(
        label="只补充几件，本月已报的其余各行不变", required=False, help_text="月中临时排庭等"
    )

    def key_of(self, content: bytes) -> str:
        """The idempotency key of these bytes from this page; none where the page had no key."""
        key = self.cleaned_data["key"]
        return f"{key}:{hashlib.sha256(content).hexdigest()}" if key else ""

    def content(self) -> tuple[bytes, str]:
        """The bytes of the file and its name; no more bytes than tell that a file is too large."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        return file.read(MAX_FILE_BYTES + 1), file.name or ""


class CorrectionForm(forms.Form):
    """One field for each name that is not clear and for each faulty cell; what is left as it was is no correction."""

    def __init__(self, upload: Upload, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = upload.report
        self.issue_of: dict[str, dict[str, Any]] = {}
        for unclear in self.unclear:
            self.fields[_key("agency", unclear["name"])] = _agency_field(unclear["candidates"])
            self.fields[_key("other", unclear["name"])] = agency_field(
                "机关全称", required=False, max_length=ONE_AGENCY
            )
        self.value_of: dict[str, str] = {}  # as the file has it; an issue shows a long one cut
        held = _held_values(upload) if self._is_cut else {}
        for issue in self._mendable():
            key = _key("cell", issue["sheet"], issue["row"], issue["column"])
            value = held.get((issue["sheet"], issue["row"]), {}).get(issue["column"], issue["value"])
            self.fields[key] = _cell_field(self._choices_of(issue), value)
            self.issue_of.setdefault(key, issue)
            self.value_of.setdefault(key, value)
        self.question_of = {
            _affirm_key(issue): issue for issue in self.report.get("issues", []) if issue.get("asks")
        }
        self.question_of |= {_affirm_key(row): row for row in self.ignored_rows}
        for key in list(self.question_of)[:MOST_CELLS]:
            self.fields[key] = forms.BooleanField(required=False)
        for number, field in enumerate(self.fields.values()):  # the names hold what no id may
            field.widget.attrs["id"] = f"fix-{number}"

    @property
    def unclear(self) -> list[dict[str, Any]]:
        """Names that were not found, and names that may mean several agencies."""
        ambiguous = [
            several | {"candidates": [{"code": name, "name": name} for name in several["candidates"]]}
            for several in self.report.get("ambiguous_agencies", [])
        ]
        return [*self.report.get("unmatched_agencies", []), *ambiguous]

    def names(self) -> dict[str, str]:
        """By name as written: the agency that was chosen (its code) or written."""
        chosen = {
            unclear["name"]: self.cleaned_data.get(_key("other", unclear["name"]), "").strip()
            or self.cleaned_data.get(_key("agency", unclear["name"]), "")
            for unclear in self.unclear
        }
        return {name: words for name, words in chosen.items() if words}

    def cells(self) -> dict[Place, tuple[str, str]]:
        """By place: the value as it was, and as it is now."""
        changed = {}
        for key, issue in self.issue_of.items():
            old, new = self.value_of[key], self.cleaned_data.get(key, "").strip()
            # A cell that need not be filled in may be emptied; one that was not sent stays as it was.
            if key in self.data and new != old and (new or issue["column"] not in REQUIRED_ANYWHERE):
                changed[issue["sheet"], issue["row"], issue["column"]] = (old, new)
        return changed

    @property
    def ignored_rows(self) -> list[dict[str, Any]]:
        """Rows that were passed over, each with the sheet, to be taken in."""
        return [
            {"sheet": sheet["sheet"], "code": TAKEN_IN, "asks": True} | row
            for sheet in self.report.get("sheets", [])
            for row in sheet.get("ignored_rows", ())
            if row["why"] != "blank"
        ]

    def affirmed(self) -> list[Question]:
        """The questions that were answered: it is so."""
        said = (issue for key, issue in self.question_of.items() if self.cleaned_data.get(key))
        return [(issue["sheet"], issue["row"], issue["code"]) for issue in said]

    def affirmation_of(self, issue: dict[str, Any]) -> forms.BoundField | None:
        """The box in which a question about a row is answered."""
        key = _affirm_key(issue)
        return self[key] if issue.get("asks") and key in self.fields else None

    def rows_of_names(self) -> Iterator[tuple[dict[str, Any], forms.BoundField, forms.BoundField]]:
        for unclear in self.unclear:
            yield unclear, self[_key("agency", unclear["name"])], self[_key("other", unclear["name"])]

    def field_of(self, issue: dict[str, Any]) -> forms.BoundField | None:
        """The field in which an issue can be put right, shown once for a cell."""
        key = _key("cell", issue["sheet"], issue["row"], issue["column"])
        return self[key] if self.issue_of.get(key) is issue else None

    def _choices_of(self, issue: dict[str, Any]) -> tuple[str, ...]:
        """The words that may stand in the cell, where its column is a closed list."""
        kind = next(
            (sheet["kind"] for sheet in self.report["sheets"] if sheet["sheet"] == issue["sheet"]), ""
        )
        of_column = (column.offered for column in COLUMNS.get(kind, ()) if column.name == issue["column"])
        return next(of_column, ())

    @property
    def _is_cut(self) -> bool:
        return any(issue["value"].endswith(CUT) for issue in self.report.get("issues", []))

    def _mendable(self) -> list[dict[str, Any]]:
        errors = (issue for issue in self.report.get("issues", []) if issue["severity"] == "error")
        mendable = [
            issue for issue in errors if issue["column"] and issue["code"] not in ABOUT_ROWS | ABOUT_NAMES
        ]
        return mendable[:MOST_CELLS]


class ColumnsForm(forms.Form):
    """Which column of the file is which of ours."""

    def __init__(self, layout: SheetLayout, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout
        names = [
            (column.name, f"{column.name}（须有）" if column.required else column.name)
            for column in COLUMNS[layout.kind]
        ]
        for column in layout.columns:
            self.fields[f"column-{column.index}"] = forms.ChoiceField(
                label=column.header,
                choices=[("", "（不读取）"), *names],
                initial=column.meaning,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = [name for name in data.values() if name]
        twice = sorted({name for name in chosen if chosen.count(name) > 1})
        missing = [c.name for c in COLUMNS[self.layout.kind] if c.required and c.name not in chosen]
        if twice:
            self.add_error(None, f"有两列都对应到“{'、'.join(twice)}”，请只留一列。")
        if missing:
            self.add_error(None, f"请指定这些列：{'、'.join(missing)}。")
        return data

    def meanings(self) -> dict[int, str]:
        """By column of the file: the name of ours, or nothing."""
        return {c.index: self.cleaned_data.get(f"column-{c.index}", "") for c in self.layout.columns}

    def rows(self) -> Iterator[tuple[Any, forms.BoundField]]:
        return ((column, self[f"column-{column.index}"]) for column in self.layout.columns)


def _held_values(upload: Upload) -> dict[tuple[str, int], dict[str, str]]:
    return {(row["sheet"], row["row"]): row["values"] for row in upload.rows.get("held", [])}


def _cell_field(words: tuple[str, ...], value: str) -> forms.Field:
    """A text; of a closed list one of its words, and first what stands in the file."""
    if not words:
        return forms.CharField(required=False, max_length=LONG, initial=value)
    as_it_is = (value, f"现为：{value}" if value else "（空）")
    emptied = [("", "（空）")] if value else []
    offered = [(word, word) for word in words if word != value]
    return forms.ChoiceField(choices=[as_it_is, *emptied, *offered], required=False, initial=value)


def _agency_field(candidates: list[dict[str, Any]]) -> forms.ChoiceField:
    """The candidates, none of them chosen: what a court's name means is a person's word, and remembered as such."""
    choices = [(candidate["code"], candidate["name"]) for candidate in candidates]
    return forms.ChoiceField(choices=choices, required=False, widget=forms.RadioSelect)


def _affirm_key(issue: dict[str, Any]) -> str:
    return _key("affirm", issue["sheet"], issue["row"], issue["code"])


def _key(*parts: Any) -> str:
    return json.dumps(parts, ensure_ascii=False)


class AgencyForm(forms.Form):
    """The agency that a name means, by any of its own names."""

    agency = agency_field("机关", max_length=ONE_AGENCY)
