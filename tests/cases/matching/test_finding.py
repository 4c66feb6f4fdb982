"""Which lanes are held against each other, once, and when a question ends by itself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.law import current_law
from cases.matching.finding import renew_candidates
from cases.matching.queue import count_of, queue_of
from cases.models import Candidate, Case, Source
from cases.registration.cases import CaseDetails, register_case
from cases.registration.mistakes import correct_number, void_case
from organisations.models import AuditEntry
from rules.case_numbers import parse_case_number
from supervision.models import JobRun
from supervision.sweep.sweeping import seek_one_case, sweep
from tests.cases.matching.conftest import DAY, pairs, registered, seek, told
from tests.factories import (
    AppearanceStatementFactory,
    HearingFactory,
    LaneFactory,
    PaperFactory,
    SourceFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db
COURT, AGENCY = "（2026）鲁1602行初61号", "（2026）鲁1602行初16号"


def test_one_candidate_with_score_reasons_and_the_office_of_the_region(alike):
    assert pairs() == [(COURT, AGENCY)]
    assert (alike.likeness, alike.owner, alike.found_at) == (
        "swapped", organisation("371602-SF"), at(DAY).at,
    )  # fmt: skip
    assert str(alike.score) == "0.95"
    assert alike.reasons[:3] == ["编号两位颠倒：61 / 16", "被告相同", "原告相同"]


def test_it_is_found_from_either_side_and_not_twice(reference):
    court, agency = told(COURT), registered(AGENCY)
    assert (seek(court), seek(agency), seek()) == (1, 0, 0)
    assert pairs() == [(COURT, AGENCY)]


def says_the_agency(lane, cast):
    PaperFactory(lane=lane, submitted_by=cast.post.liaison)


def comes_the_head(lane, cast):
    hearing = HearingFactory(case=lane.case, source=lane.source)
    source = SourceFactory(kind=Source.Kind.AGENCY, organisation=lane.organisation)
    AppearanceStatementFactory(lane=lane, hearing=hearing, stated_by="agency", source=source)


@pytest.mark.parametrize("speak", [says_the_agency, comes_the_head])
def test_where_the_agency_has_spoken_to_the_courts_number_nothing_is_asked(cast, speak):
    court, agency = told(COURT), registered(AGENCY)
    speak(court, cast)
    assert (seek(court), seek(agency)) == (0, 0)


def test_where_the_court_has_spoken_to_the_agencys_number_nothing_is_asked(cast):
    told(COURT)
    agency = registered(AGENCY)
    HearingFactory(case=agency.case, source=SourceFactory())
    assert seek() == 0


def test_two_lanes_of_the_same_side_are_never_asked_about(reference):
    told(COURT)
    told("（2026）鲁1602行初68号")
    registered("（2026）鲁1603行初5号")
    registered("（2026）鲁1603行初6号")
    assert seek() == 0


def test_an_old_ledger_is_nobodys_word(reference):
    lane = registered(AGENCY)
    Source.objects.filter(pk=told(COURT).source_id).update(kind=Source.Kind.HISTORY)
    assert seek(lane) == 0


def test_at_most_three_of_a_lane_the_best_first(reference):
    for serial in (6, 161, 116, 76, 61):
        told(f"（2026）鲁1602行初{serial}号")
    seek(registered(AGENCY))
    assert [court for court, _ in pairs()] == [
        "（2026）鲁1602行初116号", "（2026）鲁1602行初161号", "（2026）鲁1602行初61号",
    ]  # fmt: skip


def test_beside_a_clearly_better_one_a_weaker_is_not_asked_about(reference):
    told(COURT, filed_on=date(2026, 8, 3))
    told("（2026）鲁1602行初17号", filed_on=date(2026, 8, 5), cause="征收")
    seek(registered(AGENCY))
    assert pairs() == [(COURT, AGENCY)]


def test_joint_defendants_make_one_question_of_two_cases(reference):
    court = told(COURT)
    LaneFactory(case=court.case, organisation=organisation("BZ-ZRZY"))
    assert seek(registered(AGENCY)) == 1
    assert Candidate.objects.get().court_lane == court


def test_a_successor_and_an_office_above_are_kin_and_strangers_are_not(reference):
    told("（2026）鲁1681行初61号", "371681-GA")
    registered("（2026）鲁1626行初61号", "371626-GA")
    told("（2026）鲁1602行初61号", "BZ-ZRZY")
    registered("（2026）鲁1602行初16号", "371602-ZRZY")
    registered("（2026）鲁1602行初68号", "371602-SC")
    assert seek() == 2
    kinds = Candidate.objects.order_by("likeness").values_list("likeness", flat=True)
    assert list(kinds) == ["old_code", "swapped"]


# When it is looked for


def register(number, post, **said):
    details = CaseDetails(parse_case_number(number).first, "赵砚衡", "acted", **said)
    return register_case(details, author=at(DAY, post))


def test_a_case_that_is_registered_is_held_against_what_courts_told(cast):
    told(COURT)
    register(AGENCY, cast.post.liaison)
    assert pairs() == [(COURT, AGENCY)]


def test_a_corrected_number_ends_one_question_and_begins_another(alike, cast, law):
    told("（2026）鲁1602行初38号")
    right = parse_case_number("（2026）鲁1602行初83号").first
    correct_number(
        alike.agency_lane.case, right, reason="误录", author=at(DAY, cast.post.office_clerk), law=law
    )
    assert pairs() == [("（2026）鲁1602行初38号", "（2026）鲁1602行初83号")]
    assert pairs("gone") == [(COURT, AGENCY)]


def test_a_voided_case_ends_the_question_with_a_trace(alike, cast, law):
    void_case(alike.court_lane.case, reason="误录", author=at(DAY, cast.post.office_clerk), law=law)
    alike.refresh_from_db()
    assert (alike.state, alike.reason, alike.decided_by) == ("gone", "其中一案已更正、并入或作废", None)
    assert AuditEntry.objects.filter(verb="candidate.gone").count() == 1


def test_what_the_court_tells_of_the_agencys_number_ends_the_question(alike):
    HearingFactory(case=alike.agency_lane.case, source=SourceFactory())
    assert renew_candidates(at(DAY)) == 1
    alike.refresh_from_db()
    assert (alike.state, alike.reason) == ("gone", "法院已通报机关登记的案号，两案各是一案")


def test_an_agency_that_signs_meanwhile_leaves_the_question_open(alike, cast):
    says_the_agency(alike.court_lane, cast)
    assert renew_candidates(at(DAY)) == 0
    assert pairs() == [(COURT, AGENCY)]


def test_other_plaintiffs_end_it_and_other_days_give_another_score(alike):
    Case.objects.filter(pk=alike.agency_lane.case_id).update(filed_on=None)
    renew_candidates(at(DAY))
    alike.refresh_from_db()
    assert str(alike.score) == "0.90"
    Case.objects.filter(pk=alike.agency_lane.case_id).update(plaintiffs="钱知远")
    assert renew_candidates(at(DAY)) == 1
    assert pairs("gone") == [(COURT, AGENCY)]


def test_the_sweep_looks_at_new_lanes_once_a_day(reference):
    told(COURT)
    registered(AGENCY)
    seek_one_case(on=DAY, author=at(DAY))
    assert pairs() == [(COURT, AGENCY)]
    Candidate.objects.all().delete()
    seek_one_case(on=DAY, author=at(DAY))  # today it looked
    seek_one_case(on=date(2026, 10, 16), author=at(date(2026, 10, 16)))  # nothing is new
    assert pairs() == []
    registered("（2026）鲁1602行初68号")
    sweep(on=date(2026, 10, 17), author=at(date(2026, 10, 17)), law=current_law())
    assert pairs() == [(COURT, "（2026）鲁1602行初68号")]
    assert JobRun.objects.get(job="one_case").covered == date(2026, 10, 17)


# One line for a slip that runs through a whole sheet


def wrong_letters(many):
    for serial in range(101, 101 + many):
        told(f"（2026）鲁1603行初{serial}号", court=organisation("鲁1602"), plaintiffs=f"孙见{serial}")
        registered(f"（2026）鲁1602行初{serial}号", plaintiffs=f"孙见{serial}")
    seek()


def lines():
    return queue_of(Candidate.objects.open().select_related("court_lane__case__source"))


def test_forty_numbers_with_the_letters_of_another_court_are_one_line(reference):
    wrong_letters(40)
    (line,) = lines()
    assert line.words == "本次通报的 40 个案号疑似法院代码误写"
    assert (len(line.items), count_of(Candidate.objects.open())) == (40, 1)


def test_two_are_two_lines_and_another_notification_is_another_line(reference):
    wrong_letters(2)
    assert (len(lines()), count_of(Candidate.objects.open())) == (2, 2)


def test_slips_in_single_rows_are_never_one_line(reference):
    for tens in range(1, 6):
        told(f"（2026）鲁1602行初{tens}07号", plaintiffs=f"李见{tens}")
        registered(f"（2026）鲁1602行初{tens}70号", plaintiffs=f"李见{tens}")
    seek()
    assert (len(lines()), count_of(Candidate.objects.open())) == (5, 5)


def test_finding_asks_the_same_however_many_lanes_there_are(reference):
    def queries(first, last):
        for serial in range(first, last):
            told(f"（2026）鲁1602行初{serial}07号", plaintiffs=f"李见{serial}")
            registered(f"（2026）鲁1602行初{serial}70号", plaintiffs=f"李见{serial}")
        with CaptureQueriesContext(connection) as captured:
            seek()
        return len(captured)

    assert queries(1, 3) == queries(3, 23)
    assert len(pairs()) == 22
    with CaptureQueriesContext(connection) as few:
        renew_candidates(at(DAY))
    Candidate.objects.filter(pk__in=Candidate.objects.values("pk")[2:]).delete()
    with CaptureQueriesContext(connection) as fewer:
        renew_candidates(at(DAY))
    assert len(few) == len(fewer)
