"""案件列表: its columns are chosen in the address; the ticked cases are watched, given to a colleague, handed on."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cases.case_list.columns import COLUMNS, MOST, cells_of
from cases.case_list.handlers import assign, handlers_of
from cases.models import Case, Handler, Watch
from organisations.authors import Author
from organisations.models import AuditEntry, Post, User
from tests.factories import (
    MOMENT,
    CaseFactory,
    DeadlineFactory,
    DecisionFactory,
    DecisionOutcomeFactory,
    HearingFactory,
    LaneFactory,
    NominationFactory,
    organisation,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 15)
USUAL_HEADINGS = ["案号", "审级", "法院", "原告", "被诉行政机关", "案由", "待办"]


@pytest.fixture
def colleague(cast):
    """A second liaison of the agency of the scene."""
    user = User.objects.create(username="second", name="钱联络员", phone="0543-3210987")
    return Post.objects.create(user=user, organisation=organisation("371602-ZRZY"), role="agency_liaison")


def headings(answer):
    text = answer.content.decode()
    head = text[text.index("<thead>") : text.index("</thead>")]
    cells = re.findall(r"<th[^>]*>(.*?)</th>", head)[1:]  # the first one: 选择
    return [re.sub("<[^>]*>", "", cell) for cell in cells]


def press(client, **told):
    return client.post("/cases/chosen/", told, follow=True)


def test_without_a_choice_the_usual_columns_are_shown(lane, cast, client_of):
    assert headings(client_of(cast.liaison).get("/cases/")) == USUAL_HEADINGS


def test_the_chosen_columns_are_shown_in_their_own_order_between_number_and_duty(lane, cast, client_of):
    answer = client_of(cast.liaison).get("/cases/?columns=judge&columns=filed_on")
    assert headings(answer) == ["案号", "立案日期", "承办法官", "待办"]


def test_seven_columns_are_refused_with_their_number_and_the_usual_ones_shown(lane, cast, client_of):
    asked = "&".join(f"columns={name}" for name in list(COLUMNS)[: MOST + 1])
    answer = client_of(cast.liaison).get(f"/cases/?{asked}")
    assert "选了 7 列，最多 6 列，请去掉几列。" in answer.content.decode()
    assert headings(answer) == USUAL_HEADINGS


def test_a_column_that_does_not_exist_is_said(lane, cast, client_of):
    text = client_of(cast.liaison).get("/cases/?columns=password").content.decode()
    assert "没有这一列，请从列出的各列中选。" in text


def test_the_columns_stay_with_the_pager_and_the_saved_view(lane, cast, client_of):
    for _ in range(20):
        LaneFactory()
    text = client_of(cast.liaison).get("/cases/?columns=judge").content.decode()
    assert "?columns=judge&amp;page=2" in text
    assert '<input type="hidden" name="query" value="columns=judge">' in text


def test_what_the_columns_say(lane, cast):
    case = lane.case
    hearing = HearingFactory(case=case, day=date(2026, 10, 28))
    HearingFactory(case=case, day=date(2026, 11, 20), state="cancelled")
    NominationFactory(lane=lane, hearing=hearing, name="方清远", position="局长", named_by=cast.post.liaison)
    decision = DecisionFactory(case=case)
    DecisionOutcomeFactory(decision=decision, lane=lane, lost=True)
    case.judge, case.plaintiffs = "刘法官", "张三"
    said = {cell["label"]: cell["text"] for cell in cells_of(case, COLUMNS)}
    assert said == {
        "审级": "一审",
        "程序": "未载明",
        "法院": case.court.short_name,
        "原告": "张某",
        "被诉行政机关": "滨州市滨城区自然资源局",
        "案由": case.cause,
        "立案日期": "2026-08-03",
        "最近开庭": "2026-10-28 已排庭",
        "拟出庭负责人": "方清远（局长）",
        "裁判结果": "败诉",
        "承办法官": "刘法官",
    }


# Thursday 2026-10-15: the week runs from Monday 10-12 to Sunday 10-18.
@pytest.mark.parametrize(
    ("label", "query"),
    [
        ("在办", "state=waiting"),
        ("有逾期", "state=overdue"),
        ("今天开庭", "heard_from=2026-10-15&amp;heard_to=2026-10-15"),
        ("本周开庭", "heard_from=2026-10-12&amp;heard_to=2026-10-18"),
        ("3 日内开庭", "heard_from=2026-10-15&amp;heard_to=2026-10-18"),
        ("10 日内开庭", "heard_from=2026-10-15&amp;heard_to=2026-10-25"),
        ("已有裁判", "outcome=decided"),
    ],
)
def test_the_quick_views_and_which_of_them_is_shown(lane, cast, client_of, label, query):
    client = client_of(cast.liaison)
    assert f'<a href="?{query}">{label}</a>' in client.get("/cases/").content.decode()
    shown = client.get(f"/cases/?{query.replace('&amp;', '&')}").content.decode()
    assert f'<a href="?{query}" aria-current="true">{label}</a>' in shown


def test_decided_cases_are_those_with_a_decision(lane, cast, client_of):
    DecisionOutcomeFactory(decision=DecisionFactory(case=lane.case), lane=lane)
    other = LaneFactory().case
    text = client_of(cast.liaison).get("/cases/?outcome=decided").content.decode()
    assert lane.case.number in text
    assert other.number not in text


@pytest.mark.parametrize("do", ["watch", "assign"])
def test_nothing_ticked_is_said(lane, cast, client_of, do):
    assert "请先勾选案件。" in press(client_of(cast.liaison), do=do, query="").content.decode()


def test_the_ticked_cases_are_watched_once_and_strangers_cases_never(lane, cast, client_of):
    second = LaneFactory()
    foreign = LaneFactory(organisation=organisation("371625-ZRZY"))
    told = {"do": "watch", "query": "state=none", "case": [lane.case_id, second.case_id, foreign.case_id]}
    client = client_of(cast.liaison)
    answer = press(client, **told)
    assert answer.redirect_chain == [("/cases/?state=none", 302)]
    assert "已关注 2 件" in answer.content.decode()
    assert "已关注 0 件" in press(client, **told).content.decode()
    assert sorted(Watch.objects.values_list("case", flat=True)) == sorted([lane.case_id, second.case_id])


def test_all_that_the_filters_leave_is_chosen_with_one_tick(lane, cast, client_of):
    DecisionOutcomeFactory(decision=DecisionFactory(case=lane.case), lane=lane)
    LaneFactory()
    press(client_of(cast.liaison), do="watch", query="outcome=decided", all="1")
    assert [one.case for one in Watch.objects.all()] == [lane.case]


def test_a_case_is_given_to_a_colleague_who_is_then_the_one_to_call(lane, cast, client_of, colleague):
    DeadlineFactory(lane=lane, rule="defence_report", due_on=date(2026, 10, 20))
    client = client_of(cast.liaison)
    answer = press(client, do="assign", query="", case=lane.case_id, post=colleague.pk)
    assert "已将 1 件案件交 钱联络员 承办。" in answer.content.decode()
    page = client.get(f"/cases/{lane.case_id}/").content.decode()
    assert "钱联络员" in page
    assert "0543-3210987" in page
    assert AuditEntry.objects.get(verb="case.assign").summary == "1 件案件由钱联络员承办"


def test_who_leaves_hands_everything_on_in_one_act(lane, cast, client_of, colleague, today):
    """转交: filter by the one who left, tick all, choose the next."""
    lanes = [lane, LaneFactory(), LaneFactory()]
    author = Author(MOMENT, cast.post.liaison)
    assign([one.case for one in lanes[:2]], colleague, author=author)
    colleague.valid_to = date(2026, 10, 14)
    colleague.save()
    client = client_of(cast.liaison)
    assert "钱联络员" in client.get("/cases/").content.decode()  # still among the filters
    query = f"handler={colleague.pk}"
    press(client, do="assign", query=query, all="1", post=cast.post.liaison.pk)
    held = Handler.objects.values_list("case", "post")
    assert sorted(held) == sorted((one.case_id, cast.post.liaison.pk) for one in lanes[:2])


def test_a_person_who_has_left_is_nobody_to_call_and_cannot_be_given_a_case(lane, cast, colleague):
    author = Author(MOMENT, cast.post.liaison)
    assign([lane.case], colleague, author=author)
    assert handlers_of([lane.case_id], on=TODAY)[lane.case_id, lane.organisation_id].person == "钱联络员"
    User.objects.filter(pk=colleague.user_id).update(is_active=False)
    assert handlers_of([lane.case_id], on=TODAY) == {}
    with pytest.raises(ValidationError, match="承办人须是本单位在岗人员"):
        assign([lane.case], colleague, author=author)


@pytest.mark.parametrize("part", ["other_liaison", "office_clerk"])
def test_nobody_gives_a_case_to_a_person_of_another_unit(lane, cast, client_of, part):
    told = {"do": "assign", "query": "", "case": lane.case_id, "post": getattr(cast.post, part).pk}
    assert "承办人须是本单位在岗人员。" in press(client_of(cast.liaison), **told).content.decode()
    assert not Handler.objects.exists()


def test_each_unit_has_a_handler_of_its_own_and_does_not_see_the_other_s(lane, cast, client_of, colleague):
    assign([lane.case], colleague, author=Author(MOMENT, cast.post.liaison))
    office = client_of(cast.office_clerk)
    assert 'name="handler"' in office.get("/cases/").content.decode()
    press(office, do="assign", query="", case=lane.case_id, post=cast.post.office_head.pk)
    assert Handler.objects.count() == 2
    assert list(Handler.objects.visible_to(cast.post.liaison).values_list("post", flat=True)) == [
        colleague.pk
    ]
    assert Case.objects.count() == 1


@pytest.mark.parametrize("part", ["clerk", "leader"])
def test_who_does_not_work_on_cases_watches_and_does_not_assign(lane, cast, client_of, part):
    client = client_of(getattr(cast, part))
    assert "分办所选" not in client.get("/cases/").content.decode()
    told = {"do": "assign", "query": "", "case": lane.case_id, "post": getattr(cast.post, part).pk}
    assert "当前身份不办理分办。" in press(client, **told).content.decode()


@pytest.mark.parametrize(
    ("address", "most"), [("/cases/", 15), ("/cases/?columns=hearing&columns=heads", 16)]
)
def test_a_column_costs_one_question_however_many_cases(
    lane, cast, client_of, django_assert_max_num_queries, address, most
):
    for _ in range(15):
        HearingFactory(case=LaneFactory().case)
    client = client_of(cast.liaison)
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_all_that_the_filters_leave_is_what_the_page_showed_however_long_the_words(lane, cast, client_of):
    other = LaneFactory()
    cause = "不服土地行政处罚决定及行政复议决定并请求一并审查规范性文件" * 2
    Case.objects.update(cause=cause)
    Watch.objects.create(case=lane.case, post=cast.post.liaison)
    client = client_of(cast.liaison)
    blank = [(name, "") for name in ("instance", "year", "region", "step", "state", "outcome")]
    shown = client.get("/cases/?" + urlencode([("q", cause), *blank, ("watched", "on")]))
    press(client, query=shown.context["query"], all="1", do="assign", post=cast.post.liaison.pk)
    assert [one.case for one in Handler.objects.all()] == [lane.case]
    assert other.case.handlers.count() == 0


@pytest.mark.parametrize("query", ["q=" + "x" * 8000, "heard_from=昨天", "handler=99999999999999999999"])
def test_filters_that_cannot_be_read_choose_nothing(lane, cast, client_of, query):
    press(client_of(cast.liaison), query=query, all="1", do="watch")
    assert not Watch.objects.exists()


def test_two_people_who_give_one_case_away_at_one_moment_leave_one_handler(committed, cast):
    lane, together = LaneFactory(), Barrier(2)
    second = Post.objects.create(
        user=cast.other_liaison, organisation=lane.organisation, role="agency_liaison"
    )

    def give(post):
        together.wait()
        try:
            return assign([lane.case], post, author=Author(MOMENT, cast.post.liaison))
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        for _ in range(5):
            Handler.objects.all().delete()
            given = [pool.submit(give, post) for post in (second, cast.post.liaison)]
            assert [one.result() for one in given] == [1, 1]
            assert Handler.objects.count() == 1


@pytest.mark.parametrize("query", ["heard_from=2026-02-30", "year=two", "region=0", "step=nothing"])
def test_nothing_is_exported_where_a_filter_cannot_be_read(lane, cast, client_of, query):
    answer = client_of(cast.office_clerk).get(f"/cases/export.xlsx?{query}", follow=True)
    assert answer.redirect_chain == [(f"/cases/?{query}", 302)]
    assert "有筛选条件读不出，没有导出" in answer.content.decode()


def numbers(answer):
    return [case.number for case in answer.context["page"]]


def test_a_press_on_a_heading_sorts_and_a_second_one_turns_it_round(cast, client_of, today):
    for serial, filed in ((1, date(2026, 8, 3)), (2, date(2026, 7, 1)), (3, date(2026, 9, 9))):
        LaneFactory(case=CaseFactory(serial=serial, filed_on=filed))
    client = client_of(cast.office_clerk)
    page = client.get("/cases/?columns=filed_on&sort=filed_on")
    assert [number[-2] for number in numbers(page)] == ["2", "1", "3"]
    assert (
        '<th scope="col" aria-sort="ascending"><a href="?columns=filed_on&amp;sort=-filed_on">立案日期</a></th>'
        in (page.content.decode())
    )
    assert [n[-2] for n in numbers(client.get("/cases/?sort=-filed_on"))] == ["3", "1", "2"]
    assert [n[-2] for n in numbers(client.get("/cases/?sort=number"))] == ["1", "2", "3"]
    assert len(numbers(client.get("/cases/?sort=nothing"))) == 3
