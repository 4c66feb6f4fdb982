"""Frozen figures open as live ones do, and stay what they were when facts move."""

import pytest

from reports.bulletins.bulletins import draft_bulletin
from reports.bulletins.frozen import frozen_lists, frozen_measure, number_of
from reports.models import Bulletin
from rules.report_periods import parse_report_period

Q3 = parse_report_period("2026Q3")


@pytest.fixture
def draft(world, author, law):
    world.all_told(6, 7, 8, 9)
    world.heard(1)
    world.heard(2, attended=False)
    world.hearing(world.case(3), state="postponed")
    return draft_bulletin("quarterly", Q3, world.city, author, law)


def test_a_frozen_figure_keeps_its_lists_when_facts_move(world, draft):
    world.heard(4, attended=False)
    row = frozen_measure(Bulletin.objects.get(pk=draft.pk).snapshot, "appearance_rate")
    assert row["value"] == "50.0%（1/2）"
    assert frozen_lists(row) == [
        ("未计入分子", [("（2026）鲁1602行初2号", "")]),
        ("计入分子", [("（2026）鲁1602行初1号", "")]),
        ("不计入（有原因）", [("（2026）鲁1602行初3号", "延期开庭")]),
    ]


def test_its_page_leads_to_the_cases(client, world, draft):
    client.force_login(draft.drafted_by.user)
    page = client.get(f"/bulletins/{draft.pk}/").content.decode()
    assert f'<a href="/bulletins/{draft.pk}/figures/appearance_rate/">50.0%（1/2）</a>' in page
    opened = client.get(f"/bulletins/{draft.pk}/figures/appearance_rate/").content.decode()
    case = world.court.cases.get(serial=2)
    assert f'<a href="/cases/{case.pk}/">{case.number}</a>' in opened
    assert "延期开庭" in opened
    assert client.get(f"/bulletins/{draft.pk}/figures/nothing/").status_code == 404


@pytest.mark.parametrize(
    "key",
    ["（2026）鲁1602行初1号", "（2026）鲁1602行初1号 · 市公安局（第2项）", "（2026）鲁1602行初1号等 3 件"],
)
def test_an_id_begins_with_its_case(key):
    assert number_of(key) == "（2026）鲁1602行初1号"
