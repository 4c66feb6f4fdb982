"""Each measure's rule with exact values on hand-made facts."""

from datetime import date

import pytest

from cases.deadlines.sync import sync_deadlines
from cases.law import shipped_law
from cases.models import Deadline, DeadlineOrder, FactChange, SeriesGroup
from organisations.authors import Author
from reports.figures.appearances import ANOTHER_DESIGNATED, NOT_STATED, HeardLane, Stated
from reports.figures.duties import NOT_YET_DUE, DutyFacts
from reports.figures.judges import absent_unexcused
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import (
    LOST_UNKNOWN,
    REVERSED,
    OutcomeFacts,
    Populations,
)
from rules.report_periods import parse_report_period
from tests.reports.conftest import NOW, TODAY, day

Q3 = parse_report_period("2026Q3")


def ids(units):
    return [unit.id for unit in units]


def measure(world, key, *, region=None, on=TODAY, period=Q3):
    return measured(MEASURES[key], Populations(period, region or world.city, on))


def told(world, key, **scope):
    """Serials (or ids) of numerator, rest and excluded of a measure."""
    total = measure(world, key, **scope).total
    return _short(total.numerator), _short(total.rest), {_serial(x.id): x.reason for x in total.excluded}


def _short(units):
    return sorted(_serial(unit.id) for unit in units)


def _serial(text):
    number, _, agency = text.partition(" · ")
    return number.removeprefix("（2026）鲁1602").removesuffix("号") + (f" {agency}" if agency else "")


def test_a_case_counts_as_appeared_by_its_held_hearing(world):
    world.heard(1)
    world.heard(2, attended=False)
    assert told(world, "appearance_rate") == (["行初1"], ["行初2"], {})
    assert measure(world, "appearance_rate").rate == "50.0"


def test_two_hearings_one_attended_is_one_appearance(world):
    case = world.case(1)
    world.said(world.hearing(case, "09-01"), attended=False)
    world.said(world.hearing(case, "09-20"))
    assert told(world, "appearance_rate") == (["行初1"], [], {})


def in_series(*cases):
    """These cases are heard together."""
    label = f"合并审理 {cases[0].number}"
    group = SeriesGroup.objects.create(court=cases[0].court, label=label)
    for case in cases:
        case.series = group
        case.save()


def test_cases_heard_together_count_each_and_by_series_once(world):
    """A head who came to the sitting came to all of it; a case of its own stays one."""
    in_series(world.heard(1), world.heard(2, attended=False), world.heard(3, attended=False))
    world.heard(4, attended=False)
    assert told(world, "appearance_rate") == (["行初1"], ["行初2", "行初3", "行初4"], {})
    total = measure(world, "appearance_rate_by_series").total
    assert ids(total.numerator) == ["（2026）鲁1602行初1号等 3 件"]
    assert ids(total.rest) == ["（2026）鲁1602行初4号"]


def test_losses_of_a_series_count_once_for_each_defendant(world):
    """222 cases of one demolition were 30.6 % of a year's losses: the rate by series says so."""
    lost = [world.decided(n, "J-REVOKE", lost=True).decision.case for n in (1, 2)]
    in_series(*lost, world.decided(3, lost=False).decision.case)
    in_series(
        world.decided(4, "J-REVOKE", lost=True, agency="区住建局").decision.case,
        world.decided(5, "J-REVOKE", lost=True).decision.case,
    )
    world.decided(6, lost=False)
    each, grouped = (measure(world, key).total for key in ("loss_rate_concluded", "loss_rate_by_series"))
    assert (len(each.numerator), each.denominator) == (4, 6)
    assert (len(grouped.numerator), grouped.denominator) == (3, 4)


def test_a_series_of_which_the_period_has_one_case_is_that_case(world):
    in_series(world.heard(1), world.heard(2, on="06-30"))
    assert told(world, "appearance_rate_by_series") == (["行初1"], [], {})


def test_a_series_of_two_is_one_and_cases_not_heard_are_no_series(world):
    in_series(world.heard(1), world.heard(2, attended=False))
    world.hearing(world.case(3), state="postponed")
    world.hearing(world.case(4), state="cancelled")
    total = measure(world, "appearance_rate_by_series").total
    assert (ids(total.numerator), ids(total.rest)) == (["（2026）鲁1602行初1号等 2 件"], [])
    assert [(_serial(left.id), left.reason) for left in total.excluded] == [
        ("行初3", "延期开庭"), ("行初4", "取消开庭"),
    ]  # fmt: skip


