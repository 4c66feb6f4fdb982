"""What a head said to a report reaches the liaison, stays with the paper, and is asked for again after a return."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Draft, LeaderNotice, Paper, PaperReview, RectificationMeasure
from tests.factories import MOMENT, DecisionOutcomeFactory, HeadFactory, LaneFactory
from tests.writing import DEFENCE_REPORT, check, hand_in, scan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]


@pytest.fixture
def liaison(cast, client_of):
    return client_of(cast.liaison)


@pytest.fixture
def office(cast, client_of):
    return client_of(cast.office_clerk)


@pytest.fixture
def url(lane):
    return reverse("cases:defence_report", args=[lane.pk])


@pytest.fixture
def head(cast):
    return HeadFactory(user=cast.agency_head)


@pytest.fixture
def asked(liaison, url, head):
    """A report put before the head."""
    check(liaison, url, **typed_for(head))
    press(liaison, url, "ask")
    return LeaderNotice.objects.get()


def typed_for(head):
    return DEFENCE_REPORT | {"approval": "leader", "approver": head.pk}


def press(client, url, do):
    draft = Draft.objects.get()
    return client.post(url, {"do": do, "key": draft.key, "revision": draft.revision}, follow=True)


def answer(client_of, cast, notice, **said):
    said = {"do": "agree"} | said
    client_of(cast.agency_head).post(reverse("cases:leader_notice", args=[notice.pk]), said)


def text(response):
    return response.content.decode()


def correction(liaison, url):
    """What the form of a correction carries when it is opened."""
    context = liaison.get(url).context
    return {"key": context["key"], "revision": context["draft"].revision if context["draft"] else 0}


def test_a_refusal_stands_on_the_desk_and_above_the_form_with_its_reason(
    liaison, url, asked, cast, client_of
):
    assert "尚未答复" in text(liaison.get(url))
    answer(client_of, cast, asked, do="refuse", opinion="请补充现场照片")
    for page in (liaison.get("/desk/"), liaison.get(url)):
        assert "方清远（局长）" in text(page)
        assert "退回修改" in text(page)
        assert "请补充现场照片" in text(page)


def test_an_approval_stands_there_too_and_leads_to_handing_in(liaison, url, asked, cast, client_of):
    answer(client_of, cast, asked, opinion="同意")
    assert "✓ 方清远（局长）已确认，可以报送" in text(liaison.get("/desk/"))
    form = text(liaison.get(url))
    assert "可以报送" in form
    assert f'href="{url}?check=1"' in form


def test_words_changed_after_the_approval_are_said_to_need_another(
    liaison, url, head, asked, cast, client_of
):
    answer(client_of, cast, asked, opinion="同意")
    check(liaison, url, **typed_for(head) | {"summary": "改过"} | correction(liaison, url))
    form = text(liaison.get(url))
    assert "确认后内容又有修改，报送前须再送确认" in form
    assert "可以报送" not in form


def test_paper_and_print_say_who_approved_and_when(liaison, office, url, asked, cast, client_of):
    answer(client_of, cast, asked, opinion="同意")
    press(liaison, url, "submit")
    paper = Paper.objects.get()
    page = text(office.get(reverse("cases:paper", args=[paper.pk])))
    assert "本单位审签" in page
    assert "方清远（局长）于 2026-10-15" in page
    assert "线上确认：同意" in page
    assert "退回修改" not in text(liaison.get("/desk/"))
    assert "已确认" not in text(liaison.get("/desk/"))  # the draft is gone
    assert liaison.get(reverse("cases:paper_pdf", args=[paper.pk])).status_code == 200


def test_a_correction_is_put_before_the_same_head_again(liaison, office, url, head, asked, cast, client_of):
    answer(client_of, cast, asked, opinion="同意")
    press(liaison, url, "submit")
    paper = Paper.objects.get()
    give_back(office, paper, evidence="请写明份数")
    form = liaison.get(url).context["form"]
    assert (form.initial["approval"], form.initial["approver"]) == ("leader", head.pk)


def give_back(client, paper, note="", **comments):
    told = {f"comment-{name}": words for name, words in comments.items()}
    return client.post(
        reverse("cases:review_paper", args=[paper.pk]), {"verdict": "returned", "note": note} | told
    )


@pytest.fixture
def lost(lane, liaison):
    """A lost-case report with one measure."""
    outcome = DecisionOutcomeFactory(
        lane=lane, code="J-REVOKE", lost=True, decision__effect="confirmed",
        decision__effective_on=date(2026, 10, 10),
    )  # fmt: skip
    url = reverse("cases:lost_report", args=[lane.pk]) + f"?about={outcome.decision_id}"
    hand_in(liaison, url, files=[scan()], **LOST)
    return url


LOST = {
    "facts": "…", "causes": ["procedure"], "problems": "…", "responsibility": "…", "similar": "…",
    "measure_1": "培训", "owner_1": "法规科", "due_1": "2026-11-01",
}  # fmt: skip


def test_measures_can_be_returned_and_then_they_alone_open(lost, liaison, office):
    paper = Paper.objects.get()
    assert "整改措施" in text(office.get(reverse("cases:paper", args=[paper.pk])))
    assert give_back(office, paper, measures="请写明培训对象").status_code == 302
    assert PaperReview.objects.get().comments == {"measures": "请写明培训对象"}
    fields = liaison.get(lost).context["form"].fields
    assert {name for name, field in fields.items() if not field.disabled} == {
        f"{name}_{n}" for name in ("measure", "owner", "due") for n in range(1, 6)
    }
    assert "补正意见：请写明培训对象" in text(liaison.get(lost))
    same = hand_in(liaison, lost, **LOST | correction(liaison, lost))
    assert "补正意见所列的项目还没有改动" in text(same)
    hand_in(liaison, lost, **LOST | {"measure_1": "培训全体执法人员"} | correction(liaison, lost))
    second = Paper.objects.get(version=2)
    assert [one.text for one in RectificationMeasure.objects.standing()] == ["培训全体执法人员"]
    assert second.content["problems"] == "…"


def test_files_can_be_returned_and_the_comment_stands_beside_them(lost, liaison, office):
    paper = Paper.objects.get()
    give_back(office, paper, attachments="第一页不清楚，请重拍")
    page = text(liaison.get(lost))
    assert "补正意见：第一页不清楚，请重拍" in page
    assert "附件：第一页不清楚" in text(liaison.get(reverse("cases:paper", args=[paper.pk]))).replace(
        "——", "："
    )
    same = hand_in(liaison, lost, **LOST | correction(liaison, lost))
    assert "也没有增加附件" in text(same)
    files = [scan("重拍.pdf", b"%PDF-1.4 again")]
    hand_in(liaison, lost, files=files, **LOST | correction(liaison, lost))
    assert Paper.objects.filter(version=2).exists()


def test_a_refused_return_keeps_what_was_typed_in_an_open_section(lost, office):
    paper = Paper.objects.get()
    refused = give_back(office, paper, note="附件不清楚，请重拍")
    page = text(refused)
    assert refused.status_code == 422
    assert "请至少对一项写明要补正什么" in page
    assert 'value="附件不清楚，请重拍"' in page
    assert "<details open>" in page


def test_a_lost_case_report_says_what_the_court_decided_and_can_be_corrected(lost, lane, liaison):
    facts = dict(map(tuple, Paper.objects.get().content["record"]))
    assert facts["裁判结果"] == "撤销行政行为，计为败诉"
    page = text(liaison.get(reverse("cases:detail", args=[lane.case_id])))
    row = page[page.index("败诉报告") :]
    assert "更正" in row[: row.index("</tr>")]


def test_an_approval_stays_with_the_version_that_it_was_given_for(
    liaison, office, url, head, asked, cast, client_of
):
    answer(client_of, cast, asked, opinion="同意")
    press(liaison, url, "submit")
    first = Paper.objects.get()
    check(liaison, url, **typed_for(head) | correction(liaison, url))
    refused = press(liaison, url, "submit")
    assert "请先送负责人确认" in text(refused)
    assert "本单位审签" in text(office.get(reverse("cases:paper", args=[first.pk])))


def test_an_approval_of_other_words_or_of_an_earlier_report_is_no_news_on_the_desk(
    liaison, url, head, asked, cast, client_of
):
    answer(client_of, cast, asked, opinion="同意")
    check(liaison, url, **typed_for(head) | {"summary": "改过"} | correction(liaison, url))
    assert "已确认，可以报送" not in text(liaison.get("/desk/"))
    hand_in(liaison, url, files=[scan()], **DEFENCE_REPORT | correction(liaison, url))
    check(liaison, url, **DEFENCE_REPORT | {"summary": "更正稿"} | correction(liaison, url))
    assert "已确认" not in text(liaison.get("/desk/"))


def test_a_measure_whose_day_has_passed_does_not_stop_the_correction_of_other_fields(
    lost, liaison, office, settings
):
    give_back(office, Paper.objects.get(), problems="请写明问题")
    settings.TODAY = date(2026, 11, 5)
    late = {"late_code": "其他", "late_reason": "忙"}
    hand_in(liaison, lost, **LOST | {"problems": "新的问题"} | late | correction(liaison, lost))
    assert Paper.objects.get(version=2).content["due_1"] == "2026-11-01"


def test_a_report_can_be_corrected_after_its_measures_were_accepted(lost, liaison, settings, cast):
    RectificationMeasure.objects.update(
        done_on=date(2026, 10, 20), accepted_at=MOMENT, accepted_by=cast.post.office_clerk
    )
    settings.TODAY = date(2026, 11, 5)
    hand_in(liaison, lost, **LOST | {"problems": "新的问题"} | correction(liaison, lost))
    assert Paper.objects.filter(version=2).exists()
    changed = LOST | {"problems": "再改", "measure_1": "另一项"} | correction(liaison, lost)
    assert "完成期限不能早于今天" in text(hand_in(liaison, lost, **changed))


def test_an_opinion_with_signs_that_no_database_keeps_is_kept_without_them(asked, cast, client_of):
    answer(client_of, cast, asked, opinion="同\0意")
    asked.refresh_from_db()
    assert asked.opinion == "同意"


def test_the_desk_asks_about_all_drafts_at_once(liaison, head, cast, django_assert_max_num_queries):
    for n in range(8):
        lane = LaneFactory()
        Draft.objects.create(
            lane=lane, kind="defence_report", key=f"d{n}", typed={}, revision=1, saved_at=MOMENT,
            saved_by=cast.post.liaison,
        )  # fmt: skip
        LeaderNotice.objects.create(
            lane=lane, kind="approval", head=head, content={"attachments": []}, asked_at=MOMENT,
            asked_by=cast.post.liaison, answered_at=MOMENT, answered_by=cast.post.agency_head, agreed=True,
        )  # fmt: skip
    liaison.get("/desk/")
    with django_assert_max_num_queries(15):
        shown = text(liaison.get("/desk/"))
    assert shown.count("已确认，可以报送") == 8
