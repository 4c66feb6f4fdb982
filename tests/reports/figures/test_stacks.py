"""败诉原因 by area: a picture whose segments are the losses, no more and no fewer."""

import pytest

from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from reports.figures.stacks import legend, stacks
from rules.report_periods import parse_report_period
from tests.reports.conftest import TODAY

Q3 = parse_report_period("2026Q3")
LOST = (
    ("市公安局", "主要证据不足"), ("市公安局", "程序违法"), ("市公安局", "程序违法"), ("区住建局", "程序违法"),
)  # fmt: skip


@pytest.fixture
def losses(world):
    for serial, (agency, why) in enumerate(LOST, start=1):
        outcome = world.decided(serial, "J-REVOKE", lost=True, agency=agency)
        outcome.lost_reason = why
        outcome.save()
    world.decided(9)
    return stacks(MEASURES["loss_rate_concluded"], "region", "reason", Populations(Q3, world.city, TODAY))


def test_each_area_with_its_reasons_in_the_order_of_the_law(losses):
    assert [
        (
            stack.name,
            stack.count,
            [(one.mark, one.label, one.count, one.start, one.length) for one in stack.segments],
        )
        for stack in losses
    ] == [
        ("市直单位", 3, [("①", "主要证据不足", 1, 0.0, 33.33), ("②", "违反法定程序", 2, 33.33, 66.67)]),
        ("滨城区", 1, [("②", "违反法定程序", 1, 0.0, 33.33)]),
    ]


def test_the_legend_adds_up_to_the_losses(losses):
    assert legend(losses) == [("①", "主要证据不足", 1), ("②", "违反法定程序", 3)]


def test_without_losses_there_is_no_picture(world, client_of, cast):
    world.decided(1)
    page = client_of(cast.city_office_clerk).get("/figures/2026Q3/loss_rate_concluded/").content.decode()
    assert 'id="stacks"' not in page


def test_the_page_says_it_in_words_and_in_a_table(losses, client_of, cast):
    page = client_of(cast.city_office_clerk).get("/figures/2026Q3/loss_rate_concluded/").content.decode()
    for words in ("① 主要证据不足 1 件", "② 违反法定程序 3 件", "市直单位 3", "① 1，② 2"):
        assert words in page
