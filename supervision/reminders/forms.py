"""Forms of messages: how they should reach a person, who stands in, what came of a call."""

from datetime import date
from typing import Any

from django import forms

from cases.record.form_fields import ColleagueField, day_field, text_field
from organisations.models import Post
from organisations.roles import ADMINISTRATORS
from supervision.models import LeaveProxy, PushSetting
from supervision.reminders.channels import PUSHED


class CallForm(forms.Form):
    """记一笔."""

    note = text_field("通话记录", lines=3, max_length=500, help_text="问到的原因、约定的办结日期")


class PushForm(forms.ModelForm):
    """提醒设置."""

    class Meta:
        model = PushSetting
        fields = [*PUSHED, "digest", "opens", "closes"]
        labels = {key: channel.switch for key, channel in PUSHED.items()} | {
            "digest": "每个工作日的日报（领导为周报）"
        }
        help_texts = {key: channel.help_text for key, channel in PUSHED.items()} | {
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
        cleaned = super().clean() or {}
        if cleaned.get("opens") and cleaned.get("closes") and cleaned["opens"] >= cleaned["closes"]:
            self.add_error("closes", "推送时段的止须晚于起。")
        return cleaned


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
        others = colleagues.exclude(user=actor.user_id).exclude(role__in=ADMINISTRATORS)
        proxy.queryset = others.select_related("user")
        proxy.empty_label = "请选择"
        proxy.error_messages = {
            "required": "请选择代收人。",
            "invalid_choice": "请从本单位人员中选择代收人。",
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", "休假的止须不早于起。")
        return cleaned
