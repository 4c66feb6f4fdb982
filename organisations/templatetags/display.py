"""Template filters for dates, states and form fields."""

from datetime import date

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lib import display
from organisations import audit
from organisations.models import Organisation
from organisations.requests import turned

register = template.Library()

MISSING = "—"  # unknown; different from 0 and from 不适用


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


@register.filter
def name_on(organisation: Organisation, on: date) -> str:
    """What it was called on the day."""
    return organisation.name_on(on)


@register.filter
def named_then(organisation: Organisation, on: date | None) -> str:
    """Its name, and the one it had on the day where that was another: 市自然资源局（时为市国土资源局）."""
    then = organisation.name_on(on) if on else organisation.name
    return organisation.name if then == organisation.name else f"{organisation.name}（时为{then}）"


@register.filter
def weekday_zh(value: date | str | None) -> str:
    """周一, from a date or an ISO day; — when there is none."""
    return display.weekday_zh(_day(value)) if value else MISSING


@register.filter
def long_date(value: date | str | None) -> str:
    """2026-11-23（周一）, from a date or an ISO day; — when there is none."""
    return display.long_date(_day(value)) if value else MISSING


@register.filter
def short_date(value: date | str | None) -> str:
    """11-23 周一, from a date or an ISO day; — when there is none."""
    return display.short_date(_day(value)) if value else MISSING


@register.filter
def document_date(value: date | str | None) -> str:
    """2026年11月23日, from a date or an ISO day; — when there is none."""
    return display.document_date(_day(value)) if value else MISSING


@register.filter
def calendar_words(version: str) -> str:
    """2026 年第 1 版, from 2026@1."""
    year, _, number = version.partition("@")
    return f"{year} 年第 {number} 版" if number else version


@register.filter
def due_word(due_on: date | str | None, today: date) -> str:
    """逾期 6 天, 今日 24:00 止 or 剩 2 天; — when there is no due day."""
    return display.due_word(_day(due_on), today) if due_on else MISSING


@register.filter
def matter_of(verb: str) -> str:
    """What an audited act is about: 案件, from case.void."""
    return audit.matter_of(verb)


@register.filter
def or_dash(value: object) -> object:
    """The value, or — when it is unknown; 0 and False stay what they are."""
    return MISSING if value is None or value == "" else value


@register.filter
def late_in_red(word: str) -> SafeString | str:
    """A state's word with its bracket marked: only the 逾期 of 逾期完成 is red, not the 完成."""
    head, bracket, tail = word.partition("（")
    return format_html('{}<span class="status-late">（{}</span>', head, tail) if bracket else word


@register.filter
def with_class(field: BoundField) -> SafeString:
    """The field's control with Bootstrap's class, its fault state and its description."""
    attrs: dict[str, str | bool] = {"class": _control_class(field)}
    if field.aria_describedby:
        attrs["aria-describedby"] = field.aria_describedby
    if isinstance(field.field.widget, forms.DateInput) and field.field.widget.input_type == "text":
        attrs |= {"data-date": "", "autocomplete": "off"}
    return field.as_widget(attrs=attrs)


@register.filter
def is_option_list(field: BoundField) -> bool:
    """Whether the field shows its choices one below the other, each with a button of its own."""
    return isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one single check box."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_tag(takes_context=True)
def sort_heading(context: template.Context, key: str, label: str) -> SafeString:
    """A heading on which one presses to sort the list; without a key a plain one."""
    if not key:
        return format_html('<th scope="col">{}</th>', label)
    query = context["request"].GET.copy()
    query.pop("page", None)
    now = query.get("sort", "")
    query["sort"] = turned(now, key)
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    return format_html(
        '<th scope="col" aria-sort="{}"><a href="?{}">{}</a></th>', state, query.urlencode(), label
    )


def _control_class(field: BoundField) -> str:
    widget = field.field.widget
    own = widget.attrs.get("class", "")
    fault = "is-invalid" if field.errors else ""
    return " ".join(filter(None, (_bootstrap_class(widget), own, fault)))


def _bootstrap_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"
