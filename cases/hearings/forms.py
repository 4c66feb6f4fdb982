"""Forms about the head who appears: the roster, the choice, the head's own no, who of several, what happened."""

from typing import Any

from django import forms

from cases.models import Designation, Lane
from cases.record.form_fields import YES_NO, asked, choice_field, day_field, text_field
from organisations.models import Head
from rules.appearance import HeadKind, IdCertificate


class HeadChoiceForm(forms.Form):
    """确定出庭负责人 from the roster."""

    head = forms.ModelChoiceField(
        Head.objects.none(), label="出庭负责人", widget=forms.RadioSelect, empty_label=None,
        error_messages={"required": "请选择出庭负责人。", "invalid_choice": "请从本单位负责人名册中选择。"},
    )  # fmt: skip
    reason = asked("更换已确定的负责人的须填", text_field("更换原因"))

    def __init__(self, *args: Any, heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = heads  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """不能出庭."""

    reason = text_field("不能出庭的原因", max_length=180)


class AnswerForm(forms.Form):
    """阅示."""

    agreed = choice_field("结论", [("yes", "同意"), ("no", "退回修改")])
    opinion = text_field("意见", required=False, max_length=500)


class RosterForm(forms.Form):
    """负责人名册的一项."""

    name = text_field("姓名", max_length=100)
    position = text_field("职务", max_length=100, help_text="如 副局长")
    kind = choice_field("类别", [("", "请选择"), *((kind.value, kind.label) for kind in HeadKind)])
    in_charge_of = text_field("分管领域", required=False)
    first = day_field("任职自")
    last = day_field("任职至", required=False, help_text="现任的留空")
    account = text_field("本人账号", required=False, help_text="填写后由本人在手机上确认")


class DesignationForm(forms.Form):
    """共同被告由谁出庭."""

    lane = forms.ModelChoiceField(Lane.objects.none(), label="出庭机关", empty_label="请选择")
    ground = choice_field("依据", Designation.Ground.choices)

    def __init__(self, *args: Any, lanes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lane"].queryset = lanes  # type: ignore[attr-defined]
        self.fields["lane"].label_from_instance = lambda lane: lane.organisation.name  # type: ignore[attr-defined]


class AppearanceForm(forms.Form):
    """出庭登记: within a minute, on a phone."""

    attended = choice_field("负责人是否出庭", [("yes", "出庭"), ("no", "未出庭")], widget=forms.RadioSelect)
    head = asked(
        "出庭的须选", forms.ModelChoiceField(Head.objects.none(), label="出庭负责人", empty_label="未出庭")
    )
    spoke = choice_field("是否发言", YES_NO, required=False)
    opinion_given = choice_field("是否就化解发表意见", YES_NO, required=False)
    left_early = choice_field("是否中途退庭", YES_NO, required=False)
    staff_attended = choice_field("工作人员是否出庭", YES_NO, required=False)
    lawyer_only = choice_field("是否仅律师出庭", YES_NO, required=False)
    id_certificate = choice_field(
        "身份证明", [("", "未载明"), *((one.value, one.label) for one in IdCertificate)], required=False
    )
    held_on = day_field("实际开庭日期", required=False, help_text="与上面的开庭日期不同的才填")
    note = text_field("备注", required=False, max_length=500)
    ANSWERS = ("attended", "spoke", "opinion_given", "left_early", "staff_attended", "lawyer_only")

    def __init__(self, *args: Any, heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = heads  # type: ignore[attr-defined]

    def statement(self) -> dict[str, Any]:
        """What is stated, in the fields of `AppearanceStatement`."""
        said = dict(self.cleaned_data)
        return said | {name: {"yes": True, "no": False}.get(said[name]) for name in self.ANSWERS}