def test_a_case_belongs_to_the_period_of_its_first_held_hearing(world):
    case = world.case(1)
    world.said(world.hearing(case, "06-30"), attended=False)
    world.said(world.hearing(case, "09-20"))
    assert told(world, "appearance_rate") == ([], [], {})
    assert told(world, "appearance_rate", period=parse_report_period("2026Q2")) == (["行初1"], [], {})


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("postponed", "延期开庭"),
        ("cancelled", "取消开庭"),
        ("withdrawn", "撤诉未开庭"),
        ("scheduled", "已排庭，尚未收到开庭情况"),
    ],
)
def test_a_hearing_that_was_not_held_is_excluded_and_says_why(world, state, reason):
    world.hearing(world.case(1), state=state)
    assert told(world, "appearance_rate") == ([], [], {"行初1": reason})


def test_a_postponed_hearing_of_a_case_that_was_heard_later_is_not_mentioned(world):
    case = world.case(1)
    world.hearing(case, "08-01", state="postponed")
    world.said(world.hearing(case, "09-01"))
    assert told(world, "appearance_rate") == (["行初1"], [], {})


def test_a_held_hearing_nobody_told_of_is_excluded(world):
    world.hearing(world.case(1))
    world.said(world.hearing(world.case(2)), attended=None)
    assert told(world, "appearance_rate") == ([], [], {"行初1": NOT_STATED, "行初2": NOT_STATED})
    assert NOT_STATED == "尚未收到负责人出庭情况"


def test_a_hearing_after_the_day_of_the_figures_is_not_known(world):
    world.heard(1, on="09-20")
    world.hearing(world.case(2), "09-25", state="scheduled")
    assert told(world, "appearance_rate", on=date(2026, 9, 19)) == ([], [], {})
    assert told(world, "appearance_rate", on=date(2026, 9, 20)) == (["行初1"], [], {})


def test_deemed_absent_is_not_counted(world):
    world.heard(1, attended=True, counts=False, id_certificate="defective")
    assert told(world, "appearance_rate") == ([], ["行初1"], {})


def test_justified_absence_stays_out_of_appearance_and_counts_as_compliance(world):
    world.heard(1, attended=False, justified=True, court_finding="accepted")
    world.heard(2, attended=False)
    assert told(world, "appearance_rate") == ([], ["行初1", "行初2"], {})
    assert told(world, "appearance_compliance_rate") == (["行初1"], ["行初2"], {})


def test_a_ground_the_court_has_not_reviewed_is_no_unexcused_absence(world):
    world.heard(1, attended=False, absence_ground="accident")
    world.heard(2, attended=False, absence_ground="accident", court_finding="rejected")
    world.heard(3, attended=False, absence_reason="生病")
    world.heard(4, attended=False)
    entries = Populations(Q3, world.city, TODAY).appearances
    unexcused = [entry.id for entry in entries if absent_unexcused([entry.facts])]
    assert unexcused == ["（2026）鲁1602行初2号", "（2026）鲁1602行初4号"]


def test_absent_again_after_a_justified_absence_is_not_compliance(world):
    case = world.case(1)
    world.said(world.hearing(case, "09-01"), attended=False, justified=True)
    world.said(world.hearing(case, "09-20"), attended=False)
    assert told(world, "appearance_compliance_rate") == ([], ["行初1"], {})


def test_the_courts_statement_prevails_until_a_person_rules(world):
    hearing = world.hearing(world.case(1))
    world.said(hearing, by="court", attended=False)
    by_agency = world.said(hearing, by="agency", attended=True)
    assert told(world, "appearance_rate") == ([], ["行初1"], {})
    world.rule_for(by_agency)
    assert told(world, "appearance_rate") == (["行初1"], [], {})


def test_the_agencys_statement_stands_where_the_court_says_nothing(world):
    hearing = world.hearing(world.case(1))
    world.said(hearing, by="court", attended=None)
    world.said(hearing, by="agency", attended=True)
    assert told(world, "appearance_rate") == (["行初1"], [], {})


def test_the_offices_statement_prevails_over_the_agencys(world):
    hearing = world.hearing(world.case(1))
    world.said(hearing, by="agency", attended=True)
    world.said(hearing, by="office", attended=False)
    assert told(world, "appearance_rate") == ([], ["行初1"], {})


