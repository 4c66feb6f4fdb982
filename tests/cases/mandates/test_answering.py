"""The agency says whether what was entered for it is right; the office does something about another opinion."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from cases.mandates.answering import confirm_entry, contest_entry, settle_entry
from cases.models import MandatedEntry
from organisations.models import AuditEntry
from tests.factories import MandatedEntryFactory, at

pytestmark = pytest.mark.django_db
LATER = date(2026, 10, 20)
REASON = "签收日期应为 10 月 13 日"


@pytest.fixture
def entry(lane, cast):
    return MandatedEntryFactory(mandate__lane=lane, mandate__opened_by=cast.post.office_clerk)


@pytest.fixture
def url(entry):
    return reverse("cases:mandated_entry", args=[entry.pk])


def summaries():
    return list(AuditEntry.objects.filter(verb__startswith="mandate.").values_list("verb", "summary"))


def test_the_agency_confirms_once(entry, cast):
    author = at(LATER, cast.post.liaison)
    confirm_entry(entry, author=author)
    confirm_entry(entry, author=author)
    kept = MandatedEntry.objects.get()
    assert (kept.answer_words, kept.answered_by, kept.answered_at) == (
        "本单位已确认",
        cast.post.liaison,
        author.at,
    )
    assert summaries() == [("mandate.confirm", "对代录应诉情况报告：本单位已确认")]


def test_a_contested_entry_waits_for_the_office_and_says_why(entry, cast):
    contest_entry(entry, reason=REASON, author=at(LATER, cast.post.liaison))
    kept = MandatedEntry.objects.get()
    assert (kept.answer_words, kept.is_contested) == (f"本单位有不同意见：{REASON}", True)
    assert str(kept) == f"{kept.words}；本单位有不同意见：{REASON}"
    assert list(MandatedEntry.objects.contested()) == [kept]


def test_another_opinion_needs_its_reason(entry, cast):
    with pytest.raises(ValidationError, match="请写明哪里与本单位的意见不同"):
        contest_entry(entry, reason="", author=at(LATER, cast.post.liaison))


@pytest.mark.parametrize("part", ["other_liaison", "office_clerk", "clerk"])
def test_only_the_agency_itself_answers(entry, cast, part):
    with pytest.raises(PermissionDenied, match="这一条由滨州市滨城区自然资源局确认"):
        confirm_entry(entry, author=at(LATER, getattr(cast.post, part)))


def test_another_person_of_the_office_settles_it(entry, cast):
    contest_entry(entry, reason=REASON, author=at(LATER, cast.post.liaison))
    with pytest.raises(PermissionDenied, match="或者为其代录过"):
        settle_entry(entry, decision="已更正", author=at(LATER, cast.post.office_clerk))
    settle_entry(entry, decision="已按来函代录更正版", author=at(LATER, cast.post.office_head))
    kept = MandatedEntry.objects.get()
    assert (kept.decision, kept.decided_by, kept.is_contested) == (
        "已按来函代录更正版",
        cast.post.office_head,
        False,
    )
    with pytest.raises(ValidationError, match="这一条没有待处理的不同意见"):
        settle_entry(entry, decision="再处理", author=at(LATER, cast.post.office_head))


def test_a_new_opinion_opens_it_again_and_a_late_yes_closes_it(entry, cast):
    liaison, head = at(LATER, cast.post.liaison), at(LATER, cast.post.office_head)
    contest_entry(entry, reason=REASON, author=liaison)
    settle_entry(entry, decision="已核实", author=head)
    contest_entry(entry, reason="仍不一致", author=liaison)
    assert MandatedEntry.objects.contested().count() == 1
    confirm_entry(entry, author=liaison)
    assert (MandatedEntry.objects.contested().count(), MandatedEntry.objects.get().reason) == (0, "")


def test_the_desks_say_what_waits(entry, cast, client_of, today):
    desk = reverse("supervision:desk")
    assert "代录事项待确认 1 件" in client_of(cast.liaison).get(desk).content.decode()
    assert "代录" not in client_of(cast.other_liaison).get(desk).content.decode()
    contest_entry(entry, reason=REASON, author=at(LATER, cast.post.liaison))
    assert "代录事项待确认" not in client_of(cast.liaison).get(desk).content.decode()
    for part in ("office_clerk", "office_head"):
        assert "代录有不同意见、待处理 1 件" in client_of(getattr(cast, part)).get(desk).content.decode()
    assert "代录" not in client_of(cast.foreign_office_clerk).get(desk).content.decode()


def test_the_page_takes_both_answers(entry, cast, client_of, url, today):
    liaison = client_of(cast.liaison)
    refused = liaison.post(url, {"do": "contest", "reason": ""})
    assert (refused.status_code, "请填写不同意见。" in refused.content.decode()) == (422, True)
    taken = liaison.post(url, {"do": "contest", "reason": REASON}, follow=True).content.decode()
    assert "已记下本单位的不同意见，司法局工作台可见。更正以前原录入仍然有效。" in taken
    assert f"本单位有不同意见：{REASON}" in taken
    assert liaison.post(url, {"do": "settle", "decision": "无"}).status_code == 403
    assert "已确认。" in liaison.post(url, {"do": "confirm"}, follow=True).content.decode()


def test_the_page_shows_the_form_to_whoever_may_settle(entry, cast, client_of, url, today):
    contest_entry(entry, reason=REASON, author=at(LATER, cast.post.liaison))
    own = client_of(cast.office_clerk).get(url).content.decode()
    assert "您为该单位代录过或者办理过本案，须由其他人员处理。" in own
    head = client_of(cast.office_head)
    assert "请填写处理情况。" in head.post(url, {"do": "settle"}).content.decode()
    done = head.post(url, {"do": "settle", "decision": "已核实，日期无误"}, follow=True).content.decode()
    assert "已核实，日期无误（2026-10-15" in done
    assert "提交处理情况" not in done


def test_the_list_shows_what_waits_alone(entry, cast, client_of, today):
    url = reverse("cases:mandated")
    office = client_of(cast.office_clerk)
    assert "应诉情况报告" in office.get(url, {"show": "unanswered"}).content.decode()
    assert "没有代录事项" in office.get(url, {"show": "contested"}).content.decode()
    assert "没有代录事项" in client_of(cast.foreign_office_clerk).get(url).content.decode()
