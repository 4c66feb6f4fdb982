"""What other systems send and get about notifications."""

from typing import Any

from rest_framework import serializers

from courts.models import Kind, Upload
from courts.notifications.acknowledgement import acknowledgement_of
from courts.notifications.confirmation import Answers
from courts.notifications.effects import with_deadlines
from courts.sheets.columns import COLUMNS, LONG
from courts.uploads.corrections import Cell, Question
from courts.uploads.planning import month_of, require_month_open
from courts.uploads.questions import month_asked
from organisations.clock import today
from rules.report_periods import ReportPeriod

KINDS = ("auto", *COLUMNS)
# Parts of the report that are handed on as they are.
REPORTED = (
    "sheets", "questions", "issues", "notices", "unmatched_agencies", "changes", "missing", "suspected", "remarks",
)  # fmt: skip


class UploadSerializer(serializers.ModelSerializer[Upload]):
    """The report of an upload with where it stands."""

    court = serializers.CharField(source="court.code")
    month = serializers.SerializerMethodField()
    file_sha256 = serializers.CharField(source="file_id", allow_null=True)
    plan = serializers.CharField(source="plan_hash")
    confirmed = serializers.SerializerMethodField()
    receipt = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = (
            "id", "court", "month", "state", "is_addition", "file_name", "file_sha256", "plan", "confirmed",
            "corrections", "receipt",
        )  # fmt: skip

    def to_representation(self, upload: Upload) -> dict[str, Any]:
        told = super().to_representation(upload) | {name: upload.report.get(name, []) for name in REPORTED}
        if upload.state == Upload.State.CONFIRMED:
            told["sheets"] = with_deadlines(told["sheets"], upload.effects.get("created", {}))
        return told

    def get_month(self, upload: Upload) -> str:
        return f"{upload.month:%Y-%m}"

    def get_confirmed(self, upload: Upload) -> bool:
        return upload.state == Upload.State.CONFIRMED

    def get_receipt(self, upload: Upload) -> dict[str, Any] | None:
        return acknowledgement_of(upload)


class _MonthField(serializers.CharField):
    """A month such as 2026-11, of which courts may tell by now."""

    def to_internal_value(self, data: Any) -> ReportPeriod:  # type: ignore[override]
        try:
            month = month_of(super().to_internal_value(data))
            require_month_open(month, today())
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error
        return month


class NewUploadSerializer(serializers.Serializer[Any]):
    """A workbook, the month it is about, and what it holds; an addition leaves the month's other rows alone."""

    file = serializers.FileField(allow_empty_file=True, error_messages={"required": "请附上工作簿。"})
    month = _MonthField(error_messages={"required": "请写明通报月份，如 2026-11。"})
    kind = serializers.ChoiceField(KINDS, default="auto")
    is_addition = serializers.BooleanField(default=False)


class NilSerializer(serializers.Serializer[Any]):
    """Of which kind there is nothing to tell, for which month."""

    month = _MonthField(error_messages={"required": "请写明通报月份，如 2026-11。"})
    kind = serializers.ChoiceField(Kind.choices)


class _CellSerializer(serializers.Serializer[Any]):
    sheet = serializers.CharField(max_length=100)
    row = serializers.IntegerField(min_value=1)
    column = serializers.CharField(max_length=30)
    value = serializers.CharField(max_length=LONG)


class _QuestionSerializer(serializers.Serializer[Any]):
    sheet = serializers.CharField(max_length=100)
    row = serializers.IntegerField(min_value=1)
    code = serializers.CharField(max_length=30)


class CorrectionsSerializer(serializers.Serializer[Any]):
    """`names`: by name as written the code or a name of the agency. `cells`: places with their right values.

    `affirmed`: rows that an issue with `asks` is about, and that are right as they are.
    """

    names = serializers.DictField(child=serializers.CharField(max_length=200), default=dict)
    cells = _CellSerializer(many=True, default=list)
    affirmed = _QuestionSerializer(many=True, default=list)

    def names_in(self, upload: Upload) -> dict[str, str]:
        """The names; only those that the check found unclear can be given a meaning. Raises ValidationError."""
        unclear = [*upload.report.get("unmatched_agencies", ()), *upload.report.get("ambiguous_agencies", ())]
        names: dict[str, str] = self.validated_data["names"]
        if clear := names.keys() - {name["name"] for name in unclear}:
            raise serializers.ValidationError({"names": [f"“{min(clear)}”不在待指定的机关名称里。"]})
        return names

    def questions(self) -> list[Question]:
        """The questions that are answered with: it is so."""
        return [(each["sheet"], each["row"], each["code"]) for each in self.validated_data["affirmed"]]

    def cells_by_place(self) -> dict[Cell, tuple[str, str]]:
        """The cells as the use case takes them; what stood there before is not told by this way."""
        return {
            (cell["sheet"], cell["row"], cell["column"]): ("", cell["value"])
            for cell in self.validated_data["cells"]
        }


class _HearingSerializer(serializers.Serializer[Any]):
    case_key = serializers.CharField(max_length=60)
    day = serializers.DateField()


class ConfirmSerializer(serializers.Serializer[Any]):
    """The hash of the plan that is meant, why there is a new version, what changes are, hearings off the list."""

    plan = serializers.CharField(required=False, max_length=64)
    reason = serializers.CharField(required=False, max_length=500, default="")
    changes_are = serializers.ChoiceField(["event", "correction"], required=False)
    month_is_right = serializers.BooleanField(default=False)
    withdrawn = _HearingSerializer(many=True, default=list)
    withdrawal_reason = serializers.CharField(required=False, max_length=300, default="")

    def missing_in(self, upload: Upload) -> str:
        """Which answer the upload calls for and nobody gave, in Chinese; nothing where all are there."""
        valid = self.validated_data
        if month_asked(upload) and not valid["month_is_right"]:
            return "表里写的月份与所报月份不同，请核对后写明无误（month_is_right）。"
        if upload.report.get("replaces") and not valid["reason"]:
            return "本月已报过，请写明更正原因（reason）。"
        if upload.report.get("changes") and "changes_are" not in valid:
            return "有变更，请写明是事实变化还是录入更正（changes_are）。"
        if valid["withdrawn"] and not valid["withdrawal_reason"]:
            return "请写明撤销排庭的原因（withdrawal_reason）。"
        return ""

    def answers(self, upload: Upload) -> Answers:
        """What was said, for the confirmation."""
        valid = self.validated_data
        mended = valid.get("changes_are") == "correction"
        return Answers(
            reason=valid["reason"],
            corrected=[(each["sheet"], each["row"]) for each in upload.report.get("changes", ()) if mended],
            withdrawn=[(each["case_key"], each["day"].isoformat()) for each in valid["withdrawn"]],
            withdrawal_reason=valid["withdrawal_reason"],
        )
