"""What court clerks answer with a confirmation, and the nil return."""

from typing import Any

from django import forms

from courts.models import Upload
from courts.notifications.confirmation import Answers
from courts.uploads.forms import MOST_CHANGES
from courts.uploads.questions import month_asked


class NilForm(forms.Form):
    """零通报 of one kind: said on purpose, with a tick."""

    sure = forms.BooleanField(
        label="本月确无此项", error_messages={"required": "请勾选“本月确无此项”后再报送零通报。"}
    )


class ConfirmForm(forms.Form):
    """The answers with a confirmation: why there is a new version, whether changes are events or corrections."""

    EVENT, CORRECTION, EACH = "event", "correction", "each"
    NATURES = ((EVENT, "事实变化（如改期）"), (CORRECTION, "录入更正（上次填错）"), (EACH, "逐行说明"))
    reason = forms.CharField(
        label="更正原因",
        max_length=500,
        error_messages={"required": "请写明更正原因，如 补报漏填的两件。"},
        help_text="本月已报过，这是新的一版",
        widget=forms.TextInput(),
    )
    nature = forms.ChoiceField(
        label="这些变更是",
        choices=NATURES,
        error_messages={"required": "请选择这些变更是事实变化还是录入更正。"},
        widget=forms.RadioSelect,
    )
    withdrawal_reason = forms.CharField(label="撤销排庭的原因", max_length=300, required=False)
    month_is_right = forms.BooleanField(
        label="月份没有错，照此报送",
        error_messages={"required": "表里写的月份与所报月份不同：请改报，或勾选“月份没有错”。"},
    )
    plan = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, upload: Upload, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes = upload.report.get("changes", [])
        self.gone = {
            (key, day) for row in upload.report.get("missing", []) for key, day in row.get("hearings", ())
        }
        if not month_asked(upload):
            del self.fields["month_is_right"]
        if not upload.report.get("replaces", False):
            del self.fields["reason"]
        if not self.changes:
            del self.fields["nature"]
        elif len(self.changes) > MOST_CHANGES:  # not all of them are shown
            self.fields["nature"].choices = self.NATURES[:2]  # type: ignore[attr-defined]
        if not self.gone:
            del self.fields["withdrawal_reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("nature") == self.EACH and any(not self._nature(at) for at in range(len(self.changes))):
            self.add_error("nature", "请逐行选择是事实变化还是录入更正。")
        if self._withdrawn() and not data.get("withdrawal_reason"):
            self.add_error("withdrawal_reason", "请写明撤销排庭的原因。")
        return data

    def answers(self) -> Answers:
        """What the clerk said, for the confirmation."""
        return Answers(
            reason=self.cleaned_data.get("reason", ""),
            corrected=self._corrected(),
            withdrawn=self._withdrawn(),
            withdrawal_reason=self.cleaned_data.get("withdrawal_reason", ""),
        )

    def _corrected(self) -> list[tuple[str, int]]:
        nature = self.cleaned_data.get("nature")
        natures = [self._nature(at) if nature == self.EACH else nature for at in range(len(self.changes))]
        return [
            (change["sheet"], change["row"])
            for change, each in zip(self.changes, natures, strict=True)
            if each == self.CORRECTION
        ]

    def _nature(self, at: int) -> str:
        said = self.data.get(f"nature-{at}", "")
        return said if said in (self.EVENT, self.CORRECTION) else ""

    def _withdrawn(self) -> list[tuple[str, str]]:
        """Hearings (case key, day) among those that this version does not set."""
        said = self.data.getlist("withdrawn") if hasattr(self.data, "getlist") else []
        pairs = ((key, day) for key, _, day in (each.rpartition("@") for each in said))
        return [pair for pair in pairs if pair in self.gone]
