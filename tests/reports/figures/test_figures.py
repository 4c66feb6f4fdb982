"""The figures as JSON, and the commands that print them."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from reports.figures.figures import UnknownMeasure, figures
from reports.figures.measures import MEASURES
from rules.report_periods import parse_report_period
from tests.reports.conftest import NOW

Q3 = parse_report_period("2026Q3")
PUBLISHED_KEYS = {
    "appearance_rate", "appearance_rate_principal", "appearance_compliance_rate", "spoke_rate", "performance_rate",
    "performance_on_time_rate", "loss_rate_concluded", "loss_rate_judged", "report_on_time_rate",
    "filing_on_time_rate", "withdrawal_after_change_count", "rescheduled_count",
    "appearance_rate_by_series", "loss_rate_by_series", "appearance_rate_first", "appearance_rate_second",
    "performance_unforced_rate", "case_carried_count", "case_new_count", "case_concluded_count", "case_pending_count",
    "conclusion_rate", "settlement_rate", "appeal_rate", "overturn_rate", "mediation_rate",
    "appearance_rate_county_grade", "appearance_times", "appearance_times_principal", "appearance_times_county_grade",
    "lost_report_on_time_rate", "advice_on_time_rate", "advice_adopted_rate", "training_on_time_rate",
    "appearance_rate_deputy", "appearance_rate_other", "case_concluded_first", "case_concluded_second",
    "case_concluded_retrial",
}  # fmt: skip


def run(*args):
    out, err = StringIO(), StringIO()
    try:
        call_command(*args, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_every_published_measure_is_there_with_a_definition():
    assert set(MEASURES) == PUBLISHED_KEYS
    assert all(
        what.definition and what.unit in ("案号", "被告·案号", "义务", "件", "组", "人次", "次")
        for what in MEASURES.values()
    )


def test_a_figure_tells_its_ids_its_exclusions_and_its_slices(world):
    world.heard(1)
    world.heard(2, "区住建局", attended=False)
    world.hearing(world.case(3), state="postponed")
    (told,) = figures(Q3, world.city, NOW, ["appearance_rate"])["measures"]
    first, second, third = (f"（2026）鲁1602行初{serial}号" for serial in (1, 2, 3))
    assert (told["numerator"], told["denominator"], told["rate"]) == (1, 2, "50.0")
    assert (told["numerator_ids"], told["denominator_ids"]) == ([first], [first, second])
    assert told["excluded"] == [{"id": third, "reason": "延期开庭"}]
    assert [
        (row["name"], row["numerator"], row["denominator"], row["rate"]) for row in told["by_organisation"]
    ] == [
        ("滨州市公安局", 1, 1, "100.0"),
        ("滨州市滨城区住房和城乡建设局", 0, 1, "0.0"),
    ]


def test_without_a_denominator_there_is_no_rate(world):
    told = figures(Q3, world.city, NOW)
    assert {row["rate"] for row in told["measures"]} == {None}
    assert (told["period"], told["region"], told["as_of"], told["rules"]) == (
        "2026Q3",
        "371600",
        "2026-10-15T09:00:00+08:00",
        "2026.5",
    )


def test_a_hundred_per_cent_is_printed_only_for_all(world):
    for serial in range(1, 3):
        world.heard(serial)
    world.heard(3, attended=False)
    (told,) = figures(Q3, world.city, NOW, ["appearance_rate"])["measures"]
    assert told["rate"] == "66.7"


def test_figures_of_a_moment_do_not_know_what_came_later(world):
    world.owes(1, done="10-14")
    fourth = parse_report_period("2026Q4")
    (now,) = figures(fourth, world.city, NOW, ["performance_rate"])["measures"]
    (then,) = figures(fourth, world.city, NOW - timedelta(days=2), ["performance_rate"])["measures"]
    assert (now["numerator"], then["numerator"]) == (1, 0)


def test_an_unknown_key_is_refused_by_name(world):
    with pytest.raises(UnknownMeasure, match="没有指标“rate”"):
        figures(Q3, world.city, NOW, ["rate"])


def test_the_command_prints_one_document(world):
    world.heard(1)
    code, out, err = run("figures", "--period", "2026Q3", "--region", "371600", "--json")
    assert (code, err) == (0, "")
    assert {row["key"] for row in json.loads(out)["measures"]} == PUBLISHED_KEYS


@pytest.mark.parametrize(
    "wrong",
    [("2026Q5", "371600", "spoke_rate"), ("2026Q3", "999999", "spoke_rate"), ("2026Q3", "371600", "x")],
)
def test_the_command_refuses_what_it_does_not_know(world, wrong):
    period, region, key = wrong
    code, out, err = run("figures", "--period", period, "--region", region, "--measure", key, "--json")
    assert (code, out, bool(err)) == (2, "", True)


def test_rank_prints_the_groups_of_the_contract(world):
    world.all_told(9)
    world.heard(1)
    code, out, _ = run("rank", "--period", "2026Q3", "--region", "371600", "--group", "departments", "--json")
    (group,) = json.loads(out)["groups"]
    assert (code, group["group"], [row["code"] for row in group["rows"]]) == (0, "departments", ["BZ-GA"])


def test_rank_refuses_a_year_without_a_scheme(world):
    code, out, err = run("rank", "--period", "2024Q3", "--region", "371600", "--json")
    assert (code, out) == (2, "")
    assert "2024 年度的评分细则" in err
