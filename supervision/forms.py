"""Forms of the board, of messages and letters, of the work calendar and the office's own rules."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cases.calendar_notices import NoticeRefused, read_lines
from cases.forms import choice_field, day_field, text_field
from cases.law import Law
from organisations.models import Post
from rules.ladders import Ladder
from supervision.models import LeaveProxy, PushSetting
from supervision.notice_files import rows_of_file

YEARS = (2015, 2100)


class NoticeForm(forms.Form):
    """The notice, and its arrangement by hand or as a file."""

    year = forms.IntegerField(
        label="年度",
        min_value=YEARS[0],
        max_value=YEARS[1],
        error_messages={"required": "请填写年度，如 2027。"},
    )
    notice = forms.CharField(
        label="通知名称及文号",
        max_length=200,
        help_text="如 《国务院办公厅关于2027年部分节假日安排的通知》（国办发明电〔2026〕…号）",
        error_messages={"required": "请填写通知名称及文号。"},
    )
    published_on = forms.DateField(
        label="公布日",
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={
            "required": "请填写公布日，如 2026-11-04。",
            "invalid": "请按 2026-11-04 的样式填写公布日。",
        },
    )
    arrangement = forms.CharField(
        label="安排",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="一行一段：放假 国庆节 2027-10-01 2027-10-07；调休上班日写 上班 国庆节 2027-09-26。放假含其中的周末",
    )
    file = forms.FileField(
        label="或上传表格", required=False, help_text=".xlsx 或 .csv，四列：放假或上班、节日、起、止"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "year" not in data:
            return data
        try:
            data["ranges"] = self._ranges(data)
        except NoticeRefused as refused:
            for fault in refused.faults:
                self.add_error("file" if data.get("file") else "arrangement", fault)
        return data

    def _ranges(self, data: dict[str, Any]) -> list[dict[str, str]]:
        file: UploadedFile[Any] | None = data.get("file")
        if file:
            return rows_of_file(file.read(), data["year"])
        return read_lines(data.get("arrangement", ""), data["year"])


class ApprovalForm(forms.Form):
    """The approval, with the express word that deadlines may come earlier."""

    earlier_allowed = forms.BooleanField(label="同意上列期限提前", required=False)


class SavedViewForm(forms.Form):
    """存为视图."""

    name = forms.CharField(label="名称", max_length=30)
    shared = forms.BooleanField(label="本单位共用", required=False)


class CallForm(forms.Form):
    """记一笔."""

    note = text_field("通话记录", lines=3, max_length=500, help_text="问到的原因、约定的办结日期")


class LetterForm(forms.Form):
    """审签: the text may be changed before it is signed."""

    text = text_field("正文", lines=12)


class PushForm(forms.ModelForm):
    """提醒设置."""

    class Meta:
        model = PushSetting
        fields = ["email", "webhook", "digest", "opens", "closes"]
        labels = {"email": "发邮件", "webhook": "发短信", "digest": "每个工作日的日报（领导为周报）"}
        help_texts = {
            "email": "账号登记了邮箱时发送；开庭提醒不可关闭",
            "webhook": "账号登记了手机号、平台接入短信网关时发送；开庭提醒不可关闭",
            "opens": "推送时段之外的消息等到下一个工作日这一时刻",
        }
        error_messages = {
            "opens": {"invalid": "请写作 08:30。", "required": "请填写推送自几点。"},
            "closes": {"invalid": "请写作 18:00。", "required": "请填写推送至几点。"},
        }
        widgets = {
            "opens": forms.TimeInput(format="%H:%M"),
            "closes": forms.TimeInput(format="%H:%M"),
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("opens") and told.get("closes") and told["opens"] >= told["closes"]:
            self.add_error("closes", "推送时段的止须晚于起。")
        return told


class ColleagueField(forms.ModelChoiceField):
    """A choice among posts by the person's name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name}（{obj.get_role_display()}）"


class LeaveForm(forms.ModelForm):
    """代收人."""

    first = day_field("休假自")
    last = day_field("休假至")

    class Meta:
        model = LeaveProxy
        fields = ["proxy", "first", "last"]
        field_classes = {"proxy": ColleagueField}

    def __init__(self, data: Any = None, *, actor: Post, today: date) -> None:
        super().__init__(data, instance=LeaveProxy(post=actor))
        colleagues = Post.objects.active(on=today).filter(organisation=actor.organisation_id)
        proxy = self.fields["proxy"]
        assert isinstance(proxy, forms.ModelChoiceField)
        proxy.queryset = colleagues.exclude(user=actor.user_id).select_related("user")
        proxy.error_messages = {
            "required": "请选择代收人。",
            "invalid_choice": "请从本单位人员中选择代收人。",
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            self.add_error("last", "休假的止须不早于起。")
        return told


class OfficeRuleForm(forms.Form):
    """A version of a rule that the office sets: the fields that its subject asks for, its first day, its reason."""

    valid_from = day_field("施行日", help_text="起算事件在这一天及以后的，适用新规则")
    reason = text_field("缘由和依据", max_length=300, help_text="如 2026年12月联席会议纪要")

    def value(self) -> dict[str, Any]:
        """What the rule says, in plain values."""
        raise NotImplementedError  # each subject has its own


class LimitRuleForm(OfficeRuleForm):
    """Length and way of counting of a limit."""

    amount = forms.IntegerField(
        label="日数",
        min_value=1,
        max_value=730,
        error_messages={"required": "请填写日数。", "invalid": "请填写整数。"},
    )
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

    def __init__(self, *args: Any, ladder: Ladder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ladder = ladder
        for rung in ladder.rungs:
            unit = "工作日" if rung.counted == "working" else "日"
            self.fields[f"step_{rung.step}"] = forms.IntegerField(
                label=f"{rung.label}（{unit}）", required=False, initial=rung.days, min_value=-90, max_value=365,
                help_text="负数为之前，留空为不设这一级",
            )  # fmt: skip
        steps = [f"step_{rung.step}" for rung in ladder.rungs]
        self.order_fields([*steps, "valid_from", "reason"])

    def value(self) -> dict[str, Any]:
        told = {rung.step: self.cleaned_data[f"step_{rung.step}"] for rung in self.ladder.rungs}
        return {"days": {step: days for step, days in told.items() if days is not None}}
