"""Versions of what the office sets itself: a length, an answer to an open question, the days of a ladder."""

from collections.abc import Iterable
from typing import Any

from django import forms

from cases.law import Law
from cases.record.form_fields import choice_field, day_field, text_field
from rules.appearance import Source
from rules.authority import Authority, Fact
from rules.ladders import Ladder

SIDES = [(one.value, one.label) for one in (Source.COURT, Source.AGENCY)]
ORDERS = (("court", "office", "agency"), ("office", "court", "agency"), ("court", "agency", "office"))


def _order_words(order: Iterable[str]) -> str:
    return "、".join(Source.of(word).label for word in order)


def whole_number(label: str, least: int, most: int) -> forms.IntegerField:
    """A number of days, with its bounds named."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages={
            "required": f"请填写{label}。",
            "invalid": "请填写整数。",
            "min_value": f"须在 {least} 以上。",
            "max_value": f"须在 {most} 以内。",
        },
    )


class OfficeRuleForm(forms.Form):
    """A version of a rule that the office sets: the fields that its subject asks for, its first day, its reason."""

    valid_from = day_field("施行日", help_text="起算事件在这一天及以后的，适用新规则")
    reason = text_field("缘由和依据", max_length=300, help_text="如 2026年12月联席会议纪要")

    def value(self) -> dict[str, Any]:
        """What the rule says, in plain values."""
        raise NotImplementedError  # each subject has its own


class LimitRuleForm(OfficeRuleForm):
    """Length and way of counting of a limit."""

    amount = whole_number("日数", 1, 730)
    mode = choice_field("计法", [("calendar", "自然日（末日逢休假日顺延）"), ("working", "工作日")])
    field_order = ["amount", "mode", "valid_from", "reason"]

    def value(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("amount", "mode")}


class ChoiceRuleForm(OfficeRuleForm):
    """One of the answers to an open question."""

    field_order = ["value", "valid_from", "reason"]

    def __init__(self, *args: Any, key: str, law: Law, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = law.choices.questions[key].options
        self.fields["value"] = choice_field("选定", list(options.items()), widget=forms.RadioSelect)
        self.order_fields(self.field_order)

    def value(self) -> dict[str, Any]:
        return {"value": self.cleaned_data["value"]}


class LadderRuleForm(OfficeRuleForm):
    """The day of each step of a ladder; a step left blank is not taken."""

    def __init__(self, *args: Any, ladder: Ladder, now: Ladder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ladder = ladder
        days = {rung.step: rung.days for rung in now.rungs}
        for rung in ladder.rungs:
            unit = "工作日" if rung.counted == "working" else "日"
            self.fields[f"step_{rung.step}"] = forms.IntegerField(
                label=f"{rung.label}，按{unit}", required=False, initial=days.get(rung.step),
                min_value=-90, max_value=365,
                help_text="负数为之前，留空为不设这一级",
            )  # fmt: skip
        steps = [f"step_{rung.step}" for rung in ladder.rungs]
        self.order_fields([*steps, "valid_from", "reason"])

    def value(self) -> dict[str, Any]:
        cleaned = {rung.step: self.cleaned_data[f"step_{rung.step}"] for rung in self.ladder.rungs}
        return {"days": {step: days for step, days in cleaned.items() if days is not None}}


class AuthorityRuleForm(OfficeRuleForm):
    """How far two days may differ, who may contest, until when; of appearances also whose word stands first.

    The other facts are written down as courts tell them, so there the court's word stands until a person decides.
    """

    order = choice_field("未认定之前依次以谁为准", [(",".join(one), _order_words(one)) for one in ORDERS])
    tolerance_days = whole_number("日期相差多少日以内算一致", 0, 10)
    contested_by = forms.MultipleChoiceField(
        label="谁可以提出", choices=SIDES, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择谁可以提出。"},
    )  # fmt: skip
    contest_days = whole_number("办结期限（工作日）", 1, 60)
    field_order = ["order", "tolerance_days", "contested_by", "contest_days", "valid_from", "reason"]

    def __init__(self, data: Any, *, fact: str, now: Authority) -> None:
        initial = {
            "order": ",".join(one.value for one in now.order),
            "tolerance_days": now.tolerance_days,
            "contested_by": [one.value for one in now.contested_by],
            "contest_days": now.contest_days,
        }
        super().__init__(data, initial=initial)
        if fact != Fact.APPEARANCE:
            del self.fields["order"]

    def value(self) -> dict[str, Any]:
        told = {name: self.cleaned_data[name] for name in ("tolerance_days", "contested_by", "contest_days")}
        order = self.cleaned_data.get("order")
        return told | ({"order": order.split(",")} if order else {})
