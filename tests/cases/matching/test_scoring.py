"""Two numbers as one case: the table that a court clerk could sign, and what stands around it."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cases.matching.scoring import PROPOSED_FROM, Kinship, Portrait, match_of
from cases.record.parties import names_in
from rules.case_numbers import parse_case_number
from rules.number_slips import Numbered

TABLE = list(csv.DictReader((Path(__file__).parent / "pairs.csv").open(encoding="utf-8")))
KINSHIP = {"相同": Kinship.SAME, "承继": Kinship.SUCCEEDED, "上下级": Kinship.KIN}
# Letters of one court, before and after 邹平县 and 沾化县 became 邹平市 and 沾化区.
RENAMED = {"鲁1626": "鲁1681", "鲁1624": "鲁1603"}


def numbered(text, series=""):
    number = parse_case_number(text).first
    first, _, last = series.partition("-")
    serials = tuple(range(int(first), int(last) + 1)) if series else ()
    return Numbered(number, hash(RENAMED.get(number.court, number.court)), serials)


def days(text):
    return frozenset([date.fromisoformat(text)] if text else [])


def portrait(row, side, dispute):
    filed = row[f"{side}立案"]
    return Portrait(
        lane=dispute, case=dispute, dispute=dispute, agency=dispute, agency_name=f"{side}所称的单位",
        numbered=numbered(row[f"{side}案号"], row["分案"] if side == "法院" else ""),
        plaintiffs=frozenset(names_in(row[f"{side}原告"])), cause=row[f"{side}案由"],
        filed_on=date.fromisoformat(filed) if filed else None, decided=days(row[f"{side}裁判"]),
    )  # fmt: skip


def match(row):
    return match_of(portrait(row, "法院", 1), portrait(row, "机关", 2), KINSHIP[row["被告"]])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["说明"])
def test_what_is_proposed_is_as_in_the_table(row):
    found = match(row)
    proposed = found is not None and found.score >= PROPOSED_FROM
    assert ("是" if proposed else "否") == row["提出"]
    if proposed:
        assert found.difference.likeness.label == row["不同之处"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["说明"])
def test_a_score_lies_between_0_and_1_and_every_weight_has_its_words(row):
    found = match(row)
    if found:
        assert 0 <= found.score <= 1
        assert all(found.reasons)


def whole(**other):
    said = dict.fromkeys(TABLE[0], "") | {
        "法院案号": "（2026）鲁1602行初61号", "机关案号": "（2026）鲁1602行初16号", "被告": "相同",
        "法院原告": "赵砚衡", "机关原告": "赵砚衡", "法院案由": "行政处罚", "机关案由": "行政 处罚",
        "法院立案": "2026-08-03", "机关立案": "2026-08-03", "法院裁判": "2026-09-21", "机关裁判": "2026-09-21",
    }  # fmt: skip
    return said | other


def test_the_reasons_are_words_for_people():
    found = match(whole())
    assert found.score == 1
    assert found.reasons == (
        "编号两位颠倒：61 / 16", "被告相同", "原告相同", "立案日期相同：2026-08-03", "裁判日期相同：2026-09-21",
        "案由相同：行政处罚",
    )  # fmt: skip


def test_both_codes_are_named_and_the_name_that_the_court_wrote():
    court = replace(portrait(whole(法院案号="（2026）鲁1681行初61号"), "法院", 1), named_as="原自规局")
    agency = portrait(whole(机关案号="（2026）鲁1626行初16号"), "机关", 2)
    reasons = match_of(court, agency, Kinship.SAME).reasons
    assert reasons[:2] == (
        "编号两位颠倒：61 / 16；同一法院的新旧代码：鲁1681 / 鲁1626",
        "被告相同（通报写作“原自规局”）",
    )


def test_hearings_on_the_same_day_speak_for_it_and_others_against():
    court, agency = portrait(whole(), "法院", 1), portrait(whole(), "机关", 2)
    court = replace(court, hearings=days("2026-09-16"), decided=frozenset(), filed_on=None, cause="")
    same = match_of(court, replace(agency, hearings=days("2026-09-16")), Kinship.SAME)
    other = match_of(court, replace(agency, hearings=days("2026-09-18")), Kinship.SAME)
    assert (same.score, other.score) == (0.9, 0.8)
    assert "开庭日期相同：2026-09-16" in same.reasons
    assert "开庭日期不同：2026-09-16 / 2026-09-18" in other.reasons


def test_two_instances_of_one_dispute_are_never_one_case():
    court, agency = portrait(whole(), "法院", 1), portrait(whole(), "机关", 1)
    assert match_of(court, agency, Kinship.SAME) is None


def test_unknown_letters_are_nobodys_old_code():
    court, agency = (
        replace(portrait(whole(), side, place), numbered=Numbered(parse_case_number(text).first, None))
        for side, place, text in (
            ("法院", 1, "（2026）鲁9901行初61号"),
            ("机关", 2, "（2026）鲁9902行初61号"),
        )
    )
    assert match_of(court, agency, Kinship.SAME).difference.likeness.label == "法院代码误写"
