"""The commands that scripts rely on: their JSON and their exit codes."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from supervision.models import Reminder
from tests.factories import DeadlineFactory


@pytest.fixture
def run(capsys):
    def command(*words):
        try:
            call_command(*words)
            code = 0
        except SystemExit as ended:
            code = ended.code
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


def test_due_date_tells_the_day_and_how_it_came_about(run):
    code, out, _ = run("due_date", "defence_report", "--from", "2026-10-08", "--json")
    told = json.loads(out)
    assert code == 0
    expected = {
        "rule": "defence_report",
        "starts_on": "2026-10-08",
        "nominal": "2026-10-13",
        "due_on": "2026-10-13",
        "mode": "calendar",
        "rolled_over": [],
        "provisional": False,
        "calendar": "2026@1",
    }
    assert {name: told[name] for name in expected} == expected
    assert told["citation"]
    assert told["explanation"]


def test_due_date_in_working_days_has_nothing_to_roll(run):
    _, out, _ = run("due_date", "defence_report", "--from", "2026-10-08", "--mode", "working", "--json")
    told = json.loads(out)
    assert (told["nominal"], told["due_on"], told["rolled_over"]) == ("2026-10-14", "2026-10-14", [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("answer", "--from", "2015-04-30"), "2015-05-01 起施行"),
        (("judgment_filing", "--from", "2017-12-31"), "2018-01-01 起施行"),
        (("nothing", "--from", "2026-10-08"), "规则库中没有“nothing”"),
        (("answer", "--from", "10月8日"), "请写作 2026-10-08"),
        (("answer",), "--from"),
    ],
)
def test_due_date_says_what_cannot_be_computed_and_exits_2(run, words, said):
    code, out, err = run("due_date", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_due_date_lists_every_rule(run):
    _, out, _ = run("due_date", "--list")
    assert {"answer", "defence_report", "judgment_filing", "appeal_judgment", "appeal_ruling"} <= {
        line.split()[0] for line in out.splitlines()
    }


def test_case_numbers_are_read_in_order_and_one_unreadable_exits_1(run):
    code, out, _ = run(
        "parse_case_number", "(2026)鲁1602行初字第12号", "（2015）滨中行终字第129号", "12号", "--json"
    )
    first, second, third = json.loads(out)
    assert code == 1
    assert (first["key"], first["display"]) == ("2026|鲁1602||行初|12", "（2026）鲁1602行初12号")
    assert second["key"] == "2015|滨中||行终|129"
    assert (third["ok"], third["error"]["code"]) == (False, "case_number_invalid")


@pytest.mark.django_db
def test_reference_data_loaded_again_change_nothing(run, reference):
    _, out, _ = run("load_reference_data", "--json")
    assert json.loads(out)["changes"] == 0


@pytest.mark.django_db
def test_a_dry_sweep_tells_and_writes_nothing(run, cast):
    deadline = DeadlineFactory(rule="defence_report", starts_on=date(2026, 10, 8))
    assert run("sweep", "--today", "5号")[0] == 2
    code, out, _ = run("sweep", "--today", deadline.due_on.isoformat(), "--dry-run", "--json")
    assert code == 0
    assert json.loads(out)["raised"] == {"day0": 1}
    assert not Reminder.objects.exists()


@pytest.mark.django_db
def test_an_unbroken_trail_exits_0(run):
    assert run("verify_audit")[0] == 0
