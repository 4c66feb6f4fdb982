"""The pages of 半年统计 and 年度统计: every number opens its cases, checks are shown, and who may read them."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.analysis import returns

H2 = "/analysis/half-year/2026H2/"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.city_office_clerk)


def content(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_tables_their_checks_and_that_the_layout_is_to_be_compared(world, client):
    world.all_told(7, 8, 9)
    world.decided(1)
    page = content(client, H2)
    assert "2026年下半年滨州市行政应诉统计" in page
    assert "报送前请对照当年正式报表" in page
    assert "✓</span> 旧存＋新收＝审结＋未结" in page
    assert "表6 联席会议·受理法院" in page
    assert "不符" not in page


def test_every_number_opens_as_many_cases(world, client):
    world.decided(1, "J-REVOKE", lost=True)
    world.heard(2, "市公安局", "区住建局", head_rank="deputy")
    world.heard(3, attended=False)
    world.owes(4)
    cells = re.findall(r'class="num"><a href="([^"]+)">([0-9]+)</a>', content(client, H2))
    assert len(cells) > 30
    for url, number in cells:
        page = content(client, unescape(url))
        listed = dict(
            re.findall(r'href="\?part=([a-z]+)&[^>]*>[^<]* <strong>([0-9]+)</strong>', unescape(page))
        )
        part = re.search("part=([a-z]+)", url)
        found = int(listed[part[1]]) if part else int(listed["numerator"]) + int(listed["rest"])
        assert found == int(number), url


def test_what_does_not_balance_is_shown(world, client, monkeypatch, tmp_path):
    world.heard(1)
    text = returns.RETURNS.read_text("utf-8").replace(
        'right = ["concluded", "pending"]', 'right = ["concluded"]'
    )
    (tmp_path / "returns.toml").write_text(text, "utf-8")
    wrong = returns.load_return(tmp_path / "returns.toml")
    monkeypatch.setattr("reports.views.returns.load_return", lambda: wrong)
    page = content(client, H2)
    assert "≠</span> 旧存＋新收＝审结，不符" in page
    assert "合计：1 ≠ 0，差 1" in page


def test_what_is_missing_is_said(world, client):
    world.told("鲁1621", 7)
    page = content(client, H2)
    assert "数据不全" in page
    assert 'href="/coverage/2026H2/?region=371600">看缺什么' in page


def test_an_empty_period_says_so(world, client):
    page = content(client, "/analysis/annual/2019/")
    assert "这一期没有可列的事项" in page
    assert "表1" not in page


def test_an_empty_table_among_others_says_so(world, client):
    world.heard(1)
    page = content(client, H2)
    assert page.count("本表没有可列的事项") == 2  # nothing was decided


@pytest.mark.parametrize(
    "wrong",
    ["half-year/2026Q3/", "half-year/2026/", "annual/2026H1/", "annual/2026-09/", "annual/x/",
     "half-year/2026H2/?period=2026Q1", "half-year/2026H2/?period=x", "half-year/2026H2/?region=371699"],
)  # fmt: skip
def test_other_periods_and_regions_are_not_found(world, client, wrong):
    answer = client.get(f"/analysis/{wrong}")
    assert (answer.status_code, "没有这个页面" in answer.content.decode()) == (404, True)


def test_another_period_leads_to_its_own_address(world, client):
    answer = client.get(f"{H2}?period=2025&region=371602")
    assert (answer.status_code, answer["Location"]) == (302, "/analysis/annual/2025/?region=371602")
    assert client.get(f"{H2}?period=2026H2&region=371602").status_code == 200


def test_a_region_counts_its_own(world, client):
    world.heard(1)
    world.heard(2, "区住建局")
    page = content(client, f"{H2}?region=371602")
    assert "2026年下半年滨城区行政应诉统计" in page
    assert "县级" in page
    assert "市级" not in page


def test_it_is_taken_out_as_a_workbook(world, client):
    answer = client.get("/analysis/annual/2026/export/?region=371602")
    assert answer.status_code == 200
    assert "2026.xlsx" in answer["Content-Disposition"]
    assert client.get("/analysis/annual/2026H1/export/").status_code == 404


def test_the_page_of_own_statistics_leads_there(world, client):
    page = content(client, "/analysis/query/")
    assert 'href="/analysis/half-year/2026H1/?region=371600">半年统计' in page
    assert 'href="/analysis/annual/2025/?region=371600">年度统计' in page


@pytest.mark.parametrize(
    "url", [H2, f"{H2}export/", "/analysis/annual/2026/", "/analysis/annual/2026/export/"]
)
def test_who_does_not_read_figures_reads_no_return(cast, client_of, url):
    assert client_of(cast.liaison).get(url).status_code == 403


def test_it_asks_no_more_for_more_cases(world, client, django_assert_num_queries):
    for serial in range(1, 5):
        world.heard(serial, list(world.agencies)[serial % 4])
    client.get(H2)
    with CaptureQueriesContext(connection) as few:
        client.get(H2)
    for serial in range(5, 30):
        world.heard(serial, list(world.agencies)[serial % 4])
    with django_assert_num_queries(len(few)):
        client.get(H2)
