import csv
from datetime import date
from pathlib import Path

import pytest

from rules.appearance import (
    AbsenceGround,
    AppearanceFacts,
    CourtFinding,
    HeadKind,
    HeadRank,
    IdCertificate,
    Source,
    eligibility,
    judge,
    prevailing,
)

TABLE = Path(__file__).parent / "tables" / "appearances.csv"
YES = {"是": True, "否": False, "": None}


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facts_of(row):
    return AppearanceFacts(
        attended=YES[row["出庭"]],
        rank=HeadRank(row["职级"]) if row["职级"] else None,
        own_agency=YES[row["本机关"]],
        id_certificate=IdCertificate(row["身份证明"]) if row["身份证明"] else None,
        absence_ground=AbsenceGround(row["理由"] or "none"),
        court_finding=CourtFinding(row["法院认定"]) if row["法院认定"] else None,
        staff_attended=YES[row["工作人员"]],
        lawyer_only=YES[row["仅律师"]],
        left_early=YES[row["中途退庭"]],
    )


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["说明"])
def test_a_hearing_is_counted_as_the_table_says(row):
    verdict = judge(facts_of(row), held_on=date.fromisoformat(row["开庭日期"]))
    assert verdict.attendance == row["结论"]
    assert (verdict.counts, verdict.justified, verdict.compliant) == tuple(
        YES[row[name]] for name in ("计入", "正当", "合规")
    )
    assert row["依据含"] in verdict.citation
    assert verdict.reason.endswith("。")


def test_whoever_counts_complies_and_nobody_counts_as_excused():
    for row in rows():
        verdict = judge(facts_of(row), held_on=date.fromisoformat(row["开庭日期"]))
        assert verdict.compliant or not verdict.counts
        assert not (verdict.counts and verdict.justified)


def test_an_unreviewed_ground_is_named_and_not_judged():
    facts = AppearanceFacts(attended=False, absence_ground=AbsenceGround.ACCIDENT, staff_attended=True)
    verdict = judge(facts, held_on=date(2026, 10, 28))
    assert verdict.reason == "负责人未出庭，说明的理由为“意外事件”，法院未审查。"


def test_the_law_knows_four_grounds_of_absence():
    assert len([ground for ground in AbsenceGround if ground is not AbsenceGround.NONE]) == 4


@pytest.mark.parametrize(
    ("statements", "value", "source", "conflicts"),
    [
        ({Source.AGENCY: True, Source.COURT: False}, False, Source.COURT, ((Source.AGENCY, True),)),
        ({Source.AGENCY: True, Source.OFFICE: False}, False, Source.OFFICE, ((Source.AGENCY, True),)),
        ({Source.AGENCY: True, Source.COURT: True}, True, Source.COURT, ()),
        ({Source.AGENCY: True, Source.COURT: None}, True, Source.AGENCY, ()),
    ],
)
def test_the_court_prevails_over_the_office_and_the_office_over_the_agency(
    statements, value, source, conflicts
):
    standing = prevailing(statements)
    assert (standing.value, standing.source, standing.conflicts) == (value, source, conflicts)


def test_where_nobody_has_spoken_nothing_prevails():
    assert prevailing({Source.COURT: None}) is None


def test_a_choice_is_stored_in_english_and_shown_in_chinese():
    assert (str(HeadRank.PRINCIPAL), HeadRank.PRINCIPAL.label, HeadRank("deputy").label) == (
        "principal", "正职", "副职",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("held_on", "kinds", "citation"),
    [
        ("2020-06-30", ["principal", "deputy", "other"], "《行诉解释》（法释〔2018〕1号）第一百二十八条"),
        (
            "2020-07-01",
            ["principal", "deputy", "deputy_level", "other"],
            "《行政机关负责人出庭应诉规定》（法释〔2020〕3号）第二条",
        ),
    ],
)
def test_four_kinds_of_heads_may_appear_since_july_2020_and_three_before(held_on, kinds, citation):
    eligible = eligibility(held_on=date.fromisoformat(held_on))
    assert ([kind.value for kind in eligible.kinds], eligible.citation) == (kinds, citation)


def test_a_roster_knows_four_kinds_of_heads_and_a_court_three_ranks():
    kinds = ("principal", "deputy", "deputy_level", "other")
    assert [HeadKind.of(kind).rank.value for kind in kinds] == ["principal", "deputy", "other", "other"]


def test_leaving_early_before_july_2020_was_judged_by_the_statute():
    verdict = judge(AppearanceFacts(attended=True, left_early=True), held_on=date(2020, 6, 30))
    assert (verdict.attendance, verdict.citation) == ("left_early", "《行政诉讼法》第六十六条第二款")


@pytest.mark.parametrize(
    ("choice", "stored"),
    [
        (Source, "court office agency"),
        (HeadKind, "principal deputy deputy_level other"),
        (AbsenceGround, "none force_majeure accident official_duty other"),
    ],
)
def test_what_records_of_years_store_keeps_its_name(choice, stored):
    assert [member.value for member in choice] == stored.split()


def test_of_an_appearance_without_remarks_nothing_is_held_against_the_head():
    verdict = judge(AppearanceFacts(attended=True), held_on=date(2026, 10, 28))
    assert (verdict.attendance, verdict.counts) == ("attended", True)
