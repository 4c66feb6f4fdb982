"""Forms about one deadline: orders of the office, corrections, papers that came in, what was done."""

from datetime import datetime
from typing import Any

from django import forms
from django.core import signing

from cases.deadlines.completion import Done
from cases.deadlines.incoming import Received
from cases.deadlines.orders import Order
from cases.models import DeadlineOrder, Incoming
from cases.record.form_fields import FILE_RULE, OneFileField, asked, choice_field, day_field, text_field
from organisations.files import Attachment, read, store
from organisations.models import StoredFile

Kind = DeadlineOrder.Kind


class WithFile(forms.Form):
    """A form to which one file may be added; between preview and confirmation it is kept under a signed reference."""

    file = OneFileField(label="扫描件", required=False, help_text=FILE_RULE)
    kept = forms.CharField(required=False, widget=forms.HiddenInput, max_length=1000)
    envelope: tuple[str, ...] = ("file", "kept")

    def clean_kept(self) -> Attachment | None:
        """The file that was added before the preview."""
        try:
            cleaned = (
                signing.loads(self.cleaned_data["kept"], salt="kept-file")
                if self.cleaned_data["kept"]
                else None
            )
        except signing.BadSignature as error:
            raise forms.ValidationError("附件已失效，请重新选择文件。") from error
        if cleaned is None:
            return None
        stored = StoredFile.objects.filter(pk=cleaned["digest"]).first()
        return Attachment(cleaned["name"], read(stored), stored.media_type) if stored else None

    def attachment(self) -> Attachment | None:
        """The file that was added, now or before the preview."""
        files: list[Attachment] = self.cleaned_data.get("file") or []
        return files[0] if files else self.cleaned_data.get("kept")

    def keep(self, *, at: datetime) -> str:
        """Keep the file that was added until the confirmation; returns its name, or nothing."""
        attachment = self.attachment()
        if attachment is None:
            return ""
        stored = store(attachment.content, media_type=attachment.media_type, at=at)
        reference = signing.dumps({"digest": stored.pk, "name": attachment.name}, salt="kept-file")
        self.data = {**self.data.dict(), "kept": reference}  # type: ignore[attr-defined]
        return attachment.name


class OrderForm(WithFile):
    """中止、延期、另定期限 or 免除: each asks for its own days, all for ground and document."""

    first = day_field("中止自", help_text="这一天起不计入期间")
    last = day_field("中止至", required=False, help_text="仍在中止的请留空，恢复时再登记")
    ends_on = day_field("新的届满日")
    ground = choice_field("事由", DeadlineOrder.Ground.choices)
    document = text_field("依据文书", help_text="文书名称和文号，如 准许延期通知书（2026）鲁1602行初12号")
    reason = asked("选“其他”的须填", text_field("说明", lines=2, max_length=500))
    DAYS = {Kind.PAUSE: ("first", "last"), Kind.EXTEND: ("ends_on",), Kind.SET: ("ends_on",), Kind.WAIVE: ()}

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in {"first", "last", "ends_on"} - set(self.DAYS[Kind(kind)]):
            del self.fields[name]
        self.order_fields([name for name in self.fields if name not in self.envelope])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ground") == DeadlineOrder.Ground.OTHER and not cleaned.get("reason"):
            self.add_error("reason", "选“其他”的，请说明事由。")
        return cleaned

    def order(self) -> Order:
        """What is ordered."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name not in self.envelope}
        return Order(kind=self.kind, attachment=self.attachment(), **cleaned)


class ResumeForm(forms.Form):
    """恢复计时."""

    last = day_field("中止至", help_text="这是不计入期间的最后一天，次日起继续计算")
    document = text_field("恢复依据", help_text="文书名称和文号")


class CorrectionForm(forms.Form):
    """更正收到日期."""

    received_on = day_field("正确的收到日期", help_text="以送达回证为准")
    reason = text_field("更正原因", help_text="如 送达回证载明 9 月 16 日，签收时误填")


class IncomingForm(WithFile):
    """来文登记."""

    kind = choice_field("来文", Incoming.Kind.choices)
    document = text_field("文号或名称", help_text="如 （2026）鲁1602司建3号")
    received_on = day_field("收到日期")
    note = text_field("说明", lines=2, required=False, max_length=500)
    field_order = ["kind", "document", "received_on", "note", "file"]

    def received(self) -> Received:
        """The paper as it is registered."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name not in self.envelope}
        return Received(attachment=self.attachment(), **cleaned)


class CompletionForm(WithFile):
    """办结登记."""

    done_on = day_field("办结日期")
    how = text_field("办理情况", lines=3, max_length=500, help_text="做了什么、结果如何")
    late_reason = asked("超过期限办结的须说明", text_field("逾期原因"))
    field_order = ["done_on", "how", "late_reason", "file"]

    def done(self) -> Done:
        """What was done."""
        cleaned = self.cleaned_data
        return Done(cleaned["done_on"], cleaned["how"], cleaned.get("late_reason", ""), self.attachment())
