"""收案→审结→败诉→履行 are the numbers of the measures, and say what is missing."""

from reports.figures.funnel import funnel_of, sentence_of
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.reports.conftest import TODAY

Q3 = parse_report_period("2026Q3")


def steps_of(world):
    return funnel_of(Populations(Q3, world.city, TODAY))


def facts(world):
    world.all_told(6, 7, 8, 9)
    world.heard(1)
    world.decided(2, "J-DISMISS", lost=False)
    world.decided(3, "J-REVOKE", lost=True)
    world.owes(4, done="09-05", state="done")
    world.owes(5)


def test_each_step_has_its_number_of_its_own_denominator(world):
    facts(world)
    told = [(step.label, step.count, step.of, step.length, step.is_incomplete) for step in steps_of(world)]
    assert told == [
        ("收案", 5, 5, 100.0, False),
        ("审结", 4, 5, 80.0, False),
        ("败诉", 3, 4, 75.0, False),
        ("履行", 1, 2, 50.0, False),
    ]


def test_the_numbers_are_those_of_the_measures(world):
    facts(world)
    populations = Populations(Q3, world.city, TODAY)
    figures = {key: measured(what, populations) for key, what in MEASURES.items()}
    taken_in, *others = funnel_of(populations, figures)
    old, new = (len(figures[key].total.numerator) for key in ("case_carried_count", "case_new_count"))
    assert taken_in.count == old + new
    assert f"旧存 {old} 件（期初未审结），新收 {new} 件" in taken_in.definition
    assert [step.count for step in others] == [len(figures[step.key].total.numerator) for step in others]
    assert others[0].count == len(figures["case_concluded_count"].total.numerator)


def test_what_is_missing_is_said(world):
    world.decided(3, "J-REVOKE", lost=True)
    steps = steps_of(world)
    assert all(step.is_incomplete for step in steps)
    assert sentence_of(steps) == (
        "收案 1 案号，审结 1/1 案号，败诉 1/1 被告·案号，履行 0/0 义务。数据不全，以上只是已经通报的。"
    )


def test_each_step_leads_to_its_list(world, page_of):
    facts(world)
    page = page_of("city_office_clerk", "/figures/?period=2026Q3")
    for address in (
        "conclusion_rate/?region=371600",
        "loss_rate_concluded/?region=371600&amp;part=numerator",
    ):
        assert f'<a href="/figures/2026Q3/{address}">' in page
    assert "从收案到履行" in page
