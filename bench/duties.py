"""Open duties in their hundreds of thousands, made by the database itself: each agency has a liaison."""

from datetime import date

from django.db import connection

from organisations.models import Organisation, Post, User
from organisations.roles import Role

CASES = 20_000
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) "
_AGENCY = "(SELECT id FROM bench_agency WHERE rank = i % (SELECT count(*) FROM bench_agency))"
_CASE = f"(i % {CASES} + 1)"
RECEIPT = '{"explanation": "", "citation": "", "starts_on": "2026-11-01", "due_on": "2026-11-08", "mode": "calendar"}'


def fill_lanes(count: int = CASES) -> None:
    """So many cases of one court, one lane each, spread over the agencies."""
    _run(
        "CREATE TEMP TABLE bench_agency AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank "
        "FROM organisations_organisation WHERE kind = 'department' AND valid_to IS NULL",
        "CREATE UNIQUE INDEX temp.bench_rank ON bench_agency (rank)",
        "INSERT INTO cases_source (id, kind, stated_at, reference, file_name, sheet, cells, organisation_id) "
        "SELECT 1, 'court', '2026-11-01 00:00:00', '', '', '', '{}', id "
        "FROM organisations_organisation WHERE code = '鲁1602'",
        _insert("dispute", count, id="i", opened_at="'2026-01-01'"),
        _insert(
            "case", count, id="i", key="'2026|鲁1602||行初|' || i", number="'（2026）鲁1602行初' || i || '号'",
            year="2026", type_code="'行初'", serial="i", instance="'first'", procedure="''", cause="''",
            origin_number="''", plaintiffs="''", third_parties="''", judge="''", clerk="''", phone="''",
            court_id="(SELECT organisation_id FROM cases_source)", dispute_id="i", source_id="1",
        ),
        _insert(
            "lane", count, id="i", role="'acted'", named_as="''", case_id="i", organisation_id=_AGENCY,
            source_id="1",
        ),
    )  # fmt: skip


def fill_duties(count: int, *, due: date, share_due: int) -> None:
    """So many open duties; every `share_due`-th ends on that day, the others a year and more later."""
    is_due = f"(i % {share_due} = 0)"
    ends = f"CASE WHEN {is_due} THEN '{due}' ELSE date('{due}', (400 + i % 300) || ' days') END"
    _run(
        _insert(
            "deadline", count, rule="'defence_report'", label="'应诉情况报告'", subject="'service_receipt:' || i",
            starts_on=f"date('{due}', '-5 days')", due_on=ends, original_due_on=ends, provisional="0",
            calendar="'2026@1'", computation=f"'{RECEIPT}'", is_duty="1", state="'open'", late_reason="''",
            matter="''", revision="0", look_on=f"CASE WHEN {is_due} THEN '0001-01-01' ELSE date({ends}, '-3 days') END",
            case_id=_CASE, lane_id=_CASE,
            organisation_id=f"(SELECT organisation_id FROM cases_lane WHERE id = {_CASE})",
        ),
        "ANALYZE",
    )  # fmt: skip


def fill_events(cases: int, count: int) -> None:
    """So many events of these cases: one hearing and two papers each, the rest changed facts."""
    of_case = f"(i % {cases} + 1)"
    moment = "'2026-10-08 09:30:00'"
    _run(
        "INSERT INTO organisations_user (id, password, username, name, email, phone, is_active, must_change_password) "
        "VALUES (1, '', 'writer', '填报人', '', '', 1, 0)",
        "INSERT INTO organisations_post (id, role, on_behalf, is_default, organisation_id, user_id) "
        "SELECT 1, 'agency_liaison', '', 0, organisation_id, 1 FROM cases_lane WHERE id = 1",
        _insert(
            "hearing", cases, day="'2026-10-28'", room="'第一法庭'", mode="'public'", state="'scheduled'",
            renotified="0", case_id="i", source_id="1",
        ),
        _insert(
            "paper", 2 * cases, kind=f"CASE WHEN i > {cases} THEN 'leader_report' ELSE 'defence_report' END",
            subject="''", version="1", number="'YS' || i", content="'{}'", late_reason="''", submitted_at=moment,
            submitted_on="'2026-10-08'", submission_key="'k' || i", lane_id=of_case, source_id="1",
            submitted_by_id="1",
        ),
        _insert(
            "factchange", count - 3 * cases, at=moment, field="'开庭日期'", old="'2026-10-20'", new="'2026-10-28'",
            reason="'event'", case_id=of_case, source_id="1",
        ),
        "ANALYZE",
    )  # fmt: skip


def make_liaisons() -> None:
    """One liaison for each agency, with an address for mail."""
    agencies = Organisation.objects.filter(kind="department", valid_to=None)
    users = User.objects.bulk_create(
        User(username=f"liaison{agency.pk}", name="联络员", email=f"{agency.pk}@example.gov.cn")
        for agency in agencies
    )
    Post.objects.bulk_create(
        Post(user=user, organisation=agency, role=Role.AGENCY_LIAISON)
        for user, agency in zip(users, agencies, strict=True)
    )


def _insert(table: str, most: int, **columns: str) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        f"INSERT INTO cases_{table} ({names}) {_NUMBERS.format(most=most)} "
        f"SELECT {', '.join(columns.values())} FROM n"
    )


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.cursor.connection.execute(statement)
        cursor.cursor.connection.commit()