def test_codefendants_are_one_case_in_total_and_separate_by_agency(world):
    case = world.case(1, "市公安局", "市人社局")
    hearing = world.hearing(case)
    world.said(hearing, "市公安局", attended=True)
    world.said(hearing, "市人社局", attended=False)
    found = measure(world, "appearance_rate")
    assert (ids(found.total.numerator), found.total.denominator) == ([case.number], 1)
    slices = {agency.short_name: (len(part.numerator), part.denominator) for agency, part in found.by_agency}
    assert slices == {"市公安局": (1, 1), "市人社局": (0, 1)}


def test_a_designation_excuses_the_other_codefendant(world):
    case = world.case(1, "市公安局", "市人社局")
    hearing = world.hearing(case)
    world.said(hearing, "市公安局", attended=True)
    world.said(hearing, "市人社局", attended=False)
    world.designate(case, "市公安局")
    found = measure(world, "appearance_rate")
    parts = {agency.short_name: part for agency, part in found.by_agency}
    assert (len(parts["市公安局"].numerator), parts["市人社局"].denominator) == (1, 0)
    assert [left.reason for left in parts["市人社局"].excluded] == [ANOTHER_DESIGNATED]
    assert ANOTHER_DESIGNATED == "共同被告已确定由其他机关负责人出庭（法释〔2020〕3号第三条）"
    assert told(world, "appearance_compliance_rate") == (["行初1"], [], {})


def test_reviews_are_no_hearings_and_appeals_are(world):
    for serial, type_code in ((1, "行申"), (2, "行终"), (3, "行赔初"), (4, "行审")):
        world.said(world.hearing(world.case(serial, type_code=type_code)))
    assert told(world, "appearance_rate")[0] == ["行终2", "行赔初3"]


def test_principal_is_measured_among_all_that_were_heard(world):
    world.heard(1, head_rank="principal")
    world.heard(2, head_rank="deputy")
    world.heard(3, attended=False)
    assert told(world, "appearance_rate_principal") == (["行初1"], ["行初2", "行初3"], {})


def test_every_case_counts_for_the_highest_head_who_came(world):
    both = world.heard(1, head_rank="deputy")
    world.said(world.hearing(both, "09-02"), head_rank="principal")
    world.heard(2, head_rank="deputy")
    world.heard(3, head_rank="other")
    world.heard(4)
    world.heard(5, attended=False)
    world.hearing(world.case(6))
    assert told(world, "appearance_rate_deputy") == (
        ["行初2"], ["行初1", "行初3", "行初4", "行初5"], {"行初6": "尚未收到负责人出庭情况"},
    )  # fmt: skip
    assert told(world, "appearance_rate_other") == (
        ["行初3", "行初4"], ["行初1", "行初2", "行初5"], {"行初6": "尚未收到负责人出庭情况"},
    )  # fmt: skip


def test_spoke_is_measured_among_those_who_appeared(world):
    world.heard(1, spoke=True)
    world.heard(2, spoke=False)
    world.heard(3, spoke=None)
    world.heard(4, attended=False)
    assert told(world, "spoke_rate") == (["行初1"], ["行初2"], {"行初3": "未载明是否发言"})


PERFORMANCE = [  # what, performance, on time
    ({"done": "09-09"}, True, True),
    ({"done": "09-10"}, True, True),
    ({"done": "09-20"}, True, False),
    ({"done": "09-30"}, True, False),  # on the day of the figures
    ({"done": None}, False, False),
    ({"done": "09-09", "state": "reported"}, False, False),
    ({"done": "10-20"}, False, False),  # after the day of the figures
    ({"done": "09-09", "effect": "presumed"}, True, True),
    ({"certainty": "open"}, "有无履行内容待确认", "有无履行内容待确认"),
    ({"state": "suspended"}, "因再审中止", "因再审中止"),
    ({"effect": "suspended"}, "因再审中止", "因再审中止"),
    ({"effect": "not_yet"}, None, None),
    ({"effect": "reversed"}, None, None),
    ({"certainty": "no"}, None, None),
    ({"due": "10-01"}, None, None),
    ({"state": "none"}, "无履行内容", "无履行内容"),
]


@pytest.mark.parametrize(("facts", "performed", "on_time"), PERFORMANCE, ids=str)
def test_performance(world, facts, performed, on_time):
    world.owes(1, **facts)
    for key, verdict in (("performance_rate", performed), ("performance_on_time_rate", on_time)):
        assert told(world, key) == _expected("行初1 市公安局", verdict)


