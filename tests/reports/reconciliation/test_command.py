import json
from io import StringIO

import pytest
from django.core.management import call_command

from cases.models import Discrepancy
from cases.reconciliation.deciding import rule_for
from tests.cases.reconciliation.test_finding import SEEDED


def run(*, period="2026-09", region="371602", text=False):
    """What the command prints, and its exit code."""
    out, err = StringIO(), StringIO()
    try:
        call_command("discrepancies", period=period, region=region, json=not text, stdout=out, stderr=err)
        code = 0
    except SystemExit as end:
        code = end.code
    said = out.getvalue()
    return code, json.loads(said) if said and not text else said, err.getvalue()


def test_nothing_differs(scene):
    scene.agency_says()
    assert run() == (0, {"open": 0, "items": []}, "")
    assert run(text=True)[1] == "全部一致，可直接取数。\n"


@pytest.mark.parametrize("fact", SEEDED)
def test_each_difference_is_told_with_both_words_and_sources(seeded, scene, fact):
    seeded(fact)
    # A duty of performance belongs to the month of its day, everything else to that of the hearing or decision.
    period = "2026-10" if fact == "performance" else "2026-09"
    code, document, _ = run(period=period)
    assert code == 1
    assert document["open"] == 1
    (item,) = document["items"]
    _, court_says, agency_says = SEEDED[fact]
    assert item["case"] == scene.case.number
    assert item["agency"] == scene.lane.organisation.name
    assert (item["fact"], item["court_says"], item["agency_says"], item["state"]) == (
        fact, court_says, agency_says, "open",
    )  # fmt: skip
    assert len(item["sources"]) == 2
    assert all(item["sources"])


def test_it_compares_first_and_may_run_again(seeded):
    seeded("appearance")
    Discrepancy.objects.all().delete()
    assert run() == run()
    assert Discrepancy.objects.count() == 1


def test_what_a_person_decided_is_told_and_waits_no_more(seeded, office, law):
    one = seeded("appearance")
    rule_for(one, "agency", reason="核对了笔录", revision=1, author=office, law=law)
    code, document, _ = run()
    assert (code, document["open"], [item["state"] for item in document["items"]]) == (0, 0, ["ruled"])
    assert "[已认定]" in run(text=True)[1]


@pytest.mark.parametrize(("region", "found"), [("371600", 1), ("371602", 1), ("371625", 0)])
def test_a_city_includes_its_counties_and_no_stranger(seeded, region, found):
    seeded("appearance")
    code, document, _ = run(region=region)
    assert (code, document["open"]) == (found, found)


@pytest.mark.parametrize(("period", "found"), [("2026", 1), ("2026Q3", 1), ("2026-08", 0)])
def test_periods_of_every_kind(seeded, period, found):
    seeded("appearance")
    assert run(period=period)[0] == found


@pytest.mark.parametrize("wrong", [{"period": "2026-13"}, {"region": "999999"}])
def test_what_cannot_be_read_is_2_and_says_so(scene, wrong):
    code, said, why = run(**wrong)
    assert (code, said) == (2, "")
    assert "371600" in why or "2026-11" in why
