"""退回材料 and 登记案件: whose case it is, and one case however often and by whomever it is told of."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cases.deadlines.sync import sync_deadlines
from cases.hearings import nominations
from cases.material import returns, signing
from cases.models import (
    AppearanceStatement,
    Case,
    Deadline,
    DecisionOutcome,
    Dispute,
    FactChange,
    Hearing,
    Lane,
    MaterialReturn,
    Nomination,
    Obligation,
    ServiceReceipt,
)
from cases.registration.cases import CaseDetails, register_case
from courts.models import Notification
from organisations.models import AuditEntry, Organisation, Post
from rules.case_numbers import parse_case_number
from tests.courts.conftest import send, world  # noqa: F401 - the fixture of a court that sends workbooks
from tests.courts.court_sheets import appearance, hearing, judgment, workbook
from tests.factories import (
    AppearanceStatementFactory,
    HeadFactory,
    HearingFactory,
    LaneFactory,
    PaperFactory,
    at,
    organisation,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)


@pytest.fixture
def lane(cast, today):
    return LaneFactory(named_as="滨城自然资源局")


@pytest.fixture
def agency(cast):
    return at(TODAY, cast.post.liaison)


@pytest.fixture
def office(cast):
    return at(date(2026, 10, 16), cast.post.office_clerk)


def give_back(lane, agency, suggested=None):
    return returns.return_material(lane, reason="由市场监管局作出", suggested=suggested, author=agency)


# 退回


def test_returned_material_waits_for_the_office_and_the_duty_runs_on(lane, agency, law):
    sync_deadlines([lane.pk], law=law, author=agency, reason="通报")
    before = set(Deadline.objects.values_list("rule", "state", "due_on"))
    returned = give_back(lane, agency, organisation("371602-SC"))
    assert (returned.state, returned.organisation, returned.suggested.code) == (
        "waiting",
        lane.organisation,
        "371602-SC",
    )
    sync_deadlines([lane.pk], law=law, author=agency, reason="重算")
    assert set(Deadline.objects.values_list("rule", "state", "due_on")) == before
    assert AuditEntry.objects.get(verb="lane.return").summary == "退回应诉材料：由市场监管局作出"


def test_the_own_unit_cannot_be_suggested(lane, agency, cast, client_of):
    with pytest.raises(ValidationError) as refused:
        give_back(lane, agency, lane.organisation)
    assert refused.value.message_dict == {"suggested": ["建议承办单位不能是本单位。"]}
    answer = client_of(cast.liaison).post(
        reverse("cases:give_back", args=[lane.pk]),
        {"reason": "不是本单位的", "suggested": lane.organisation.name},
    )
    assert answer.status_code == 422
    assert "建议承办单位不能是本单位。" in answer.content.decode()
    assert not MaterialReturn.objects.exists()


def test_material_is_returned_once_at_a_time(lane, agency):
    give_back(lane, agency)
    with pytest.raises(ValidationError, match="已退回，正在等司法局处理"):
        give_back(lane, agency)
    assert MaterialReturn.objects.count() == 1


def test_signed_material_is_not_returned(lane, agency, law):
    signing.sign_for_material(lane, received_on=TODAY, method="direct", period=None, author=agency, law=law)
    with pytest.raises(ValidationError, match="已签收，不能再退回"):
        give_back(lane, agency)


def test_the_office_puts_another_agency_in_its_place_and_the_court_s_naming_stays_readable(
    lane, agency, office, law, cast, client_of
):
    sync_deadlines([lane.pk], law=law, author=agency, reason="通报")
    returned = give_back(lane, agency, organisation("371602-SC"))
    owner = organisation("371602-SC")
    returns.decide_return(returned, owner=owner, note="权责清单第三项", author=office, law=law)
    lane.refresh_from_db()
    returned.refresh_from_db()
    assert (lane.organisation, lane.named_as) == (owner, "滨城自然资源局")
    assert (returned.state, returned.decision, returned.decided_by) == (
        "reassigned", "权责清单第三项", cast.post.office_clerk,
    )  # fmt: skip
    assert set(Deadline.objects.values_list("organisation__code", flat=True)) <= {"371602-SC"}
    change = FactChange.objects.get()
    assert (change.label, change.old) == ("被诉行政机关", "滨州市滨城区自然资源局")
    assert change.new_words.startswith(f"{owner.name}（权责清单第三项")
    case = reverse("cases:detail", args=[lane.case_id])
    assert client_of(cast.other_liaison).get(case).status_code == 200
    assert client_of(cast.liaison).get(case).status_code == 404


def test_an_agency_that_the_court_named_by_no_other_name_is_kept_by_its_own(lane, agency, office, law):
    Lane.objects.update(named_as="")
    returned = give_back(lane, agency)
    returns.decide_return(returned, owner=organisation("371602-SC"), note="改列", author=office, law=law)
    lane.refresh_from_db()
    assert lane.named_as == "滨州市滨城区自然资源局"


def test_the_office_keeps_the_lane_where_it_is(lane, agency, office, law):
    returned = give_back(lane, agency)
    returns.decide_return(returned, owner=None, note="你局有此职权", author=office, law=law)
    lane.refresh_from_db()
    returned.refresh_from_db()
    assert (lane.organisation.code, returned.state) == ("371602-ZRZY", "kept")
    assert not FactChange.objects.exists()
    assert give_back(lane, agency).state == "waiting"  # with new grounds it may be returned again


@pytest.mark.parametrize("owner", [None, "371602-SC"])
def test_a_return_is_decided_once(lane, agency, office, law, owner):
    returned = give_back(lane, agency)
    to = organisation(owner) if owner else None
    returns.decide_return(returned, owner=to, note="一", author=office, law=law)
    with pytest.raises(ValidationError, match="这次退回已处理"):
        returns.decide_return(returned, owner=organisation("371602-GOV"), note="二", author=office, law=law)
    returned.refresh_from_db()
    assert returned.decision == "一"


def test_a_defendant_of_the_case_does_not_get_a_second_lane(lane, agency, office, law):
    LaneFactory(case=lane.case, organisation=organisation("371602-GOV"))
    returned = give_back(lane, agency)
    with pytest.raises(ValidationError, match="滨州市滨城区人民政府已是本案被告"):
        returns.decide_return(returned, owner=organisation("371602-GOV"), note="改", author=office, law=law)
    returned.refresh_from_db()
    assert returned.state == "waiting"


def test_a_head_of_the_agency_that_returned_does_not_stand_for_the_new_one(lane, agency, office, law):
    sitting = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    nominations.name_head(lane, sitting, HeadFactory(), author=agency, law=law)
    returned = give_back(lane, agency)
    returns.decide_return(returned, owner=organisation("371602-SC"), note="改列", author=office, law=law)
    assert not Nomination.objects.filter(replaced_at=None).exists()
    assert Deadline.objects.get(rule="name_head").state == "open"


def test_who_returned_the_material_does_not_decide_on_it(lane, agency, cast, law):
    returned = give_back(lane, agency)
    changed_sides = Post.objects.create(
        user=cast.liaison, organisation=organisation("371602-SF"), role="office_clerk"
    )
    with pytest.raises(PermissionDenied):
        returns.decide_return(returned, owner=None, note="留", author=at(TODAY, changed_sides), law=law)


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("office_clerk", 302),
        ("liaison", 403),
        ("clerk", 403),
        ("foreign_office_clerk", 404),
        ("other_liaison", 404),
    ],
)
def test_only_the_office_decides(lane, agency, cast, client_of, part, status):
    returned = give_back(lane, agency)
    url = reverse("cases:decide_return", args=[returned.pk])
    answer = client_of(getattr(cast, part)).post(url, {"owner": "滨城区市场监管局", "note": "改列"})
    if status == 302 and answer.status_code == 422:  # whatever the short name is
        answer = client_of(getattr(cast, part)).post(
            url, {"owner": organisation("371602-SC").name, "note": "改列"}
        )
    assert answer.status_code == status


def test_an_agency_that_does_not_exist_is_refused_with_names_that_come_near(lane, agency, cast, client_of):
    returned = give_back(lane, agency)
    url = reverse("cases:decide_return", args=[returned.pk])
    answer = client_of(cast.office_clerk).post(url, {"owner": "自然资源局某分局", "note": "改列"})
    assert answer.status_code == 422
    assert "名录中没有“自然资源局某分局”" in answer.content.decode()
    assert "自然资源局某分局" in answer.content.decode()


@pytest.fixture
def reassigned(send, cast, law):  # noqa: F811
    """The court named 滨城区公安局 in 行初1; the office put 滨城区人民政府 in its place."""
    send.apply(workbook(排庭=[hearing(day="2026-10-28")]))
    lane = Lane.objects.get()
    acting = Post.objects.create(
        user=cast.without_post, organisation=organisation("371602-GA"), role="agency_liaison"
    )
    returned = returns.return_material(
        lane, reason="不是", suggested=None, author=at(date(2026, 10, 6), acting)
    )
    returns.decide_return(
        returned,
        owner=organisation("371602-GOV"),
        note="改列",
        author=at(date(2026, 10, 7), cast.post.office_clerk),
        law=law,
    )
    return lane


@pytest.mark.parametrize(
    "sheets",
    [
        {"排庭": [hearing(day="2026-10-28", 法庭="第二法庭")]},
        {"排庭": [hearing(day="2026-11-04")]},
        {"出庭": [appearance()]},
        {"裁判": [judgment(送达日期="2026-09-12")]},
        {"裁判": [judgment(result="撤销被诉行政行为", 是否生效="是", 履行内容="重作", 履行期限="2026-12-01")]},
    ],
    ids=["same hearing", "moved hearing", "appearance", "judgment", "judgment with obligation"],
)  # fmt: skip
def test_a_later_workbook_that_names_the_agency_of_old_means_the_one_in_its_place(reassigned, send, sheets):  # noqa: F811
    send.apply(workbook(**sheets), on="2026-10-08")
    first = sheets.get("排庭", [hearing(day="2026-10-28")])
    # The same facts again, in a file that tells of another case too.
    send.apply(workbook(**sheets | {"排庭": [*first, hearing(2)]}), on="2026-10-09")
    Case.objects.get(serial=2).delete()
    assert [one.organisation.code for one in Lane.objects.all()] == ["371602-GOV"]
    assert set(AppearanceStatement.objects.values_list("lane", flat=True)) <= {reassigned.pk}
    assert set(DecisionOutcome.objects.values_list("lane", flat=True)) <= {reassigned.pk}
    assert (AppearanceStatement.objects.count(), DecisionOutcome.objects.count()) in ((0, 0), (1, 0), (0, 1))
    assert Obligation.objects.count() <= 1
    assert Case.objects.count() == 1


def test_a_corrected_statement_about_the_agency_of_old_corrects_and_does_not_double(reassigned, send):  # noqa: F811
    send.apply(workbook(出庭=[appearance(came="否")]), on="2026-10-08")
    send.apply(workbook(出庭=[appearance(came="是")]), on="2026-10-09")
    assert AppearanceStatement.objects.get().attended is True
    send.apply(workbook(裁判=[judgment(送达日期="2026-09-12")]), on="2026-10-10")
    send.apply(workbook(裁判=[judgment(result="撤销被诉行政行为", 送达日期="2026-09-12")]), on="2026-10-11")
    assert DecisionOutcome.objects.get().code == "J-REVOKE"


def test_a_workbook_that_names_the_new_agency_finds_its_lane(reassigned, send):  # noqa: F811
    send.apply(workbook(排庭=[hearing(agency="滨城区人民政府", day="2026-10-28")]), on="2026-10-08")
    assert Lane.objects.count() == 1


# 登记案件


def told(number="（2026）鲁1602行初901号", **more):
    known = {"plaintiffs": "赵砚衡", "role": "acted"} | more
    if isinstance(known.get("origin"), str):
        known["origin"] = parse_case_number(known["origin"]).first
    return CaseDetails(number=parse_case_number(number).first, **known)


FORM = {
    "number": "（2026）鲁1602行初901号",
    "plaintiffs": "赵砚衡",
    "role": "acted",
    "received_on": "2026-10-12",
    "method": "direct",
}
WAYS = [
    "（2026）鲁1602行初901号",
    "(2026)鲁1602行初901号",
    "〔2026〕鲁1602行初901号",
    "[2026]鲁1602行初901号",
    "【2026】鲁1602行初901号",
    "（２０２６）鲁１６０２行初９０１号",
    " ( 2026 ) 鲁 1602 行初 901 号 ",
    "(2026)鲁1602行初字第901号",
    "（2026）鲁1602行初0901号",
    "（2026）鲁1602行初901",
]


@pytest.fixture
def register(cast, client_of, today):
    client, url = client_of(cast.liaison), reverse("cases:new_case")

    def registered(**changes):
        return client.post(url, FORM | changes)

    return registered


def test_a_case_of_which_the_court_has_not_told_is_registered_and_signed_for(register, agency):
    answer = register()
    lane = Lane.objects.get()
    assert answer.url == reverse("cases:detail", args=[lane.case_id])
    case = lane.case
    assert (case.number, case.instance, case.court.code) == ("（2026）鲁1602行初901号", "first", "鲁1602")
    assert case.source.kind == "agency"
    assert ServiceReceipt.objects.get().received_on == date(2026, 10, 12)
    assert Deadline.objects.get(rule="answer").due_on == date(2026, 10, 27)
    assert AuditEntry.objects.filter(verb="case.register").count() == 1


def test_a_number_written_in_any_way_is_the_same_case(register):
    register()
    case = Case.objects.get()
    for written in WAYS:
        answer = register(number=written)
        assert (answer.status_code, answer.url) == (302, reverse("cases:detail", args=[case.pk])), written
    assert (Lane.objects.count(), ServiceReceipt.objects.count(), Dispute.objects.count()) == (1, 1, 1)


def test_the_use_case_refuses_a_second_lane_of_the_agency(agency, today):
    register_case(told(), author=agency)
    with pytest.raises(ValidationError) as refused:
        register_case(told("(2026)鲁1602行初901号"), author=agency)
    assert refused.value.message_dict == {
        "number": ["（2026）鲁1602行初901号 已在本单位案件中，不需要再登记。"]
    }


def test_nobody_becomes_a_defendant_in_a_known_case_by_typing_its_number(agency, cast, today):
    register_case(told(plaintiffs="赵砚衡", cause="行政处罚"), author=agency)
    with pytest.raises(ValidationError, match="已在平台中，被告不含本单位。确为被告的，请联系同级司法局核实"):
        register_case(told(plaintiffs="另一个名字"), author=at(TODAY, cast.post.other_liaison))
    assert [one.organisation.code for one in Case.objects.get().lanes.all()] == ["371602-ZRZY"]
    assert not Case.objects.visible_to(cast.post.other_liaison).exists()


@pytest.mark.parametrize("number", ["（2026）鲁16行终9号", "（2026）鲁16行再9号"])
def test_second_instance_and_retrial_need_the_number_of_the_case_they_come_from(register, number):
    answer = register(number=number)
    assert answer.status_code == 422
    assert "二审和再审案件请填写原审案号。" in answer.content.decode()
    assert not Case.objects.exists()
    assert register(number=number, origin="(2026)鲁1602行初7号").status_code == 302
    assert Case.objects.get().origin_number == "（2026）鲁1602行初7号"


def test_the_second_instance_joins_the_dispute_of_the_first(register):
    register()
    register(number="（2026）鲁16行终9号", origin="〔2026〕鲁1602行初901号", received_on="2026-10-14")
    first, second = Case.objects.order_by("pk")
    assert (second.origin, second.dispute, second.instance) == (first, first.dispute, "second")
    assert Dispute.objects.count() == 1


def test_a_case_cannot_come_from_itself(register):
    answer = register(number="（2026）鲁16行终9号", origin="（2026）鲁16行终9号")
    assert answer.status_code == 422
    assert not Case.objects.exists()


NO_NUMBERS = [
    ("（2026）鲁9999行初1号", "名录中没有法院代字“鲁9999”"),
    ("（2026）鲁1602民初1号", "不是行政机关作被告的案件"),
    ("（2026）鲁1602行审1号", "不是行政机关作被告的案件"),
    ("（2026）鲁1602行初1、2号", "一次登记一个案号"),
    ("滨政复〔2026〕12号", ""),
    ("八十七号", ""),
    ("<script>alert(1)</script>", ""),
]


def test_a_number_that_names_no_case_of_a_known_court_is_refused(register):
    for number, sentence in NO_NUMBERS:
        answer = register(number=number)
        text = answer.content.decode()
        assert answer.status_code == 422, number
        assert sentence in text
        assert "<script>alert(1)" not in text
        assert "赵砚衡" in text  # what was typed stays
    assert not Case.objects.exists()
    assert not Dispute.objects.exists()


NOT_YET = [
    ({"received_on": "2026-10-16"}, "收到日期不能晚于今天（2026-10-15）。"),
    ({"filed_on": "2026-10-13"}, "收到日期不能早于立案日期（2026-10-13）。"),
    ({"received_on": "2026-13-01"}, "收到日期读不出，请写作 2026-10-28。"),
    ({"received_on": ""}, "请填写收到日期。"),
    ({"plaintiffs": ""}, "请填写原告。"),
]


def test_a_refused_registration_leaves_nothing_behind(register):
    for changes, sentence in NOT_YET:
        answer = register(**changes)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not Case.objects.exists()
    assert not AuditEntry.objects.filter(verb="case.register").exists()


def test_who_does_not_act_for_an_agency_registers_nothing(cast, client_of, today):
    for part in ("office_clerk", "clerk", "agency_head", "leader"):
        assert client_of(getattr(cast, part)).post(reverse("cases:new_case"), FORM).status_code == 403
    assert not Case.objects.exists()


@pytest.mark.parametrize("written", ["（2026）鲁1602行初1号", "(2026)鲁1602行初字第1号"])
def test_the_court_s_later_notification_is_matched_by_the_number(send, cast, written):  # noqa: F811
    police = Post.objects.create(
        user=cast.without_post, organisation=Organisation.objects.get(code="371602-GA"), role="agency_liaison"
    )
    lane = register_case(told(written, plaintiffs="张三"), author=at(date(2026, 10, 2), police))
    send.apply(
        workbook(排庭=[hearing(day="2026-10-28", 案由="行政处罚")], 裁判=[judgment(送达日期="2026-09-12")])
    )
    case = Case.objects.get()
    assert [one.pk for one in case.lanes.all()] == [lane.pk]
    assert case.hearings.get().day == date(2026, 10, 28)
    assert case.cause == "行政处罚"
    assert DecisionOutcome.objects.get().lane == lane
    assert (Dispute.objects.count(), Hearing.objects.count()) == (1, 1)
    assert Notification.objects.exists()


def test_the_court_names_another_defendant_beside_the_one_that_registered(send, cast):  # noqa: F811
    register_case(told("（2026）鲁1602行初1号"), author=at(date(2026, 10, 2), cast.post.liaison))
    send.apply(workbook(排庭=[hearing(day="2026-10-28")]))
    assert {one.organisation.code for one in Case.objects.get().lanes.all()} == {
        "371602-ZRZY",
        "371602-GA",
    }


# A defendant that the court left out


def add(client, case, **told):
    typed = {"agency": "滨城区市监局", "role": Lane.Role.values[0], "reason": "追加被告通知书"} | told
    return client.post(reverse("cases:new_lane", args=[case.pk]), typed, follow=True)


def test_the_office_puts_in_a_defendant_whose_duties_start_at_once(lane, cast, client_of, today):
    office = client_of(cast.office_clerk)
    before = add(office, lane.case)
    assert "签收应诉材料" in before.content.decode()
    assert lane.case.lanes.count() == 1
    add(office, lane.case, confirmed="1")
    added = lane.case.lanes.exclude(pk=lane.pk).get()
    duty = Deadline.objects.get(lane=added, rule="material_receipt")
    assert (added.source.kind, duty.state, duty.starts_on) == ("office", "open", TODAY)
    assert FactChange.objects.get().new_words == "滨州市滨城区市场监督管理局（追加被告通知书）"
    again = add(office, lane.case, confirmed="1")
    assert "已是本案被告" in again.content.decode()


@pytest.mark.parametrize(
    ("part", "status"), [("foreign_office_clerk", 404), ("liaison", 403), ("clerk", 403), ("leader", 403)]
)
def test_nobody_else_adds_a_defendant(lane, cast, client_of, today, part, status):
    assert add(client_of(getattr(cast, part)), lane.case).status_code == status


def test_an_agency_of_another_region_is_added_by_its_own_office(lane, cast, client_of, today):
    answer = add(client_of(cast.office_clerk), lane.case, agency="阳信县自然资源局", confirmed="1")
    assert answer.status_code == 403
    assert lane.case.lanes.count() == 1


def test_an_unknown_name_is_said_with_what_comes_near(lane, cast, client_of, today):
    answer = add(client_of(cast.office_clerk), lane.case, agency="滨城区自然资源局局")
    assert "名录中没有“滨城区自然资源局局”" in answer.content.decode()


# Hearing on Wednesday 10-28, three working days before: Friday 10-23.
@pytest.mark.parametrize(
    ("on", "due_on"), [(date(2026, 10, 22), date(2026, 10, 23)), (date(2026, 10, 26), date(2026, 10, 28))]
)
def test_the_naming_begins_anew_with_the_new_agency_and_nothing_of_the_old_one_meets_it(
    lane, agency, cast, law, on, due_on
):
    sitting = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    subject = f"hearing:{sitting.pk}"
    old = {"submitted_at": agency.at, "submitted_by": agency.post, "submitted_on": date(2026, 10, 15)}
    PaperFactory(lane=lane, kind="absence_explanation", subject=subject, **old)
    AppearanceStatementFactory(lane=lane, hearing=sitting, stated_by="agency", source__stated_at=agency.at)
    nominations.name_head(lane, sitting, HeadFactory(), author=agency, law=law)
    returned = give_back(lane, agency)
    office = at(on, cast.post.office_clerk)
    returns.decide_return(returned, owner=organisation("371602-SC"), note="改列", author=office, law=law)
    found = Deadline.objects.get(rule="name_head")
    assert (found.state, found.met_on, found.due_on) == ("open", None, due_on)
    assert not Deadline.objects.duties().overdue(on=on).exists()
