"""What other systems send and get about notifications."""

from typing import Any

from rest_framework import serializers

from courts.models import Upload
from courts.returns import receipt_of
from courts.uploads import month_of
from rules.report_periods import ReportPeriod

KINDS = ("auto", "schedule", "appearances", "judgments")


class UploadSerializer(serializers.ModelSerializer[Upload]):
    """The report of an upload with where it stands."""

    court = serializers.CharField(source="court.code")
    month = serializers.DateField(format="%Y-%m")
    file_sha256 = serializers.CharField(source="file_id", allow_null=True)
    plan = serializers.CharField(source="plan_hash")
    confirmed = serializers.SerializerMethodField()
    sheets = serializers.SerializerMethodField()
    issues = serializers.SerializerMethodField()
    unmatched_agencies = serializers.SerializerMethodField()
    receipt = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = (
            "id", "court", "month", "state", "file_name", "file_sha256", "plan", "confirmed", "sheets", "issues",
            "unmatched_agencies", "receipt",
        )  # fmt: skip

    def get_confirmed(self, upload: Upload) -> bool:
        return upload.state == Upload.State.CONFIRMED

    def get_sheets(self, upload: Upload) -> list[dict[str, Any]]:
        return list(upload.report.get("sheets", []))

    def get_issues(self, upload: Upload) -> list[dict[str, Any]]:
        return list(upload.report.get("issues", []))

    def get_unmatched_agencies(self, upload: Upload) -> list[dict[str, Any]]:
        return list(upload.report.get("unmatched_agencies", []))

    def get_receipt(self, upload: Upload) -> dict[str, Any] | None:
        return receipt_of(upload)


class NewUploadSerializer(serializers.Serializer[Any]):
    """A workbook, the month it is about, and what it holds."""

    file = serializers.FileField(allow_empty_file=True, error_messages={"required": "请附上工作簿。"})
    month = serializers.CharField(error_messages={"required": "请写明通报月份，如 2026-11。"})
    kind = serializers.ChoiceField(KINDS, default="auto")

    def validate_month(self, text: str) -> ReportPeriod:
        try:
            return month_of(text)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


class ConfirmSerializer(serializers.Serializer[Any]):
    """What a confirmation may say: the hash of the plan it means."""

    plan = serializers.CharField(required=False, max_length=64)
