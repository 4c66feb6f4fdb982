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
    assert frozen_lists(row) == {
        "rest": [("（2026）鲁1602行初2号", "")],
        "numerator": [("（2026）鲁1602行初1号", "")],
        "excluded": [("（2026）鲁1602行初3号", "延期开庭")],
    }


def test_its_page_leads_to_the_cases(client, world, draft):
    client.force_login(draft.drafted_by.user)
    page = client.get(f"/bulletins/{draft.pk}/").content.decode()
    assert f'<a href="/bulletins/{draft.pk}/figures/appearance_rate/">50.0%（1/2）</a>' in page
    opened = client.get(f"/bulletins/{draft.pk}/figures/appearance_rate/").content.decode()
    case = world.court.cases.get(serial=2)
    assert f'<a href="/cases/{case.pk}/">{case.number}</a>' in opened
    assert "市公安局　2026-09-01　负责人未出庭" in opened
    left_out = client.get(f"/bulletins/{draft.pk}/figures/appearance_rate/?part=excluded").content.decode()
    assert "延期开庭" in left_out
    assert client.get(f"/bulletins/{draft.pk}/figures/nothing/").status_code == 404


@pytest.fixture
def of_a_county(world, author, law):
    """Two cases of 滨城区, one of the city itself."""
    world.all_told(6, 7, 8, 9)
    world.heard(1, "区住建局")
    world.heard(2, "区住建局", attended=False)
    world.heard(3)
    return draft_bulletin("quarterly", Q3, world.city, author, law)


def test_a_cell_of_a_table_opens_the_figure_of_its_unit_as_it_was(client, world, of_a_county):
    client.force_login(of_a_county.drafted_by.user)
    page = client.get(f"/bulletins/{of_a_county.pk}/").content.decode()
    address = f"/bulletins/{of_a_county.pk}/figures/appearance_rate/?unit=371602"
    assert f'<a href="{address}">50.0%</a>' in page
    assert f'<a href="{address}&amp;part=numerator">1</a>' in page
    world.heard(4, "区住建局", attended=False)
    opened = client.get(address).content.decode()
    assert "50.0%（1/2） · 滨城区" in opened
    assert "行初2号" in opened
    assert "行初4号" not in opened
    assert client.get(address.replace("371602", "371699")).status_code == 404


def test_a_number_in_a_sentence_opens_its_list(client, of_a_county):
    client.force_login(of_a_county.drafted_by.user)
    page = client.get(f"/bulletins/{of_a_county.pk}/").content.decode()
    address = f"/bulletins/{of_a_county.pk}/figures/appearance_rate/"
    assert f'开庭审理<a href="{address}">3</a>件' in page
    assert f'负责人出庭应诉<a href="{address}?part=numerator">2</a>件' in page
    assert f'最低的为滨城区<a href="{address}?unit=371602">50.0%（1/2）</a>。' in page


def test_the_text_that_is_printed_has_no_marks(of_a_county):
    blocks = of_a_county.snapshot["document"]["blocks"]
    assert all(mark not in str(blocks) for mark in ("\ue000", "\ue001", "\ue002"))
    assert [one["key"] for one in blocks[2]["opens"]][:3] == ["appearance_rate"] * 3


def test_what_was_drafted_before_units_were_frozen_opens_as_a_whole(client, of_a_county):
    for block in of_a_county.snapshot["document"]["blocks"]:
        block.pop("opens", None)
    del of_a_county.snapshot["slices"]
    of_a_county.save()
    client.force_login(of_a_county.drafted_by.user)
    assert "?unit=" not in client.get(f"/bulletins/{of_a_county.pk}/").content.decode()
    address = f"/bulletins/{of_a_county.pk}/figures/appearance_rate/"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?unit=371602").status_code == 404


def test_the_lists_of_a_bulletin_lead_to_the_cases(client, world, of_a_county):
    client.force_login(of_a_county.drafted_by.user)
    page = client.get(f"/bulletins/{of_a_county.pk}/").content.decode()
    case = world.court.cases.get(serial=2)
    assert f'<td><a href="/cases/{case.pk}/">{case.number}</a></td>' in page


def test_a_place_in_the_ranking_opens_its_score_sheet_as_it_was(client, world, of_a_county):
    client.force_login(of_a_county.drafted_by.user)
    page = client.get(f"/bulletins/{of_a_county.pk}/").content.decode()
    address = f"/bulletins/{of_a_county.pk}/scores/371602/"
    assert f'<a href="{address}">滨城区</a>' in page
    before = client.get(address).context["items"]
    world.heard(4, "区住建局", attended=False)
    after = client.get(address)
    assert after.context["items"] == before
    case = world.court.cases.get(serial=2)
    assert f'<a href="/cases/{case.pk}/">{case.number}</a>' in after.content.decode()
    assert client.get(f"/bulletins/{of_a_county.pk}/scores/nobody/").status_code == 404


@pytest.mark.parametrize(
    "key",
    [
        "（2026）鲁1602行初1号",
        "（2026）鲁1602行初1号 · 市公安局（第2项）",
        "（2026）鲁1602行初1号等 3 件",
        "（2026）鲁1602行初1号（来文3） · 市公安局",
    ],
)
def test_an_id_begins_with_its_case(key):
    assert number_of(key) == "（2026）鲁1602行初1号"
