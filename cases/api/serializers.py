"""Cases and deadlines as JSON. Parties are left out: the API serves figures and duties, not persons."""

from datetime import date
from typing import Any

from rest_framework import serializers

from cases.models import (
    Case,
    Deadline,
    Draft,
    Lane,
    LeaderNotice,
    MandatedEntry,
    Nomination,
    Obligation,
    Paper,
    PerformanceEntry,
    RectificationMeasure,
)
from organisations.models import Head


class MandatedSerializer(serializers.ModelSerializer[MandatedEntry]):
    """代录: who entered it for the agency, on what, at whose request; and what the agency says of it."""

    class Meta:
        model = MandatedEntry
        fields = ["id", "words", "entered_at", "answer", "reason", "answered_at", "decision"]


class MandatedField(serializers.DictField):
    """The same beside what was entered; null where the party stated it itself."""

    def to_representation(self, value: Any) -> dict[str, Any]:
        return dict(MandatedSerializer(value).data)


class CaseSerializer(serializers.ModelSerializer[Case]):
    court = serializers.CharField(source="court.code")
    defendants = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = ["id", "number", "key", "court", "instance", "procedure", "cause", "filed_on", "defendants"]

    def get_defendants(self, case: Case) -> list[dict[str, str]]:
        return [
            {"code": lane.organisation.code, "name": lane.organisation.name, "role": lane.role}
            for lane in case.lanes.all()
        ]


class DeadlineSerializer(serializers.ModelSerializer[Deadline]):
    case = serializers.CharField(source="case.number", default=None, allow_null=True)
    organisation = serializers.CharField(source="organisation.code")

    class Meta:
        model = Deadline
        fields = [
            "id", "case", "organisation", "rule", "label", "starts_on", "due_on", "original_due_on",
            "provisional", "calendar", "matter", "state", "met_on", "is_duty", "computation",
        ]  # fmt: skip


class LaneSerializer(serializers.ModelSerializer[Lane]):
    case = serializers.CharField(source="case.number")
    case_id = serializers.IntegerField()
    organisation = serializers.CharField(source="organisation.code")
    received_on = serializers.DateField(source="service_receipt.received_on", default=None, allow_null=True)
    mandated = MandatedField(source="service_receipt.source.entry", default=None, allow_null=True)

    class Meta:
        model = Lane
        fields = ["id", "case", "case_id", "organisation", "role", "received_on", "mandated"]


class HeadSerializer(serializers.ModelSerializer[Head]):
    organisation = serializers.CharField(source="organisation.code")

    class Meta:
        model = Head
        fields = [
            "id", "organisation", "name", "position", "kind", "in_charge_of", "first", "last", "revision",
        ]  # fmt: skip


class DraftSerializer(serializers.ModelSerializer[Draft]):
    class Meta:
        model = Draft
        fields = ["id", "kind", "subject", "key", "typed", "revision", "saved_at"]


class PaperSerializer(serializers.ModelSerializer[Paper]):
    case = serializers.CharField(source="lane.case.number")
    organisation = serializers.CharField(source="lane.organisation.code")
    review = serializers.CharField(source="review.verdict", default=None, allow_null=True)
    comments = serializers.JSONField(source="review.comments", default=dict)
    deliveries = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()
    mandated = MandatedField(source="source.entry", default=None, allow_null=True)

    class Meta:
        model = Paper
        fields = [
            "id", "number", "kind", "version", "case", "organisation", "subject", "content", "late_reason",
            "submitted_at", "submitted_on", "review", "comments", "deliveries", "files",
            "mandated",
        ]  # fmt: skip

    def get_deliveries(self, paper: Paper) -> list[dict[str, str | None]]:
        return [
            {
                "recipient": one.recipient.code,
                "delivered_at": one.delivered_at.isoformat(),
                "opened_at": one.opened_at.isoformat() if one.opened_at else None,
            }
            for one in paper.deliveries.all()
        ]

    def get_files(self, paper: Paper) -> list[dict[str, str]]:
        return [{"name": one.name, "sha256": one.file_id} for one in paper.files.all()]


class EntrySerializer(serializers.ModelSerializer[PerformanceEntry]):
    mandated = MandatedField(source="source.entry", default=None, allow_null=True)

    class Meta:
        model = PerformanceEntry
        fields = [
            "id", "kind", "happened_on", "text", "same_act", "verdict", "verdict_note", "entered_at", "mandated",
        ]  # fmt: skip


class ObligationSerializer(serializers.ModelSerializer[Obligation]):
    case = serializers.CharField(source="lane.case.number")
    organisation = serializers.CharField(source="lane.organisation.code")
    entries = EntrySerializer(many=True)
    due_on = serializers.SerializerMethodField(help_text="as its deadline says; null where it has none")
    estimated = serializers.SerializerMethodField(
        help_text="whether the length of the period is the office's"
    )

    class Meta:
        model = Obligation
        fields = [
            "id", "case", "organisation", "kind", "certainty", "content", "due_on", "estimated", "state",
            "performed_on", "entries",
        ]  # fmt: skip

    def get_due_on(self, obligation: Obligation) -> date | None:
        deadline = self._deadline(obligation)
        return deadline.due_on if deadline else None

    def get_estimated(self, obligation: Obligation) -> bool:
        deadline = self._deadline(obligation)
        return bool(deadline and deadline.computation["estimated"])

    def _deadline(self, obligation: Obligation) -> Deadline | None:
        """Of those that the view fetched with the lane."""
        return obligation.deadline_among(obligation.lane.deadlines.all())


class NominationSerializer(serializers.ModelSerializer[Nomination]):
    case = serializers.CharField(source="hearing.case.number")
    organisation = serializers.CharField(source="lane.organisation.code")
    day = serializers.DateField(source="hearing.day")
    mandated = MandatedField(source="source.entry", default=None, allow_null=True)

    class Meta:
        model = Nomination
        fields = [
            "id", "case", "organisation", "hearing", "day", "head", "name", "position", "rank", "named_at",
            "confirmed_at", "replaced_at", "replaced_reason", "mandated",
        ]  # fmt: skip


class NoticeSerializer(serializers.ModelSerializer[LeaderNotice]):
    case = serializers.CharField(source="lane.case.number")

    class Meta:
        model = LeaderNotice
        fields = [
            "id",
            "case",
            "kind",
            "head",
            "paper",
            "content",
            "asked_at",
            "answered_at",
            "agreed",
            "opinion",
        ]


class MeasureSerializer(serializers.ModelSerializer[RectificationMeasure]):
    about = serializers.CharField()
    organisation = serializers.CharField(source="organisation.code")

    class Meta:
        model = RectificationMeasure
        fields = [
            "id", "about", "organisation", "paper", "plan", "text", "owner", "due_on", "done_on", "proof",
            "accepted_at", "acceptance", "refusal",
        ]  # fmt: skip
