"""通报整改: a unit is asked, hands in a plan within 5 working days, and its measures are accepted one by one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cases.deadlines import orders
from cases.deadlines.completion import Done
from cases.deadlines.incoming import Received, register_incoming
from cases.models import Completion, Deadline, Incoming, RectificationMeasure
from cases.rectification import measures
from cases.rectification.measures import hand_in_plan, write_measures
from organisations.models import AuditEntry, Post
from tests.factories import LaneFactory, PaperFactory, at, organisation
from tests.writing import scan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)
PLAN = {
    "how": "三季度有 2 件负责人未出庭，审批环节晚", "done_on": "2026-10-15",
    "measure_1": "排庭当日报分管领导", "owner_1": "法规科", "due_1": "2026-10-30",
    "measure_2": "每月通报各科室", "owner_2": "办公室", "due_2": "2026-11-30",
}  # fmt: skip


@pytest.fixture
def duty(cast, law, today):
    """滨城区自然资源局 received the bulletin of the third quarter on Monday 12 October."""
    told = Received("bulletin_received", date(2026, 10, 12), "滨政法通〔2026〕3号")
    unit = organisation("371602-ZRZY")
    register_incoming(told, organisation=unit, author=at(TODAY, cast.post.office_clerk), law=law)
    return Deadline.objects.get(rule="rectification")


@pytest.fixture
def plan(duty, cast, law):
    rows = [
        ("排庭当日报分管领导", "法规科", date(2026, 10, 30)),
        ("每月通报各科室", "办公室", date(2026, 11, 30)),
    ]
    told = Done(TODAY, "审批环节晚")
    return hand_in_plan(duty, told, rows, author=at(TODAY, cast.post.liaison), law=law)


def page(client, name, *args, data=None, **more):
    url = reverse(f"cases:{name}", args=args)
    return client.post(url, data, **more) if data is not None else client.get(url)


# Received on Monday 12 October: five working days end on Monday 19 October.
def test_the_bulletin_starts_five_working_days(duty):
    assert (duty.starts_on, duty.due_on, duty.state) == (date(2026, 10, 12), date(2026, 10, 19), "open")
    assert (duty.organisation.code, duty.lane, duty.is_duty) == ("371602-ZRZY", None, True)


def test_the_office_asks_a_unit_from_its_score_sheet_form(cast, client_of, today):
    unit = organisation("371602-ZRZY")
    client = client_of(cast.office_clerk)
    shown = page(client, "unit_incoming", unit.pk).content.decode()
    assert '<option value="bulletin_received" selected>' in shown
    told = {"kind": "bulletin_received", "document": "滨政法通〔2026〕3号", "received_on": "2026-10-12"}
    before = page(client, "unit_incoming", unit.pk, data=told).content.decode()
    assert "10-19" in before
    assert not Incoming.objects.exists()
    page(client, "unit_incoming", unit.pk, data=told | {"confirmed": "1"})
    assert Deadline.objects.get(rule="rectification").organisation == unit


@pytest.mark.parametrize(
    ("part", "status"),
    [("foreign_office_clerk", 403), ("liaison", 403), ("leader", 403), ("city_clerk", 403)],
)
def test_only_the_office_of_the_region_asks(cast, client_of, today, part, status):
    unit = organisation("371602-ZRZY")
    assert page(client_of(getattr(cast, part)), "unit_incoming", unit.pk).status_code == status


def test_the_desk_leads_to_the_plan_and_the_plan_does_the_duty(duty, cast, client_of):
    client = client_of(cast.liaison)
    desk = client.get("/desk/").content.decode()
    assert "报整改方案" in desk
    assert reverse("cases:plan", args=[duty.pk]) in desk
    assert page(client, "complete", duty.pk).url == reverse("cases:plan", args=[duty.pk])
    answer = page(client, "plan", duty.pk, data=PLAN, follow=True)
    assert "已登记办结：通报整改方案。" in answer.content.decode()
    duty.refresh_from_db()
    assert (duty.state, duty.met_on) == ("met", TODAY)
    told = [
        (one.text, one.owner, one.due_on, one.organisation.code) for one in RectificationMeasure.objects.all()
    ]
    assert told == [
        ("排庭当日报分管领导", "法规科", date(2026, 10, 30), "371602-ZRZY"),
        ("每月通报各科室", "办公室", date(2026, 11, 30), "371602-ZRZY"),
    ]
    receipt = client.get(duty.get_absolute_url()).content.decode()
    assert "排庭当日报分管领导" in receipt
    assert "进行中" in receipt


def test_an_incomplete_plan_says_what_is_missing_and_keeps_what_was_typed(duty, cast, client_of):
    told = PLAN | {"owner_2": "", "how": ""}
    answer = page(client_of(cast.liaison), "plan", duty.pk, data=told)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写原因分析。" in text
    assert "请填写责任人 2。" in text
    assert "每月通报各科室" in text
    assert not Completion.objects.exists()


def test_a_late_plan_is_accepted_with_its_reason(duty, cast, client_of, settings):
    settings.TODAY = date(2026, 10, 21)
    told = PLAN | {"done_on": "2026-10-21"}
    refused = page(client_of(cast.liaison), "plan", duty.pk, data=told)
    assert "已超过规定期限 2 天（应于 2026-10-19），请说明原因。" in refused.content.decode()
    assert not RectificationMeasure.objects.exists()
    page(client_of(cast.liaison), "plan", duty.pk, data=told | {"late_reason": "材料在审签"})
    assert RectificationMeasure.objects.count() == 2


def test_a_second_plan_is_refused(plan, duty, cast, client_of):
    answer = page(client_of(cast.liaison), "plan", duty.pk, data=PLAN, follow=True)
    assert "不需要再登记" in answer.content.decode()
    assert RectificationMeasure.objects.count() == 2


def test_each_measure_is_done_and_accepted(plan, cast, client_of):
    liaison, office = client_of(cast.liaison), client_of(cast.office_clerk)
    first, second = RectificationMeasure.objects.all()
    assert "未完成的整改措施 2 件" in liaison.get("/desk/").content.decode()
    page(liaison, "measure", first.pk, data={"done_on": "2026-10-15", "proof": "印发通知"})
    assert "待核查的履行、整改和退回材料 1 件" in office.get("/desk/").content.decode()
    listed = page(office, "to_check").content.decode()
    assert "滨政法通〔2026〕3号" in listed
    page(office, "measure", first.pk, data={"accepted": "yes", "note": ""})
    first.refresh_from_db()
    assert (first.accepted_by, first.accepted_at is not None) == (cast.post.office_clerk, True)
    page(liaison, "measure", second.pk, data={"done_on": "2026-10-15", "proof": "已通报"})
    page(office, "measure", second.pk, data={"accepted": "no", "note": "没有通报原件"})
    second.refresh_from_db()
    assert (second.done_on, second.refusal) == (None, "没有通报原件")
    assert AuditEntry.objects.filter(verb="measure.accept").count() == 2


def test_whoever_handed_the_plan_in_or_reported_it_done_accepts_nothing(plan, cast):
    """The same person with a post in the office."""
    RectificationMeasure.objects.update(done_on=TODAY, reported_by=cast.post.other_liaison)
    for user in (cast.liaison, cast.other_liaison):
        post = Post.objects.create(user=user, organisation=organisation("371602-SF"), role="office_clerk")
        with pytest.raises(PermissionDenied, match="须由其他人员核收"):
            measures.accept_measure(
                RectificationMeasure.objects.first(), accepted=True, note="", author=at(TODAY, post)
            )


def test_an_office_of_another_county_accepts_nothing(plan, cast, client_of):
    one = RectificationMeasure.objects.first()
    assert page(client_of(cast.foreign_office_clerk), "measure", one.pk).status_code == 404
    with pytest.raises(PermissionDenied, match="由其所在地司法局办理"):
        measures.accept_measure(one, accepted=True, note="", author=at(TODAY, cast.post.foreign_office_clerk))


def test_a_plan_taken_back_takes_its_measures_with_it_and_opens_the_duty(plan, duty, cast, client_of, law):
    orders.withdraw(plan, author=at(TODAY, cast.post.office_clerk), law=law)
    duty.refresh_from_db()
    assert duty.state == "open"
    assert "整改措施" not in client_of(cast.liaison).get("/desk/").content.decode()
    assert (
        page(client_of(cast.liaison), "measure", RectificationMeasure.objects.first().pk).status_code == 404
    )


def test_measures_of_an_earlier_version_of_a_report_wait_for_nobody(cast, client_of, today):
    """A corrected report has its own measures; those of the version before are no longer asked for."""
    lane = LaneFactory()
    for version in (1, 2):
        paper = PaperFactory(
            lane=lane, kind="lost_case_report", version=version, submitted_by=cast.post.liaison
        )
        write_measures(paper, [(f"措施 {version}", "法规科", date(2026, 11, 30))])
    client = client_of(cast.liaison)
    assert "未完成的整改措施 1 件" in client.get("/desk/").content.decode()
    listed = page(client, "to_check").content.decode()
    assert "措施 2" in listed
    assert "措施 1" not in listed


def test_other_duties_have_no_plan(cast, client_of, law, today):
    told = Received("letter_received", date(2026, 10, 12), "滨建〔2026〕3号")
    unit = organisation("371602-ZRZY")
    register_incoming(told, organisation=unit, author=at(TODAY, cast.post.liaison), law=law)
    reply = Deadline.objects.get(rule="letter_reply")
    assert page(client_of(cast.liaison), "plan", reply.pk).status_code == 404


def test_a_plan_is_of_a_day_between_the_bulletin_and_today(duty, cast, law):
    """The use case refuses the same days as 办结登记: nothing before the bulletin, nothing ahead."""
    for day in (date(2026, 10, 11), date(2026, 10, 16)):
        with pytest.raises(ValidationError, match="办结日期须在 2026-10-12 至今天（2026-10-15）之间"):
            hand_in_plan(duty, Done(day, "…"), [], author=at(TODAY, cast.post.liaison), law=law)
    assert not RectificationMeasure.objects.exists()


def test_who_once_said_that_it_was_done_does_not_accept_it_though_another_said_so_again(plan, cast):
    one, office = RectificationMeasure.objects.first(), at(TODAY, cast.post.office_clerk)
    first = at(TODAY, cast.post.other_liaison)
    measures.report_measure(one, done_on=TODAY, proof="一", author=first)
    with pytest.raises(ValidationError, match="正等司法局验收"):
        measures.report_measure(one, done_on=TODAY, proof="二", author=at(TODAY, cast.post.liaison))
    measures.accept_measure(one, accepted=False, note="补签到表", author=office)
    measures.report_measure(one, done_on=TODAY, proof="二", author=at(TODAY, cast.post.liaison))
    unit = organisation("371602-SF")
    post = Post.objects.create(user=cast.other_liaison, organisation=unit, role="office_clerk")
    with pytest.raises(PermissionDenied, match="须由其他人员核收"):
        measures.accept_measure(one, accepted=True, note="", author=at(TODAY, post))


def test_an_accepted_measure_is_read_with_its_proof_and_the_office_s_word(plan, cast, client_of, files_dir):
    one = RectificationMeasure.objects.first()
    told = {"done_on": "2026-10-15", "proof": "印发通知", "file": scan("通知.pdf")}
    page(client_of(cast.liaison), "measure", one.pk, data=told)
    page(client_of(cast.office_clerk), "measure", one.pk, data={"accepted": "yes", "note": "核对了原件"})
    for who in ("liaison", "office_clerk", "agency_head", "leader", "supervision"):
        shown = page(client_of(getattr(cast, who)), "measure", one.pk).content.decode()
        assert "印发通知" in shown
        assert reverse("cases:measure_file", args=[one.pk]) in shown
        assert "核对了原件" in shown
        assert '<button class="btn btn-primary" type="submit">' not in shown