# What the office ordered about the day 09-10, performed on 09-15: performance, on time.
ORDERS = [
    ({"kind": "extend", "ends_on": day("09-20")}, True, True),
    ({"kind": "set", "ends_on": day("09-14")}, True, False),
    ({"kind": "extend", "ends_on": day("10-08")}, None, None),  # counted in the next quarter
    (
        {"kind": "pause", "first": day("09-01"), "last": day("09-10")},
        True,
        True,
    ),  # ten days: 09-20, a day worked
]
UNDONE = [
    ({"kind": "waive"}, "已免除"),
    ({"kind": "pause", "first": day("09-01")}, "计时中止"),
]


def ordered(world, owed, **order):
    deadline = Deadline.objects.get(rule="obligation")
    post = world.post("clerk", "office_clerk", world.office)
    DeadlineOrder.objects.create(
        deadline=deadline, ground="court", document="裁定书", registered_at=world.source.stated_at,
        registered_by=post, **order,
    )  # fmt: skip
    sync_deadlines([owed.lane_id], law=shipped_law(), author=Author(world.source.stated_at), reason="办理")


@pytest.mark.parametrize(("order", "performed", "on_time"), ORDERS, ids=str)
def test_figures_read_the_day_that_orders_made(world, order, performed, on_time):
    ordered(world, world.owes(1, done="09-15"), **order)
    for key, verdict in (("performance_rate", performed), ("performance_on_time_rate", on_time)):
        assert told(world, key) == _expected("行初1 市公安局", verdict)


@pytest.mark.parametrize(("order", "reason"), UNDONE, ids=str)
def test_what_is_waived_or_stands_still_leaves_the_rate_with_its_reason(world, order, reason):
    ordered(world, world.owes(1), **order)
    assert told(world, "performance_rate") == ([], [], {"行初1 市公安局": reason})


def test_an_obligation_whose_day_is_not_over_is_not_yet_counted(world):
    world.owes(1, due="10-15")
    fourth = parse_report_period("2026Q4")
    assert told(world, "performance_rate", period=fourth) == ([], [], {"行初1 市公安局": NOT_YET_DUE})
    later = date(2026, 10, 16)
    assert told(world, "performance_rate", period=fourth, on=later) == ([], ["行初1 市公安局"], {})


LOSSES = [  # code, lost, other facts, by concluded, by judged
    ("J-REVOKE", True, {}, True, True),
    ("J-DISMISS", False, {}, False, False),
    ("R-WITHDRAW", None, {}, False, "以裁定或调解结案"),
    ("J-AGR-COMPENSATE", None, {}, LOST_UNKNOWN, LOST_UNKNOWN),
    ("J-AGR-COMPENSATE", True, {}, True, True),
    ("T-AFFIRM", None, {"type_code": "行再"}, LOST_UNKNOWN, "以裁定或调解结案"),
    ("J-REVOKE", True, {"effect": "reversed"}, REVERSED, REVERSED),
    ("J-REVOKE", True, {"type_code": "行终"}, None, None),
    ("J-REVOKE", True, {"type_code": "行再"}, True, True),
    ("R-TRANSFER", None, {}, None, None),
    ("J-REVOKE", True, {"on": "06-30"}, None, None),
]


@pytest.mark.parametrize(("code", "lost", "facts", "concluded", "judged"), LOSSES, ids=str)
def test_losses(world, code, lost, facts, concluded, judged):
    outcome = world.decided(1, code, lost=lost, **facts)
    name = f"{outcome.decision.case.type_code}1 市公安局"
    assert told(world, "loss_rate_concluded") == _expected(name, concluded)
    assert told(world, "loss_rate_judged") == _expected(name, judged)


def test_withdrawals_after_a_changed_act_are_counted_beside_and_have_no_rate(world):
    world.decided(1, "R-WITHDRAW-CHANGED")
    world.decided(2, "R-WITHDRAW")
    found = measure(world, "withdrawal_after_change_count")
    assert (len(found.total.numerator), found.total.denominator, found.rate) == (1, 2, None)


@pytest.mark.parametrize(
    ("key", "rule"), [("report_on_time_rate", "defence_report"), ("filing_on_time_rate", "judgment_filing")]
)
def test_reports_and_filings_are_on_time_by_their_day(world, key, rule):
    left_out = [{"state": state} for state in ("waived", "void", "suspended")]
    for serial, facts in enumerate([{"met": "09-10"}, {"met": "09-11"}, {}, *left_out], 1):
        world.due(world.case(serial), rule, **facts)
    assert told(world, key) == (
        ["行初1 市公安局"],
        ["行初2 市公安局", "行初3 市公安局"],
        {
            "行初4 市公安局": "已免除",
            "行初5 市公安局": "起因事实已变更，不再适用",
            "行初6 市公安局": "计时中止",
        },
    )


