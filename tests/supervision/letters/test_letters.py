"""建议书: the machine drafts at its step, a head of the office decides, and only then the agency's clock runs."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.deadlines import completion
from cases.deadlines.sync import sync_deadlines
from cases.hearings import nominations
from cases.models import Deadline, Incoming
from organisations.models import AuditEntry
from supervision.letters.letters import discard_letter, sign_letter
from supervision.models import Letter
from supervision.sweep.sweeping import urge_due
from tests.factories import (
    CaseFactory,
    DecisionOutcomeFactory,
    HeadFactory,
    HearingFactory,
    LaneFactory,
    ObligationFactory,
    SourceFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db
HEARING = date(2026, 10, 28)


def oct_(day):
    return date(2026, 10, day)


def scheduled(law, agency="371602-ZRZY", day=HEARING):
    """A lane whose hearing the court told of long before; nobody is named."""
    source = SourceFactory(stated_at=at(date(2026, 9, 1)).at)
    lane = LaneFactory(case=CaseFactory(source=source), organisation=organisation(agency))
    HearingFactory(case=lane.case, day=day)
    sync_deadlines([lane.pk], law=law, author=at(date(2026, 9, 1)), reason="排庭")
    return lane


def sweep(law, on):
    return urge_due(on=on, author=at(on), law=law)


@pytest.fixture
def lane(cast, law):
    return scheduled(law)


@pytest.fixture
def letter(lane, law):
    """Drafted five working days before the hearing."""
    sweep(law, oct_(21))
    return Letter.objects.get()


def naming(lane):
    return Deadline.objects.get(lane=lane, rule="name_head")


def test_a_letter_is_drafted_five_working_days_before_the_hearing_and_not_before(lane, law, cast):
    sweep(law, oct_(20))
    assert not Letter.objects.exists()
    sweep(law, oct_(21))
    letter = Letter.objects.get()
    assert (letter.kind, letter.state, letter.number, letter.deadline) == (
        "appearance",
        "drafted",
        "",
        naming(lane),
    )
    assert (letter.organisation.code, letter.office.code) == ("371602-ZRZY", "371602-SF")
    for words in (
        lane.case.number,
        lane.organisation.name,
        "2026-10-28",
        "3 个工作日内",
        "滨州市滨城区司法局",
    ):
        assert words in letter.text
    assert lane.case.plaintiffs not in letter.text


def test_a_draft_goes_nowhere(letter, cast, client_of, today):
    assert not Incoming.objects.exists()
    assert not Deadline.objects.filter(rule="letter_reply").exists()
    assert client_of(cast.liaison).get(f"/letters/{letter.pk}/").status_code == 404
    assert letter.text[:20] not in client_of(cast.liaison).get("/letters/").content.decode()


@pytest.mark.parametrize("decide", ["leave", "sign", "discard"])
def test_the_next_step_drafts_no_second_one_whatever_was_decided(letter, law, cast, decide):
    author = at(oct_(21), cast.post.office_head)
    if decide == "sign":
        sign_letter(letter, text=letter.text, author=author, law=law)
    elif decide == "discard":
        discard_letter(letter, author=author)
    sweep(law, oct_(23))
    sweep(law, oct_(23))
    assert Letter.objects.count() == 1


def test_a_performance_letter_is_drafted_on_the_day_after_the_period(cast, law):
    lane = LaneFactory()
    outcome = DecisionOutcomeFactory(lane=lane, code="J-REVOKE-REDO", decision__effect="confirmed")
    ObligationFactory(outcome=outcome, named_on=oct_(20), period_text="判决生效之日起60日内")
    sync_deadlines([lane.pk], law=law, author=at(oct_(1)), reason="裁判")
    sweep(law, oct_(20))
    assert not Letter.objects.exists()
    sweep(law, oct_(21))
    letter = Letter.objects.get()
    assert letter.kind == "performance"
    for words in ("2026-10-20", "判决生效之日起60日内", "《行政诉讼法》第九十四条", lane.case.number):
        assert words in letter.text


def test_an_office_that_is_itself_sued_gets_its_letter_from_the_office_above(cast, law):
    scheduled(law, "371602-SF")
    sweep(law, oct_(21))
    assert Letter.objects.get().office.code == "BZ-SF"


def test_where_no_office_stands_above_no_letter_is_drafted(cast, law):
    scheduled(law, "BZ-SF")
    sweep(law, oct_(21))
    assert not Letter.objects.exists()


def test_the_signed_letter_has_its_number_and_starts_the_reply_of_three_working_days(letter, lane, law, cast):
    author = at(oct_(21), cast.post.office_head)
    text = letter.text + "\n请高度重视。"
    signed = sign_letter(letter, text=text, author=author, law=law)
    assert (signed.state, signed.decided_by, signed.text) == ("signed", cast.post.office_head, text)
    assert signed.number.endswith("〔2026〕1号")
    paper = Incoming.objects.get()
    assert (paper.kind, paper.received_on, paper.lane) == ("letter_received", oct_(21), lane)
    assert signed.number in paper.document
    reply = Deadline.objects.get(rule="letter_reply")
    assert (reply.due_on, reply.organisation, reply.state) == (oct_(26), lane.organisation, "open")
    assert AuditEntry.objects.get(verb="letter.sign").summary == f"制发 {signed.number}"
    told = completion.Done(oct_(26), "已确定方清远出庭")
    completion.complete(reply, told, author=at(oct_(26), cast.post.liaison), law=law)
    reply.refresh_from_db()
    assert (reply.state, reply.met_on) == ("met", oct_(26))


def test_numbers_run_by_kind_and_office_and_a_draft_set_aside_takes_none(cast, law):
    for agency in ("371602-ZRZY", "371602-SC", "371602-SF"):
        scheduled(law, agency)
    scheduled(law, "371602-ZRZY")
    sweep(law, oct_(21))
    own = list(Letter.objects.filter(office__code="371602-SF").order_by("pk"))
    author = at(oct_(21), cast.post.office_head)
    discard_letter(own[0], author=author)
    numbers = [sign_letter(one, text="…", author=author, law=law).number for one in own[1:]]
    assert [number.partition("〔")[2] for number in numbers] == ["2026〕1号", "2026〕2号"]
    above = Letter.objects.get(office__code="BZ-SF")
    other = sign_letter(above, text="…", author=at(oct_(21), cast.post.city_office_head), law=law).number
    assert other.endswith("〔2026〕1号")
    assert other not in numbers


def test_a_letter_is_decided_once(letter, law, cast):
    author = at(oct_(21), cast.post.office_head)
    sign_letter(letter, text=letter.text, author=author, law=law)
    with pytest.raises(ValidationError, match="已制发，不能再办理"):
        sign_letter(letter, text=letter.text, author=author, law=law)
    with pytest.raises(ValidationError, match="已制发，不能再办理"):
        discard_letter(letter, author=author)
    assert Incoming.objects.count() == 1


def test_a_letter_whose_duty_was_met_meanwhile_is_not_signed(letter, lane, law, cast):
    head = HeadFactory()
    hearing = lane.case.hearings.get()
    nominations.name_head(lane, hearing, head, author=at(oct_(22), cast.post.liaison), law=law)
    with pytest.raises(ValidationError, match="不需要再制发"):
        sign_letter(letter, text=letter.text, author=at(oct_(22), cast.post.office_head), law=law)
    assert not Incoming.objects.exists()


# The pages.


@pytest.fixture
def on_21(settings):
    settings.TODAY = oct_(21)


def test_the_head_signs_on_the_page_and_the_agency_reads_it_then(letter, cast, client_of, on_21):
    page = f"/letters/{letter.pk}/"
    assert "审签制发" in client_of(cast.office_head).get(page).content.decode()
    assert "审签制发" not in client_of(cast.office_clerk).get(page).content.decode()
    answer = client_of(cast.office_head).post(page, {"text": "请依法确定负责人出庭应诉。"})
    assert (answer.status_code, answer.url) == (302, page)
    read = client_of(cast.liaison).get(page).content.decode()
    assert "请依法确定负责人出庭应诉。" in read
    assert Letter.objects.get().number in read
    assert client_of(cast.leader).get(page).status_code == 200


def test_who_decides_second_is_told_that_it_was_decided(letter, law, cast, client_of, on_21):
    sign_letter(letter, text="请出庭", author=at(oct_(21), cast.post.office_head), law=law)
    again = client_of(cast.office_head).post(f"/letters/{letter.pk}/", {"text": "再发"})
    assert (again.status_code, Letter.objects.get().text) == (422, "请出庭")
    assert "已制发，不能再办理" in again.content.decode()


SIGNERS = [
    ("office_clerk", 403),
    ("city_office_clerk", 403),
    ("liaison", 404),
    ("leader", 404),
    ("supervision", 404),
    ("clerk", 404),
    ("foreign_office_head", 404),
    ("system_admin", 404),
    ("without_post", 404),
]


@pytest.mark.parametrize(("part", "status"), SIGNERS)
def test_nobody_else_signs_or_sets_aside(letter, cast, client_of, on_21, part, status):
    browser = client_of(getattr(cast, part))
    assert browser.post(f"/letters/{letter.pk}/", {"text": "请出庭"}).status_code == status
    assert browser.post(f"/letters/{letter.pk}/discard/").status_code == status
    assert Letter.objects.get().state == "drafted"


def test_the_head_of_another_office_does_not_sign_in_its_name(letter, cast, client_of, on_21):
    """The city's head sees the county's draft, which bears the county office's name and number."""
    answer = client_of(cast.city_office_head).post(f"/letters/{letter.pk}/", {"text": letter.text})
    assert (answer.status_code, Letter.objects.get().state) == (403, "drafted")


def test_a_letter_without_words_is_refused(letter, cast, client_of, on_21):
    answer = client_of(cast.office_head).post(f"/letters/{letter.pk}/", {"text": "  "})
    assert (answer.status_code, "请填写正文。" in answer.content.decode()) == (422, True)


def test_the_desk_of_the_office_says_how_many_wait(letter, cast, client_of, on_21):
    assert "待审签的建议书 1 件" in client_of(cast.office_head).get("/desk/").content.decode()
    client_of(cast.office_head).post(f"/letters/{letter.pk}/discard/")
    assert "待审签的建议书" not in client_of(cast.office_head).get("/desk/").content.decode()


def test_the_reply_stands_on_the_agency_s_board_with_its_button(letter, lane, cast, client_of, on_21):
    client_of(cast.office_head).post(f"/letters/{letter.pk}/", {"text": letter.text})
    reply = Deadline.objects.get(rule="letter_reply")
    browser = client_of(cast.liaison)
    assert f"/deadlines/{reply.pk}/complete/" in browser.get("/deadlines/").content.decode()
    done = {"done_on": "2026-10-21", "how": "采纳，由方清远出庭"}
    assert browser.post(f"/deadlines/{reply.pk}/complete/", done).status_code == 302
