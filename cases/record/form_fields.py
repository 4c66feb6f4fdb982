"""Fields that the forms of cases share: days as people type them, texts, choices, files checked by content."""

import unicodedata
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from lib.attachments import MAX_BYTES, Refused, clean_name, media_type
from lib.written_dates import ValueUnclear, parse_day
from organisations.clock import today
from organisations.files import Attachment
from organisations.forms import SUGGESTS
from organisations.models import Organisation

# Days beyond these are slips of the keyboard.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)
BOUND = "请核对年份，应在 2000 年至 2099 年之间。"
YES_NO = [("", "未载明"), ("yes", "是"), ("no", "否")]
Asked = TypeVar("Asked", bound=forms.Field)
FILE_RULE = "PDF、图片、Word 或 Excel，每个不超过 20 MB"


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class OneFileInput(forms.FileInput):
    """A file input for one file, which yet hands on all that came."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name)


class FilesField(forms.FileField):
    """Several files, checked by content, as attachments."""

    widget: type[forms.FileInput] = ManyFilesInput

    def __init__(self, **options: Any) -> None:
        # An empty one is told with its name, like every other fault.
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Attachment]:
        files = [data] if data and not isinstance(data, list | tuple) else list(data or [])
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        return [_attachment(super(FilesField, self).clean(file, initial)) for file in files]


class OneFileField(FilesField):
    """One file: a second one would have no place, so it is refused by name and none is kept without a word."""

    widget = OneFileInput

    def clean(self, data: Any, initial: Any = None) -> list[Attachment]:
        found = super().clean(data, initial)
        if len(found) > 1:
            names = "、".join(one.name for one in found)
            raise forms.ValidationError(
                f"这里只能附一个文件，选了 {len(found)} 个（{names}）；请合并成一个后上传。"
            )
        return found


def _attachment(file: Any) -> Attachment:
    name = clean_name(file.name)
    try:
        if file.size > MAX_BYTES:
            raise Refused(f"有 {file.size / 2**20:.1f} MB，超过 20 MB，请压缩或拆分后上传")
        content = file.read()
        return Attachment(name, content, media_type(content))
    except Refused as refused:
        raise forms.ValidationError(f"附件“{name}”{refused}。") from refused


class ColleagueField(forms.ModelChoiceField):
    """A choice among posts by the person's name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name}（{obj.get_role_display()}）"


class DayField(forms.DateField):
    """A day as people type it: full-width digits and spaces do not matter, 10月28日 is the nearest one."""

    input_formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]

    def to_python(self, value: Any) -> Any:
        plain = unicodedata.normalize("NFKC", value).replace(" ", "") if isinstance(value, str) else value
        try:
            return super().to_python(plain)
        except forms.ValidationError:
            if "月" not in str(plain):
                raise
            return self._without_year(str(plain))

    def _without_year(self, text: str) -> date:
        now = today()
        try:
            return parse_day(text, month=(now.year, now.month))
        except ValueUnclear as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class PastDayField(DayField):
    """The day of something that happened: it lies neither ahead nor, in papers, before its cause."""


def past_day_field(label: str, **options: Any) -> forms.DateField:
    """A day of something that happened."""
    return day_field(label, of=PastDayField, **options)


def day_field(label: str, *, of: type[DayField] = DayField, **options: Any) -> forms.DateField:
    """A day, typed in any usual way."""
    return of(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"inputmode": "numeric"}),
        validators=[MinValueValidator(EARLIEST, BOUND), MaxValueValidator(LATEST, BOUND)],
        error_messages={"required": f"请填写{label}。", "invalid": f"{label}读不出，请写作 2026-10-28。"},
        **options,
    )


def text_field(label: str, *, lines: int = 1, **options: Any) -> forms.CharField:
    """A text; several lines where more is asked for."""
    widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
    options.setdefault("max_length", 200 if lines == 1 else 5000)
    return forms.CharField(
        label=label, widget=widget, error_messages={"required": f"请填写{label}。"}, **options
    )


def asked(when: str, field: Asked) -> Asked:
    """A field that is required in some cases only: its label says in which, in place of 选填."""
    field.required, field.asked_when = False, when  # type: ignore[attr-defined]
    field.widget.is_required = False
    return field


def put_in_row(form: forms.Form, group: str, number: int, *fields: str, shown: int = 1) -> None:
    """Let these fields be a row of a group; the page shows those beyond the first `shown` on demand."""
    if number > shown:
        for name in fields:
            form.fields[name].widget.attrs |= {"data-rows": group, "data-row": number}


def agency_field(label: str, *, required: bool = True, **options: Any) -> forms.CharField:
    """The name of an agency; the page suggests names while one types."""
    field = text_field(label, required=required, **options)
    field.widget.attrs |= SUGGESTS
    return field


def choice_field(label: str, choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, error_messages={"required": f"请选择{label}。"}, **options
    )


def organisation_named(text: str) -> Organisation | None:
    """The agency with this name, short name or alias. Raises ValidationError with those that come near."""
    name = text.strip()
    if not name:
        return None
    agencies = Organisation.objects.agencies().filter(valid_to=None)
    if found := agencies.named(name).first():
        return found
    near = "、".join(agencies.called(name[-4:]).values_list("name", flat=True)[:5])
    hint = f"相近的有：{near}。" if near else "请写单位全称。"
    raise forms.ValidationError(f"名录中没有“{name}”。{hint}")
