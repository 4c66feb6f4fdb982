"""Cases and deadlines as JSON. Parties are left out: the API serves figures and duties, not persons."""

from rest_framework import serializers

from cases.models import Case, Deadline


class CaseSerializer(serializers.ModelSerializer[Case]):
    court = serializers.CharField(source="court.code")
    defendants = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = ["id", "number", "key", "court", "instance", "procedure", "cause", "filed_on", "defendants"]

    def get_defendants(self, case: Case) -> list[dict[str, str]]:
        return [
            {"code": lane.organisation.code, "name": lane.organisation.name, "role": lane.role}
            for lane in case.defendants.all()
        ]


class DeadlineSerializer(serializers.ModelSerializer[Deadline]):
    case = serializers.CharField(source="case.number", default=None)
    organisation = serializers.CharField(source="organisation.code")

    class Meta:
        model = Deadline
        fields = [
            "id", "case", "organisation", "rule", "label", "starts_on", "due_on", "original_due_on",
            "provisional", "calendar", "matter", "state", "met_on", "is_duty", "receipt",
        ]  # fmt: skip
