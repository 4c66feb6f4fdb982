"""A large record for measurements: cases of nine years, made by the database itself, so that it takes seconds."""

from django.db import connection

CASES = 200_000
YEARS = 9  # 2018 … 2026
DAYS = 3287  # 2018-01-01 … 2026-12-31

_NUMBERS = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {CASES}) "
# Where i is the case: its agency, its hearing's day, whether the head came (96 %), whether the agency lost (14 %).
_AGENCY = "(SELECT id FROM bench_agency WHERE rank = i % (SELECT count(*) FROM bench_agency))"
_DAY = f"date('2018-01-01', (i * 7919 % {DAYS}) || ' days')"
_AFTER = f"date('2018-01-01', (i * 7919 % {DAYS} + %s) || ' days')"
_NOTHING = "'{}'"
_CAME, _LOST = "(i % 25 <> 0)", "(i % 7 = 0)"


def _insert(table: str, **columns: object) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(str(value) for value in columns.values())
    return f"INSERT INTO cases_{table} ({names}) {_NUMBERS} SELECT {values} FROM n"


def _deadline(rule: str, offset: int, share_late: int) -> str:
    """One duty per case, due some days after the hearing; every `share_late`-th was met two days late."""
    due = _AFTER.replace("%s", str(offset))
    return _insert(
        "deadline",
        rule=f"'{rule}'",
        label="'期限'",
        subject=f"'{rule}:' || i",
        starts_on=_DAY,
        due_on=due,
        original_due_on=due,
        provisional=0,
        calendar="''",
        computation="'{}'",
        is_duty=1,
        state="'met'",
        met_on=_AFTER.replace("%s", f"{offset} + CASE WHEN i % {share_late} = 0 THEN 2 ELSE -1 END"),
        late_reason="''",
        matter="''",
        revision=0,
        look_on="'0001-01-01'",
        case_id="i",
        lane_id="i",
        organisation_id=_AGENCY,
    )


def _statements() -> list[str]:
    """In the order of their references; ids equal i throughout."""
    return [
        "CREATE TEMP TABLE bench_agency AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank "
        "FROM organisations_organisation WHERE kind = 'department' AND valid_to IS NULL",
        "CREATE UNIQUE INDEX temp.bench_rank ON bench_agency (rank)",
        "INSERT INTO cases_source (id, kind, stated_at, reference, file_name, sheet, cells, organisation_id) "
        "SELECT 1, 'court', '2026-10-08 00:00:00', '', '', '', '{}', id "
        "FROM organisations_organisation WHERE code = '鲁1602'",
        _insert("dispute", id="i", opened_at="'2026-01-01'"),
        _insert(
            "case",
            told=_NOTHING,
            id="i",
            key="'2026|鲁1602||行初|' || i",
            number="'（2026）鲁1602行初' || i || '号'",
            year=2026,
            type_code="'行初'",
            serial="i",
            instance="'first'",
            procedure="''",
            cause="''",
            origin_number="''",
            plaintiffs="'张某'",
            third_parties="''",
            judge="''",
            clerk="''",
            phone="''",
            court_id="(SELECT id FROM organisations_organisation WHERE code = '鲁1602')",
            dispute_id="i",
            source_id=1,
        ),
        _insert(
            "lane",
            id="i",
            role="'acted'",
            named_as="''",
            case_id="i",
            organisation_id=_AGENCY,
            source_id=1,
        ),
        _insert(
            "hearing",
            told=_NOTHING,
            id="i",
            day=_DAY,
            room="''",
            mode="''",
            state="'held'",
            renotified="FALSE",
            case_id="i",
            source_id=1,
        ),
        _insert(
            "appearancestatement",
            told=_NOTHING,
            id="i",
            stated_by="'court'",
            attended=_CAME,
            head_name="''",
            head_position="''",
            head_rank="CASE WHEN i % 9 = 0 THEN 'principal' ELSE 'deputy' END",
            id_certificate="''",
            absence_reason="''",
            absence_ground="''",
            court_finding="''",
            spoke="(i % 20 <> 1)",
            note="''",
            counts=_CAME,
            justified="(i % 50 = 0)",
            verdict="''",
            lane_id="i",
            hearing_id="i",
            source_id=1,
        ),
        _insert(
            "decision",
            id="i",
            told=_NOTHING,
            kind="'判决'",
            ordinal=0,
            decided_on=_AFTER.replace("%s", "20"),
            delivered_on=_AFTER.replace("%s", "25"),
            effect="'confirmed'",
            effective_on=_AFTER.replace("%s", "41"),
            result_text="''",
            note="''",
            case_id="i",
            source_id=1,
        ),
        _insert(
            "decisionoutcome",
            id="i",
            told=_NOTHING,
            code=f"CASE WHEN {_LOST} THEN 'J-PERFORM' ELSE 'J-DISMISS' END",
            judged=1,
            lost=_LOST,
            lost_basis="'table'",
            lost_reason="''",
            decision_id="i",
            lane_id="i",
            source_id=1,
        ),
        _insert(
            "obligation",
            kind="'perform'",
            certainty="'yes'",
            content="''",
            period_text="''",
            id="i",
            told=_NOTHING,
            named_on=_AFTER.replace("%s", "90"),
            ruled=0,
            state="'done'",
            performed_on=_AFTER.replace("%s", "80"),
            proof="''",
            lane_id="i",
            outcome_id="i",
            source_id=1,
        )
        + f" WHERE {_LOST}",
        f"{_deadline('obligation', 90, 12)} WHERE {_LOST}",
        _deadline("defence_report", -3, 12),
        _deadline("judgment_filing", 30, 15),
        "ANALYZE",
    ]


def fill() -> None:
    """Fill an empty, migrated SQLite database that has the reference data."""
    with connection.cursor() as cursor:
        for statement in _statements():
            # Not through Django's own execute, which reads % as a place for a parameter.
            cursor.cursor.connection.execute(statement)