def test_two_filings_of_one_lane_are_two_units(world):
    case = world.case(1)
    world.due(case, "judgment_filing", met="09-10")
    world.due(case, "judgment_filing", subject="x:2")
    total = measure(world, "filing_on_time_rate").total
    name = f"{case.number} · 市公安局"
    assert (ids(total.numerator), ids(total.rest)) == ([name], [f"{name}（第2项）"])


def test_a_paper_due_on_the_day_of_the_figures_is_not_yet_late(world):
    world.due(world.case(1), "judgment_filing", on="09-10")
    name = "行初1 市公安局"
    assert told(world, "filing_on_time_rate", on=date(2026, 9, 10)) == ([], [], {name: NOT_YET_DUE})
    assert told(world, "filing_on_time_rate", on=date(2026, 9, 11)) == ([], [name], {})


def test_units_stand_in_the_order_of_their_cases_and_agencies(world):
    for serial in (2, 1):
        world.decided(serial, "J-REVOKE", lost=True)
        case = world.case(serial + 2, "市人社局", "市公安局")
        for agency in ("市人社局", "市公安局"):
            world.due(case, "judgment_filing", met="09-10", agency=agency)
    world.owes(6, done="09-09")
    world.owes(5, done="09-09")

    def ordered(key):
        return [_serial(unit.id) for unit in measure(world, key).total.numerator]

    assert ordered("loss_rate_concluded")[:2] == ["行初2 市公安局", "行初1 市公安局"]
    assert ordered("performance_rate") == ["行初6 市公安局", "行初5 市公安局"]
    assert ordered("filing_on_time_rate") == [
        "行初4 市公安局", "行初4 市人社局", "行初3 市公安局", "行初3 市人社局",
    ]  # fmt: skip


def test_a_hearing_moved_to_another_day_is_counted_where_it_was_set(world):
    for serial, old, reason in (
        (1, "2026-09-01", "event"),
        (2, "2026-09-30", "correction"),
        (3, "2026-10-01", "event"),
    ):
        case = world.case(serial)
        FactChange.objects.create(
            case=case,
            at=NOW,
            model="hearing",
            field="day",
            old=old,
            new="2026-11-02",
            reason=reason,
            source=world.source,
        )
    assert told(world, "rescheduled_count") == (
        ["行初1 市公安局"], [], {"行初2 市公安局": "录入更正，开庭日期并未变动"},
    )  # fmt: skip


def test_a_unit_belongs_to_the_region_of_its_agency(world):
    world.heard(1, "市公安局")
    world.heard(2, "区住建局")
    world.heard(3, "县公安局", attended=False)
    assert told(world, "appearance_rate") == (["行初1", "行初2"], ["行初3"], {})
    assert told(world, "appearance_rate", region=world.county) == (["行初2"], [], {})
    assert told(world, "appearance_rate", region=world.other_county) == ([], ["行初3"], {})


def test_a_county_is_measured_by_its_own_lane_of_a_joint_case(world):
    case = world.case(1, "市公安局", "区住建局")
    hearing = world.hearing(case)
    world.said(hearing, "市公安局", attended=True)
    world.said(hearing, "区住建局", attended=False)
    assert told(world, "appearance_rate") == (["行初1"], [], {})
    assert told(world, "appearance_rate", region=world.county) == ([], ["行初1"], {})


def test_parts_never_share_an_id_and_the_numerator_lies_in_the_denominator(world):
    for serial in range(1, 8):
        world.heard(serial, "市公安局", "市人社局", attended=serial % 3 != 0, spoke=serial % 2 == 0)
    world.hearing(world.case(8), state="postponed")
    for serial in range(10, 20):
        world.decided(serial, ("J-REVOKE", "J-DISMISS", "R-WITHDRAW", "J-AGR-COMPENSATE")[serial % 4])
    populations = Populations(Q3, world.city, TODAY)
    for what in MEASURES.values():
        found = measured(what, populations)
        for part in (found.total, *(part for _, part in found.by_agency)):
            everything = ids(part.numerator) + ids(part.rest) + ids(part.excluded)
            assert len(everything) == len(set(everything))
            assert part.denominator == len(part.numerator) + len(part.rest)


