"""人次, 县处级, 协调化解, 司法建议 and 培训: exact values."""

from cases.models import Deadline, Paper
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.reports.conftest import NOW, TODAY, day

Q3 = parse_report_period("2026Q3")


def total(world, key):
    return measured(MEASURES[key], Populations(Q3, world.city, TODAY)).total


def sizes(world, key):
    part = total(world, key)
    return len(part.numerator), part.denominator, len(part.excluded)


def test_every_hearing_and_every_defendant_is_one_time(world):
    case = world.heard(1, "市公安局", "区住建局", head_rank="principal")
    again = world.hearing(case, "09-20")
    world.said(again, "市公安局", head_rank="deputy")
    world.said(again, "区住建局", attended=False)
    world.hearing(world.case(2), "09-10")
    assert sizes(world, "appearance_times") == (3, 4, 1)
    assert sizes(world, "appearance_times_principal") == (2, 4, 1)
    assert total(world, "appearance_times").numerator[0].id == "（2026）鲁1602行初1号 · 市公安局 · 2026-09-01"


def test_only_heads_of_municipal_bodies_counties_and_zones_are_of_county_grade(world):
    world.heard(1, "市公安局", head_rank="deputy")
    world.heard(2, "区住建局", head_rank="principal")
    world.heard(3, "市公安局", head_rank="other")
    assert sizes(world, "appearance_rate_county_grade") == (1, 3, 0)
    assert sizes(world, "appearance_times_county_grade") == (1, 3, 0)
    assert sizes(world, "appearance_rate") == (3, 3, 0)


def test_mediated_is_what_was_settled_not_what_was_given_up(world):
    for serial, code in enumerate(
        ("M-MED", "R-WITHDRAW-CHANGED", "R-WITHDRAW-SETTLED", "R-WITHDRAW", "J-DISMISS"), 1
    ):
        world.decided(serial, code, lost=False)
    assert sizes(world, "mediation_rate") == (3, 5, 0)
    assert sizes(world, "settlement_rate") == (4, 5, 0)


def test_replies_to_advice_count_by_their_day_and_by_what_they_adopt(world):
    case = world.case(1)
    world.due(case, "judicial_advice_reply", on="08-10", met="08-05")
    world.due(case, "judicial_advice_reply", on="09-10", met="09-15", subject="x:2")
    world.due(case, "advice_on_norms_reply", on="06-10", subject="x:3")
    assert sizes(world, "advice_on_time_rate") == (1, 3, 0)
    assert total(world, "advice_on_time_rate").carried_over == 1


def test_of_several_versions_the_last_one_says_whether_advice_was_adopted(world):
    lane, post = world.lane(world.case(1)), world.post("p", "agency_handler", world.agencies["市公安局"])
    told = (("incoming:1", 1, "none"), ("incoming:1", 2, "part"), ("incoming:2", 1, "none"))
    for n, (subject, version, adopted) in enumerate(told):
        Paper.objects.create(
            lane=lane, kind=Paper.Kind.ADVICE_REPLY, number=f"B{n}", submitted_at=NOW, submitted_on=day("09-01"),
            submitted_by=post, submission_key=str(n), source=world.source, content={"adopted": adopted},
            subject=subject, version=version,
        )  # fmt: skip
    assert sizes(world, "advice_adopted_rate") == (1, 2, 0)


def test_trainings_belong_to_no_case(world):
    for rule, due, met in (("training_first", "07-01", "06-20"), ("training_second", "09-30", None)):
        Deadline.objects.create(
            organisation=world.agencies["市公安局"], rule=rule, label="培训", matter="2026年", subject="period:2026",
            starts_on=day("01-01"), due_on=day(due), original_due_on=day(due), computation={},
            state="met" if met else "open", met_on=day(met) if met else None,
        )  # fmt: skip
    part = total(world, "training_on_time_rate")
    assert [(unit.id, unit.case) for unit in part.numerator] == [("2026年培训 · 市公安局", None)]
    assert [(unit.id, unit.case) for unit in part.rest] == [("2026年培训 · 市公安局（第2项）", None)]
