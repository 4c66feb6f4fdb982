"""The yardstick of the intake: what django-import-export does with the same rows, on the same models."""

from io import BytesIO
from typing import Any

from django.db import transaction
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import DateWidget, ForeignKeyWidget, TimeWidget
from openpyxl import load_workbook
from tablib import Dataset

from cases.models import Case, Dispute, Hearing, Lane, Source
from organisations.authors import Author
from organisations.models import Organisation
from rules.case_numbers import parse_case_number


class _Resource(ModelResource):  # type: ignore[misc]
    """Rows whose other fields are known beforehand."""

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__()
        self.known = known

    def init_instance(self, row: dict[str, Any]) -> Any:
        return self._meta.model(**self.known)


class Cases(_Resource):
    number = Field("number", "案号")
    cause = Field("cause", "案由")
    plaintiffs = Field("plaintiffs", "原告")
    third_parties = Field("third_parties", "第三人")
    judge = Field("judge", "承办法官")
    clerk = Field("clerk", "书记员")
    phone = Field("phone", "联系电话")

    class Meta:
        model = Case
        import_id_fields = ("number",)
        fields = ("number", "cause", "plaintiffs", "third_parties", "judge", "clerk", "phone")

    def init_instance(self, row: dict[str, Any]) -> Case:
        number = parse_case_number(row["案号"]).first
        told = {"key": number.key, "year": number.year, "type_code": number.type, "serial": number.serial}
        return Case(instance="first", **told, **self.known)


class Defendants(_Resource):
    case = Field("case", "案号", ForeignKeyWidget(Case, "number"))
    organisation = Field("organisation", "被诉行政机关", ForeignKeyWidget(Organisation, "name"))
    named_as = Field("named_as", "被诉行政机关")

    class Meta:
        model = Lane
        import_id_fields = ("case", "organisation")
        fields = ("case", "organisation", "named_as")


class Hearings(_Resource):
    case = Field("case", "案号", ForeignKeyWidget(Case, "number"))
    day = Field("day", "开庭日期", DateWidget("%Y-%m-%d"))
    time = Field("time", "开庭时间", TimeWidget("%H:%M"))
    room = Field("room", "法庭")

    class Meta:
        model = Hearing
        import_id_fields = ("case", "day")
        fields = ("case", "day", "time", "room")


def import_dry(content: bytes, court: Organisation, author: Author) -> None:
    """Read the workbook and import it into cases, defendants and hearings; all of it is undone."""
    rows = _dataset(content)
    with transaction.atomic():
        source = Source.objects.create(kind="court", organisation=court, stated_at=author.at)
        dispute = Dispute.objects.create(opened_at=author.at)
        for resource in (
            Cases({"court": court, "source": source, "dispute": dispute}),
            Defendants({"source": source}),
            Hearings({"source": source}),
        ):
            result = resource.import_data(rows, dry_run=False, use_transactions=False)
            assert result.totals["new"] == len(rows), result.row_errors()[:1]
        transaction.set_rollback(True)


def _dataset(content: bytes) -> Dataset:
    """The sheet as tablib wants it: rows as long as the header, the first of several agencies, days without hours."""
    sheet = load_workbook(BytesIO(content), read_only=True).active
    header, *rows = ([value or "" for value in row] for row in sheet.iter_rows(values_only=True))
    agency, day = header.index("被诉行政机关"), header.index("开庭日期")
    for row in rows:
        row += [""] * (len(header) - len(row))
        row[agency], row[day] = row[agency].split("、")[0], row[day].date()
    return Dataset(*rows, headers=header)