def _expected(name, verdict):
    if verdict is None:
        return [], [], {}
    if isinstance(verdict, str):
        return [], [], {name: verdict}
    return ([name], [], {}) if verdict else ([], [name], {})


# Several hearings or defendants that are one unit.

CAME = Stated(True, False, True, True, False, "")
SILENT = Stated(True, False, False, False, False, "")
EXCUSED = Stated(False, True, False, None, False, "")
MISSING = Stated(False, False, True, None, True, "")


@pytest.mark.parametrize(
    ("stated", "principal", "complied", "spoke", "unexcused"),
    [
        ((CAME, SILENT), True, True, True, False),
        ((CAME, MISSING), True, True, True, False),
        ((SILENT, SILENT), False, True, False, False),
        ((SILENT, SILENT._replace(spoke=None)), False, True, False, False),
        ((EXCUSED, EXCUSED), False, True, None, False),
        ((EXCUSED, MISSING), False, False, None, True),
    ],
)
def test_of_several_hearings_one_appearance_is_enough_and_every_absence_needs_its_excuse(
    stated, principal, complied, spoke, unexcused
):
    lanes = [HeardLane("", stated)]
    keys = ("appearance_rate_principal", "appearance_compliance_rate", "spoke_rate")
    assert [MEASURES[key].judge(lanes) for key in keys] == [principal, complied, spoke]
    assert absent_unexcused(lanes) is unexcused


def test_a_lane_without_a_duty_is_excluded_from_compliance_and_absent_without_fault():
    lanes = [HeardLane("延期开庭", ())]
    assert MEASURES["appearance_compliance_rate"].judge(lanes) == "延期开庭"
    assert absent_unexcused(lanes) is False


DONE = DutyFacts("", "", date(2026, 9, 10), date(2026, 9, 9))
LATE, OPEN = DONE._replace(done_on=date(2026, 9, 20)), DONE._replace(done_on=None)


@pytest.mark.parametrize(
    ("duties", "performed", "on_time"),
    [
        ((DONE, DONE), True, True),
        ((DONE, LATE), True, False),
        ((DONE, OPEN), False, False),
        ((DONE._replace(reason="因再审中止"), DONE), True, True),
        ((DONE._replace(reason="因再审中止"),) * 2, "因再审中止", "因再审中止"),
    ],
)
def test_several_duties_of_one_unit_are_done_when_all_are(duties, performed, on_time):
    keys = ("performance_rate", "performance_on_time_rate")
    assert [MEASURES[key].judge(duties) for key in keys] == [performed, on_time]


def test_a_duty_is_outstanding_when_it_counts_and_is_not_done():
    suspended = OPEN._replace(reason="因再审中止")
    assert [duty.outstanding for duty in (OPEN, DONE, LATE, suspended)] == [True, False, False, False]


def test_what_is_excluded_says_why_in_these_words():
    assert (NOT_YET_DUE, REVERSED, LOST_UNKNOWN) == ("期限尚未届满", "一审结果已被撤销", "是否败诉尚未认定")


def test_a_decision_after_the_day_of_the_figures_is_not_known(world):
    world.decided(1, "J-REVOKE", lost=True, on="09-20")
    assert told(world, "loss_rate_concluded", on=date(2026, 9, 19)) == ([], [], {})
    assert told(world, "loss_rate_concluded", on=date(2026, 9, 20)) == (["行初1 市公安局"], [], {})


def test_the_period_before_is_of_the_same_agencies(world):
    now = Populations(Q3, world.city, TODAY)
    before = now.before()
    assert (before.period.key, before.region, before.on) == ("2026Q2", world.city, TODAY)
    assert before.agencies is now.agencies


def test_one_withdrawal_after_a_changed_act_is_enough():
    other = OutcomeFacts("", "R-WITHDRAW", False, False)
    judge = MEASURES["withdrawal_after_change_count"].judge
    assert judge([other, other._replace(code="R-WITHDRAW-CHANGED")]) is True
    assert judge([other]) is False


def test_a_hearing_moved_is_counted_and_an_entry_put_right_is_not():
    rescheduled = MEASURES["rescheduled_count"]
    assert rescheduled.is_rate is False
    assert rescheduled.judge(["event"]) is True
    assert rescheduled.judge(["correction"]) == "录入更正，开庭日期并未变动"


def test_the_definition_of_a_rate_says_how_hearings_and_codefendants_count():
    for words in ("同一审级多次开庭有一次出庭即计入", "共同被告任一机关负责人出庭即计入全域"):
        assert words in MEASURES["appearance_rate"].definition
