"""What is printed is how many ids there are: on the page, in the lists, in the workbook, over the API, in the PDF."""

import re
from collections import Counter
from io import BytesIO
from random import Random

import pytest
from openpyxl import load_workbook

from reports.bulletins.bulletins import draft_bulletin
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.reports.bulletins.test_bulletins import text_of
from tests.reports.conftest import TODAY

Q3 = parse_report_period("2026Q3")
CODES = ("J-DISMISS", "J-REVOKE", "R-WITHDRAW", "R-WITHDRAW-CHANGED", "M-MED")
IN_PAPER = ("appearance_rate", "performance_rate", "loss_rate_concluded")


@pytest.fixture(params=range(3))
def parts(world, request):
    """Random hearings, decisions and obligations of a seed; each measure's total by its key."""
    rng, agencies = Random(request.param), list(world.agencies)
    world.all_told(3, 4, 5, 6, 7, 8, 9)
    for serial in range(1, 25):
        day = f"{rng.choice(('07', '08', '09'))}-{rng.randrange(10, 29)}"
        world.heard(serial, rng.choice(agencies), on=day, attended=rng.random() < 0.8)
    for serial in range(30, 45):
        code = rng.choice(CODES)
        world.decided(serial, code, lost=code == "J-REVOKE", agency=rng.choice(agencies))
    for serial in range(50, 54):
        world.owes(serial, done=rng.choice((None, "09-08")))
    populations = Populations(Q3, world.city, TODAY)
    return {key: measured(what, populations).total for key, what in MEASURES.items()}


def numbers(text):
    """Numerator and denominator as a page prints them: （3/4）, or 3 件（共 4）."""
    found = re.search(r"（(\d+)/(\d+)）", text) or re.search(r"(\d+) \w+（共 (\d+)）", text)
    return tuple(map(int, found.groups())) if found else (0, 0)


def test_the_page_of_figures(parts, client_of, cast):
    page = client_of(cast.city_office_clerk).get("/figures/?period=2026Q3").content.decode()
    rows = re.findall(r"<tr>\s*<td data-label=\"指标\">.*?/figures/2026Q3/(\w+)/.*?</tr>", page, re.S)
    assert rows == list(MEASURES)
    cells = re.findall(r"<td data-label=\"数值\">(.*?)</td>\s*<td data-label=\"单位\"", page, re.S)
    told = [numbers(re.sub(r"<[^>]+>", "", cell)) for cell in cells]
    assert told == [(len(part.numerator), part.denominator) for part in parts.values()]


@pytest.mark.parametrize(
    "key", ["appearance_rate", "loss_rate_concluded", "performance_rate", "case_new_count"]
)
def test_the_lists_behind_a_figure(parts, client_of, cast, key):
    page = client_of(cast.city_office_clerk).get(f"/figures/2026Q3/{key}/").content.decode()
    counts = re.findall(r"(未计入分子|计入分子|不计入（有原因）) <strong>(\d+)</strong>", page)
    sizes = {"未计入分子": "rest", "计入分子": "numerator", "不计入（有原因）": "excluded"}
    assert {sizes[label]: int(count) for label, count in counts} == {
        name: len(getattr(parts[key], name)) for name in sizes.values()
    }


def test_the_workbook(parts, client_of, cast):
    answer = client_of(cast.city_office_clerk).get("/figures/export/?period=2026Q3")
    sheet = load_workbook(BytesIO(answer.content))["指标明细"]
    rows = Counter((row[0], row[2]) for row in sheet.iter_rows(min_row=2, values_only=True))
    for key, part in parts.items():
        told = [rows[MEASURES[key].label, name] for name in ("计入分子", "未计入分子", "不计入")]
        assert told == [len(part.numerator), len(part.rest), len(part.excluded)], key


def test_the_api(parts, client_of, cast):
    document = client_of(cast.city_office_clerk).get("/api/v1/figures/?period=2026Q3").json()
    for row in document["measures"]:
        part = parts[row["key"]]
        assert row["numerator"] == len(row["numerator_ids"]) == len(part.numerator)
        assert row["denominator"] == len(row["denominator_ids"]) == part.denominator
        assert len(row["excluded"]) == len(part.excluded)


def test_the_paper(parts, world, author, law):
    printed = text_of(draft_bulletin("quarterly", Q3, world.city, author, law))
    for key in IN_PAPER:
        assert f"（{len(parts[key].numerator)}/{parts[key].denominator}）" in printed, key
