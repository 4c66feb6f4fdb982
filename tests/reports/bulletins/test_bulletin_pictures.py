"""Pictures in bulletins: drawn from what is frozen with the paper, text in the PDF, the same bytes every time."""

import pytest

from organisations.files import read
from reports.bulletins.bulletins import draft_bulletin, render_document
from reports.bulletins.verification import altered
from rules.report_periods import parse_report_period
from tests.reports.bulletins.test_bulletins import text_of


@pytest.fixture
def facts(world):
    world.all_told(6, 7, 8, 9)
    world.heard(1, "区住建局", on="08-10")
    world.heard(2, "区住建局", attended=False)
    world.heard(3, "县公安局")
    return world


def drafted(world, author, law, kind="quarterly", period="2026Q3"):
    return draft_bulletin(kind, parse_report_period(period), world.city, author, law)


def pictures_of(bulletin):
    blocks = bulletin.snapshot["document"]["blocks"]
    return {block["kind"]: block for block in blocks if block["kind"] in ("bars", "trend")}


@pytest.mark.parametrize(
    ("kind", "period", "drawn"),
    [
        ("quarterly", "2026Q3", ["bars", "trend"]),
        ("half_year", "2026H2", ["bars", "trend"]),
        ("annual", "2026", ["bars", "trend"]),
        ("monthly", "2026-09", []),
    ],
)
def test_all_but_the_monthly_bulletin_have_both(facts, author, law, kind, period, drawn):
    assert list(pictures_of(drafted(facts, author, law, kind, period))) == drawn


def test_the_bars_are_the_frozen_figures_of_the_areas(facts, author, law):
    snapshot = drafted(facts, author, law).snapshot
    by_name = {one["appearance_rate"]["name"]: one["appearance_rate"] for one in snapshot["slices"].values()}
    bars = next(block for block in snapshot["document"]["blocks"] if block["kind"] == "bars")["bars"]
    assert [(bar["name"], bar["words"]) for bar in bars] == [
        ("滨城区", "50.0%（1/2）"),
        ("惠民县", "100.0%（1/1）"),
    ]
    for bar in bars:
        assert (
            f"（{by_name[bar['name']]['numerator']}/{by_name[bar['name']]['denominator']}）" in bar["words"]
        )


def test_the_trend_has_its_table_and_its_sentence(facts, author, law):
    bulletin = drafted(facts, author, law)
    trend = pictures_of(bulletin)["trend"]
    assert [(dot["label"], dot["rate"], dot["parts"]) for dot in trend["dots"]] == [
        ("2026-08", "100.0%", "1/1"),
        ("2026-09", "50.0%", "1/2"),
    ]
    assert "最低的是 2026年9月 50.0%（1/2）" in trend["sentence"]
    tables = [block for block in bulletin.snapshot["document"]["blocks"] if block["kind"] == "table"]
    rows = next(table["rows"] for table in tables if "走势" in table["caption"])
    assert rows[-1] == ["2026年3月", "—", "2026年9月", "50.0%（1/2）"]


def test_every_label_is_text_in_the_pdf(facts, author, law):
    printed = text_of(drafted(facts, author, law))
    for words in ("图1", "图2", "2026-08", "2026-09", "100%", "1/2", "滨城区50.0%（1/2）"):
        assert words in printed


def test_the_paper_is_proved_after_the_facts_have_moved(facts, author, law):
    bulletin = drafted(facts, author, law)
    facts.heard(9, "区住建局", attended=False)
    assert altered(bulletin) == []
    assert render_document(bulletin.snapshot["document"]).content == read(bulletin.pdf)


def test_the_page_draws_them_with_the_same_templates(facts, author, law, client):
    bulletin = drafted(facts, author, law)
    client.force_login(bulletin.drafted_by.user)
    page = client.get(f"/bulletins/{bulletin.pk}/").content.decode()
    assert 'class="trend" viewBox="0 0 640 190" role="img"' in page
    assert page.count('<svg class="bar"') == 2
    assert "style=" not in page[page.index('<article class="doc">') : page.index("</article>")]
