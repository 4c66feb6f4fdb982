"""Papers from the first word to the receipt, their review and their readers; hostile words on every page."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from PIL import Image

from cases.hearings import appearances
from cases.material import signing
from cases.models import (
    Deadline,
    Draft,
    LeaderNotice,
    Nomination,
    Paper,
    PaperDelivery,
    PaperReview,
    RectificationMeasure,
)
from cases.papers import drafts, submission
from cases.papers import review as reviewing
from cases.papers.submission import Submission
from organisations.authors import Author
from organisations.files import read
from organisations.models import AuditEntry, Post, User
from tests.factories import (
    DecisionOutcomeFactory,
    HeadFactory,
    HearingFactory,
    ObligationFactory,
    PaperDeliveryFactory,
    PaperFactory,
    at,
    organisation,
)
from tests.writing import DEFENCE_REPORT, check, hand_in, scan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]
TODAY = date(2026, 10, 15)
XSS = "<script>alert(1)</script>"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.fixture
def url(lane):
    return reverse("cases:defence_report", args=[lane.pk])


@pytest.fixture
def liaison(cast, client_of):
    return client_of(cast.liaison)


@pytest.fixture
def colleague(cast, client_of):
    """A second liaison of the same unit."""
    user = User.objects.create_user("colleague", name="同事甲")
    Post.objects.create(user=user, organisation=organisation("371602-ZRZY"), role="agency_liaison")
    return client_of(user)


def opened(client, url):
    """What the form carries when it is opened: its key and its revision."""
    context = client.get(url).context
    return {"key": context["key"], "revision": context["draft"].revision if context["draft"] else 0}


def save(client, url, envelope, do="save", files=(), **typed):
    form = envelope | {"do": do} | typed
    if files:
        form["attachments"] = list(files)
    return client.post(url, form)


def photo(width=40, height=20):
    written = BytesIO()
    Image.new("RGB", (width, height), "white").save(written, "JPEG")
    return written.getvalue()


def text_of(answer):
    return answer.content.decode()


# The draft


def test_a_draft_shows_again_what_was_typed_also_what_was_wrong(liaison, colleague, url):
    typed = {
        "summary": "概况写到一半",
        "evidence_filed_on": "十月三十二日",
        "head": "由副局长\n出庭",
        "approval": "不存在的选项",
    }
    assert save(liaison, url, opened(liaison, url), **typed).status_code == 302
    for client in (liaison, colleague):  # a unit shares its drafts
        text = text_of(client.get(url))
        assert "概况写到一半" in text
        assert "十月三十二日" in text
        assert "由副局长\n出庭" in text.replace("\r\n", "\n")
    assert Draft.objects.get().typed["approval"] == ["不存在的选项"]


def test_the_check_keeps_wrong_values_and_says_what_to_mend(liaison, url):
    answer = check(liaison, url, **DEFENCE_REPORT | {"evidence_filed_on": "十月三十二日", "summary": ""})
    assert answer.status_code == 422
    text = text_of(answer)
    assert "请填写案件概况。" in text
    assert "提交证据日期读不出" in text
    assert "十月三十二日" in text
    assert "十月三十二日" in text_of(liaison.get(url))
    assert not Paper.objects.exists()


def test_saving_by_itself_tells_the_minute_and_the_revision(liaison, url):
    envelope = opened(liaison, url)
    first = save(liaison, url, envelope, do="autosave", summary="一").json()
    second = save(
        liaison, url, envelope | {"revision": first["revision"]}, do="autosave", summary="二"
    ).json()
    assert (first["revision"], second["revision"]) == (1, 2)
    assert len(second["saved_at"]) == 5
    assert Draft.objects.get().typed["summary"] == ["二"]


def test_who_saves_second_sees_both_versions_and_keeps_the_own(liaison, colleague, url):
    mine, theirs = opened(liaison, url), opened(colleague, url)
    save(colleague, url, theirs, summary="同事的版本", evidence="同事举证")
    refused = save(liaison, url, mine, summary="我的版本", evidence="同事举证", risk="只有我写了风险")
    text = text_of(refused)
    assert refused.status_code == 409
    for words in ("同事的版本", "我的版本", "只有我写了风险", "案件概况", "风险与化解意见"):
        assert words in text
    assert Draft.objects.get().typed["summary"] == ["同事的版本"]  # nothing was written over
    kept = {field["name"]: field["value"] for field in refused.context["mine"]["fields"]}
    assert liaison.post(refused.context["mine"]["action"], kept).status_code == 302
    typed = Draft.objects.get().typed
    assert (typed["summary"], typed["risk"]) == (["我的版本"], ["只有我写了风险"])


def test_saving_by_itself_never_writes_over_the_other(liaison, colleague, url):
    mine, theirs = opened(liaison, url), opened(colleague, url)
    save(colleague, url, theirs, summary="同事的版本")
    refused = save(liaison, url, mine, do="autosave", summary="我的版本")
    assert refused.status_code == 409
    assert "同事甲" in refused.json()["message"]
    assert Draft.objects.get().typed["summary"] == ["同事的版本"]


def test_the_same_words_from_two_people_are_no_conflict(liaison, colleague, url):
    mine, theirs = opened(liaison, url), opened(colleague, url)
    assert save(colleague, url, theirs, summary="同样").status_code == 302
    assert save(liaison, url, mine, summary="同样").status_code == 302


def test_a_file_that_came_along_with_an_overtaken_form_is_not_lost(liaison, colleague, url):
    mine, theirs = opened(liaison, url), opened(colleague, url)
    save(colleague, url, theirs, summary="同事的版本")
    refused = save(liaison, url, mine, files=[scan("我的附件.pdf")], summary="我的版本")
    kept = {field["name"]: field["value"] for field in refused.context["mine"]["fields"]}
    liaison.post(refused.context["mine"]["action"], kept)
    assert [page.name for page in Draft.objects.get().files.all()] == ["我的附件.pdf"]


def test_what_a_colleague_typed_after_the_paper_was_handed_in_is_not_dropped_without_a_word(
    liaison, colleague, url
):
    check(liaison, url, files=[scan()], **DEFENCE_REPORT)
    late = opened(colleague, url)
    draft = Draft.objects.get()
    liaison.post(url, {"do": "submit", "key": draft.key, "revision": draft.revision})
    answer = save(colleague, url, late, summary="同事改了半小时")
    told = text_of(colleague.get(answer.url)) if answer.status_code == 302 else text_of(answer)
    assert any(words in told for words in ("同事改了半小时", "没有保存", "未保存"))


# Files


def test_files_stay_when_the_form_is_not_ready(liaison, url):
    answer = check(liaison, url, files=[scan("一.pdf"), scan("二.pdf")], summary="只有概况")
    assert answer.status_code == 422
    assert [page.name for page in Draft.objects.get().files.all()] == ["一.pdf", "二.pdf"]
    assert "一.pdf" in text_of(answer)
    assert "二.pdf" in text_of(liaison.get(url))


def test_a_refused_file_does_not_take_the_others_along(liaison, url):
    files = [
        scan("好.pdf"),
        scan("程序.pdf", b"MZ\x90"),
        scan("空.pdf", b""),
        scan("也好.pdf", b"%PDF-1.7 b"),
    ]
    answer = check(liaison, url, files=files, **DEFENCE_REPORT)
    text = text_of(answer)
    assert answer.status_code == 422
    assert "附件“程序.pdf”不是可用的格式" in text
    assert [page.name for page in Draft.objects.get().files.all()] == ["好.pdf", "也好.pdf"]
    assert Draft.objects.get().typed["summary"] == ["概况"]


def test_more_files_than_a_paper_takes_are_refused_in_a_sentence(liaison, url, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_FILES", 2)
    save(liaison, url, opened(liaison, url), files=[scan("一.pdf")], summary="概况")
    answer = save(liaison, url, opened(liaison, url), files=[scan("二.pdf"), scan("三.pdf")], summary="概况")
    assert answer.status_code == 422
    assert "一份材料最多 2 个附件、共 100 MB。" in text_of(answer)
    names = [page.name for page in Draft.objects.get().files.all()]
    assert names in (["一.pdf"], ["一.pdf", "二.pdf"])
    assert Draft.objects.get().typed["summary"] == ["概况"]


def test_pages_are_ordered_turned_and_taken_out(liaison, url):
    save(
        liaison,
        url,
        opened(liaison, url),
        files=[scan("1.jpg", photo()), scan("2.jpg", photo(41)), scan("3.pdf")],
    )

    def act(step, name):
        draft = Draft.objects.get()
        page = draft.files.get(name=name)
        liaison.post(url, {"do": f"{step}:{page.pk}", "key": draft.key, "revision": draft.revision})
        return [one.name for one in draft.files.all()]

    assert act("down", "1.jpg") == ["2.jpg", "1.jpg", "3.pdf"]
    assert act("up", "3.pdf") == ["2.jpg", "3.pdf", "1.jpg"]
    assert act("up", "2.jpg") == ["2.jpg", "3.pdf", "1.jpg"]  # the first stays the first
    assert act("down", "1.jpg") == ["2.jpg", "3.pdf", "1.jpg"]
    act("turn", "1.jpg")
    with Image.open(BytesIO(read(Draft.objects.get().files.get(name="1.jpg").file))) as turned:
        assert turned.size == (20, 40)
    before = Draft.objects.get().files.get(name="3.pdf").file_id
    act("turn", "3.pdf")
    assert Draft.objects.get().files.get(name="3.pdf").file_id == before  # no picture
    assert act("drop", "3.pdf") == ["2.jpg", "1.jpg"]


def test_a_photograph_that_arrived_by_halves_is_no_fault_of_the_server(liaison, url):
    noise = Image.effect_noise((400, 300), 90).convert("RGB")
    written = BytesIO()
    noise.save(written, "JPEG")
    answer = save(liaison, url, opened(liaison, url), files=[scan("半张.jpg", written.getvalue()[:9000])])
    draft = Draft.objects.get()
    if answer.status_code == 422:
        assert "半张.jpg" in text_of(answer)
        return
    page = draft.files.get()
    turned = liaison.post(url, {"do": f"turn:{page.pk}", "key": draft.key, "revision": draft.revision})
    assert turned.status_code in (302, 422)


def test_pages_of_another_unit_s_draft_are_out_of_reach(liaison, url, cast, client_of):
    save(liaison, url, opened(liaison, url), files=[scan("1.jpg", photo())])
    page = Draft.objects.get().files.get()
    own = reverse("cases:draft_file", args=[page.pk])
    assert liaison.get(own).status_code == 200
    for part in ("other_liaison", "office_clerk", "clerk", "leader"):
        assert client_of(getattr(cast, part)).get(own).status_code == 404
    other = reverse("cases:report_up", args=[Draft.objects.get().lane_id])
    liaison.post(other, {"do": f"drop:{page.pk}", "key": "x", "revision": "0"})
    assert Draft.objects.get(kind="defence_report").files.count() == 1  # not a page of that draft


def test_a_sealed_scan_is_needed_unless_a_head_confirms(liaison, url):
    answer = check(liaison, url, **DEFENCE_REPORT)
    assert answer.status_code == 422
    assert "请上传盖章件，或改请负责人线上确认。" in text_of(answer)


# Handing in


def test_pressing_twice_and_pressing_again_later_give_one_paper(liaison, url, client_of, cast):
    check(liaison, url, files=[scan()], **DEFENCE_REPORT)
    draft = Draft.objects.get()
    press = {"do": "submit", "key": draft.key, "revision": draft.revision}
    answers = [liaison.post(url, press) for _ in range(3)]
    paper = Paper.objects.get()
    assert {answer.url for answer in answers} == {reverse("cases:paper", args=[paper.pk])}
    replayed = liaison.post(url, {"do": "check", "key": draft.key, "revision": "0"} | DEFENCE_REPORT)
    assert replayed.url == reverse("cases:paper", args=[paper.pk])
    assert not Draft.objects.exists()
    assert (Paper.objects.count(), PaperDelivery.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(verb="paper.defence_report").count() == 1


def test_what_changed_after_the_check_is_shown_before_it_is_handed_in(liaison, colleague, url):
    check(liaison, url, files=[scan()], **DEFENCE_REPORT)
    before = Draft.objects.get()
    typed = {name: value for name, value in DEFENCE_REPORT.items() if name != "summary"}
    save(colleague, url, opened(colleague, url), summary="同事又改了", **typed)
    answer = liaison.post(url, {"do": "submit", "key": before.key, "revision": before.revision})
    assert answer.status_code == 409
    assert "同事又改了" in text_of(answer)
    assert not Paper.objects.exists()


def test_a_tampered_submit_of_an_unready_draft_hands_in_nothing(liaison, url):
    save(liaison, url, opened(liaison, url), summary="只有概况")
    draft = Draft.objects.get()
    answer = liaison.post(url, {"do": "submit", "key": draft.key, "revision": draft.revision})
    assert answer.status_code == 422
    assert not Paper.objects.exists()


def test_a_paper_that_is_late_is_asked_why_and_taken_with_the_reason(liaison, lane, url, cast, law):
    received = date(2026, 9, 16)  # evidence until 10-08, the report until 10-13
    material_signed(lane, at(received, cast.post.liaison), law, received)
    answer = check(liaison, url, files=[scan()], **DEFENCE_REPORT)
    assert answer.status_code == 422
    assert "已超过规定期限 2 天（应于 2026-10-13）。仍可补报，请说明原因。" in text_of(answer)
    assert Draft.objects.get().files.count() == 1
    hand_in(
        liaison,
        url,
        **DEFENCE_REPORT | {"late_code": "审签", "late_reason": "局长出差"} | opened(liaison, url),
    )
    assert Paper.objects.get().late_reason == "材料在审签：局长出差"
    deadline = Deadline.objects.get(rule="defence_report")
    assert (deadline.state, deadline.met_on, deadline.late_reason) == ("met", TODAY, "材料在审签：局长出差")


def material_signed(lane, author, law, received_on):
    type(lane.case).objects.filter(pk=lane.case_id).update(filed_on=date(2026, 4, 1))
    signing.sign_for_material(
        lane, received_on=received_on, method="direct", period=None, author=author, law=law
    )


# 本单位领导线上确认


@pytest.fixture
def head(cast):
    return HeadFactory(user=cast.agency_head)


def submit_press(client, url):
    draft = Draft.objects.get()
    return client.post(url, {"do": "submit", "key": draft.key, "revision": draft.revision})


def test_a_head_s_confirmation_online_stands_for_the_words_that_he_read(liaison, url, head, cast, client_of):
    typed = DEFENCE_REPORT | {"approval": "leader", "approver": head.pk}
    assert check(liaison, url, **typed).status_code == 200
    draft = Draft.objects.get()
    assert submit_press(liaison, url).status_code == 422  # not asked yet
    liaison.post(url, {"do": "ask", "key": draft.key, "revision": draft.revision})
    notice = LeaderNotice.objects.get()
    assert submit_press(liaison, url).status_code == 422  # not answered yet
    answer_url = reverse("cases:leader_notice", args=[notice.pk])
    assert client_of(cast.other_liaison).post(answer_url).status_code == 404
    assert liaison.post(answer_url, {"do": "agree"}).status_code == 403
    assert "概况" in text_of(client_of(cast.agency_head).get(answer_url))
    assert client_of(cast.agency_head).post(answer_url, {"do": "agree", "opinion": "同意"}).status_code == 302
    changed = typed | {"summary": "改了一个字"}
    assert check(liaison, url, **changed | opened(liaison, url)).status_code == 200
    refused = submit_press(liaison, url)
    assert refused.status_code == 422
    assert "请先送负责人确认" in text_of(refused)
    assert not Paper.objects.exists()
    check(liaison, url, **typed | opened(liaison, url))  # back to what was confirmed
    assert submit_press(liaison, url).status_code == 302
    assert Paper.objects.get().content["summary"] == "概况"


def test_a_file_that_is_exchanged_after_the_confirmation_asks_for_another(
    liaison, url, head, cast, client_of
):
    typed = DEFENCE_REPORT | {"approval": "leader", "approver": head.pk}
    check(liaison, url, files=[scan("证据目录.pdf")], **typed)
    draft = Draft.objects.get()
    liaison.post(url, {"do": "ask", "key": draft.key, "revision": draft.revision})
    client_of(cast.agency_head).post(
        reverse("cases:leader_notice", args=[LeaderNotice.objects.get().pk]),
        {"do": "agree", "opinion": "同意"},
    )
    check(liaison, url, files=[scan("另一份.pdf", b"%PDF-1.4 other")], **typed | opened(liaison, url))
    assert submit_press(liaison, url).status_code == 422
    assert not Paper.objects.exists()


# 核收


@pytest.fixture
def report(liaison, url, lane):
    hand_in(liaison, url, files=[scan("第一版.pdf")], **DEFENCE_REPORT | {"risk": "原来的风险"})
    return Paper.objects.get()


def give_back(client, paper, **comments):
    told = {f"comment-{name}": text for name, text in comments.items()}
    return client.post(reverse("cases:review_paper", args=[paper.pk]), {"verdict": "returned"} | told)


def test_a_return_names_what_is_to_be_mended(report, cast, client_of):
    office = client_of(cast.office_clerk)
    assert give_back(office, report).status_code == 422
    assert (
        office.post(reverse("cases:review_paper", args=[report.pk]), {"verdict": "weird"}).status_code == 422
    )
    assert not PaperReview.objects.exists()
    assert give_back(office, report, evidence="请写明证据份数").status_code == 302
    review = PaperReview.objects.get()
    assert (review.verdict, review.comments) == ("returned", {"evidence": "请写明证据份数"})
    assert give_back(office, report, evidence="再退").status_code == 422  # reviewed once


def test_only_the_returned_fields_open_and_the_new_version_meets_the_deadline_of_three_working_days(
    report, liaison, url, cast, client_of, settings
):
    give_back(client_of(cast.office_clerk), report, evidence="请写明证据份数")
    deadline = Deadline.objects.get(rule="paper_correction")
    # Thursday 10-15; 10-16, 10-19, 10-20.
    assert (deadline.starts_on, deadline.due_on, deadline.state) == (TODAY, date(2026, 10, 20), "open")
    settings.TODAY = date(2026, 10, 19)
    answer = liaison.get(reverse("cases:answer_return", args=[report.lane_id]), {"about": report.review.pk})
    assert answer.url == url
    page = liaison.get(url)
    assert "补正意见：请写明证据份数" in text_of(page)
    assert page.context["form"].fields["summary"].disabled
    assert not page.context["form"].fields["evidence"].disabled
    tampered = DEFENCE_REPORT | {"summary": "偷偷改了概况", "risk": "偷偷改了风险", "evidence": "证据 12 份"}
    answer = hand_in(liaison, url, **tampered | opened(liaison, url))
    assert errors_of(answer) == {}
    second = Paper.objects.get(version=2)
    assert second.content["evidence"] == "证据 12 份"
    assert (second.content["summary"], second.content["risk"]) == ("概况", "原来的风险")
    assert [page.name for page in second.files.all()] == ["第一版.pdf"]
    deadline.refresh_from_db()
    assert (deadline.state, deadline.met_on) == ("met", date(2026, 10, 19))


def test_a_tampered_change_of_a_locked_field_is_ignored(lane, liaison, cast, client_of):
    address, typed, _ = _lost(lane)
    url = reverse("cases:lost_report", args=[lane.pk]) + address[1]
    hand_in(liaison, url, files=[scan()], **typed)
    give_back(client_of(cast.office_clerk), Paper.objects.get(), problems="写具体些")
    tampered = typed | {
        "problems": "补正后的内容", "responsibility": "偷偷改了", "causes": ["facts"], "measure_1": "偷偷改了",
        "due_1": "2027-01-01", "measure_2": "偷偷加的", "owner_2": "某", "due_2": "2027-01-01",
    }  # fmt: skip
    assert errors_of(hand_in(liaison, url, **tampered | opened(liaison, url))) == {}
    first, second = Paper.objects.order_by("version")
    changed = {name for name, value in second.content.items() if value != first.content.get(name)}
    assert changed == {"problems"}
    assert [(one.text, one.due_on) for one in second.measures.all()] == [("文字", date(2026, 11, 1))]


def errors_of(answer):
    form = answer.context.get("form") if answer.context else None
    return dict(form.errors) if form is not None and form.is_bound else {}


@pytest.mark.parametrize("kind", ["absence_explanation", "lost_case_report"])
def test_a_text_of_a_paper_is_in_the_paper_also_where_it_is_called_facts(lane, liaison, kind):
    """案件基本情况 and 情况说明 are what the agency wrote, not what the record knew already."""
    address, typed, _ = FORMS[kind](lane)
    url = reverse(f"cases:{address[0]}", args=[lane.pk]) + address[1]
    told = typed | {"facts": "当日赴省参加防汛调度会"}
    receipt = hand_in(liaison, url, files=[scan()], **told)
    assert errors_of(receipt) == {}
    assert "当日赴省参加防汛调度会" in str(Paper.objects.get().content)
    assert "当日赴省参加防汛调度会" in text_of(receipt)


@pytest.mark.parametrize(
    "kind", ["judgment_filing", "lost_case_report", "absence_explanation", "effect_confirmation"]
)
def test_every_kind_of_paper_can_be_mended_after_a_return(lane, liaison, cast, client_of, kind):
    address, typed, mended = FORMS[kind](lane)
    url = reverse(f"cases:{address[0]}", args=[lane.pk]) + address[1]
    hand_in(liaison, url, files=[scan()], **typed)
    first = Paper.objects.get()
    give_back(client_of(cast.office_clerk), first, **{mended: "请补正"})
    answer = hand_in(liaison, url, **typed | {mended: "补正后的内容"} | opened(liaison, url))
    assert errors_of(answer) == {}
    assert Paper.objects.get(version=2).content[mended] == "补正后的内容"


def test_a_return_that_names_another_kind_s_field_is_refused_or_leaves_something_to_mend(
    report, cast, client_of
):
    answer = give_back(client_of(cast.office_clerk), report, no_such_field="改")
    assert answer.status_code == 422
    assert not PaperReview.objects.exists()


WHO_REVIEWS = [
    ("foreign_office_clerk", 404),
    ("city_office_clerk", 404),  # sees the paper, did not receive it
    ("liaison", 403),
    ("leader", 403),
    ("clerk", 404),
    ("other_liaison", 404),
    ("office_clerk", 302),
]


def test_the_office_that_received_it_reviews_a_paper(lane, cast, client_of):
    paper = PaperFactory(lane=lane, submitted_by=cast.post.liaison)
    PaperDeliveryFactory(paper=paper)
    url = reverse("cases:review_paper", args=[paper.pk])
    for part, status in WHO_REVIEWS:
        assert client_of(getattr(cast, part)).post(url, {"verdict": "accepted"}).status_code == status, part
        assert PaperReview.objects.exists() is (status == 302)


@pytest.mark.parametrize("acted", ["paper", "receipt", "nomination", "appearance", "draft approval"])
def test_who_acted_for_the_agency_cannot_review(lane, cast, client_of, law, acted):
    """Whoever changed sides confirms nothing of the own case (domain.md §13.10)."""
    paper = PaperFactory(lane=lane, submitted_by=cast.post.other_liaison)
    PaperDeliveryFactory(paper=paper)
    person = cast.without_post
    was = Post.objects.create(
        user=person,
        organisation=organisation("371602-ZRZY"),
        role="agency_liaison",
        valid_to=date(2026, 10, 1),
    )
    Post.objects.create(user=person, organisation=organisation("371602-SF"), role="office_clerk")
    hearing = HearingFactory(case=lane.case, day=date(2026, 9, 16), state="held")
    if acted == "paper":
        PaperFactory(lane=lane, kind="leader_report", submitted_by=was)
    elif acted == "receipt":
        material_signed(lane, at(date(2026, 9, 16), was), law, received_on=date(2026, 9, 16))
    elif acted == "nomination":
        Nomination.objects.create(
            lane=lane, hearing=hearing, name="方", position="局长", rank="principal",
            named_at=at(TODAY).at, named_by=was,
        )  # fmt: skip
    elif acted == "appearance":
        said = dict.fromkeys(
            ("head", "spoke", "opinion_given", "left_early", "staff_attended", "lawyer_only")
        )
        told = said | {"attended": False, "id_certificate": "", "note": ""}
        appearances.state_appearance(lane, hearing, told, author=at(TODAY, was), law=law)
    else:
        LeaderNotice.objects.create(
            lane=lane, kind="approval", head=HeadFactory(), asked_at=at(TODAY).at, asked_by=cast.post.liaison,
            answered_at=at(TODAY).at, answered_by=was,
        )  # fmt: skip
    answer = client_of(person).post(reverse("cases:review_paper", args=[paper.pk]), {"verdict": "accepted"})
    assert answer.status_code == 403
    assert not PaperReview.objects.exists()


def test_only_the_newest_version_is_reviewed(report, lane, cast, law):
    again = Submission(kind="defence_report", content={"summary": "新"}, key="second")
    submission.submit(lane, again, author=at(TODAY, cast.post.liaison), law=law)
    with pytest.raises(ValidationError, match="请核收最新版"):
        reviewing.review(
            report,
            verdict="accepted",
            note="",
            comments={},
            author=at(TODAY, cast.post.office_clerk),
            law=law,
        )
    with pytest.raises(PermissionDenied):
        reviewing.review(
            Paper.objects.get(version=2), verdict="accepted", note="", comments={},
            author=at(TODAY, cast.post.liaison), law=law,
        )  # fmt: skip


# 备案阅览


def test_a_filing_has_two_recipients_each_with_a_read_state_of_its_own(lane, liaison, cast, client_of):
    address, typed, _ = FORMS["judgment_filing"](lane)
    url = reverse("cases:judgment_filing", args=[lane.pk]) + address[1]
    hand_in(liaison, url, files=[scan()], **typed)
    paper = Paper.objects.get()

    def read_by():
        return {
            one.recipient.code: one.opened_by.user.name if one.opened_by else None
            for one in paper.deliveries.select_related("opened_by__user", "recipient")
        }

    assert read_by() == {"371602-SF": None, "371602-ZFW": None}
    client_of(cast.office_clerk).post(reverse("cases:opened", args=[paper.pk]))
    client_of(cast.office_head).post(
        reverse("cases:opened", args=[paper.pk])
    )  # a second reader changes nothing
    assert read_by() == {"371602-SF": "李经办", "371602-ZFW": None}
    # The committee of the city did not get it, nor did the office of another county.
    for part in ("political_legal", "foreign_office_clerk"):
        assert (
            client_of(getattr(cast, part)).post(reverse("cases:opened", args=[paper.pk])).status_code == 404
        )
    assert read_by() == {"371602-SF": "李经办", "371602-ZFW": None}


@pytest.mark.parametrize(
    ("later", "who", "unread"),
    [
        (timedelta(seconds=10), "office_clerk", True),
        (timedelta(seconds=60), "office_clerk", True),
        (timedelta(seconds=61), "office_clerk", False),
        (timedelta(hours=1), "office_clerk", False),
        (timedelta(seconds=10), "office_head", False),  # another reader
    ],
)
def test_a_paper_is_unread_again_only_within_a_minute_and_by_its_reader(lane, cast, later, who, unread):
    paper = PaperFactory(lane=lane, submitted_by=cast.post.liaison)
    delivery = PaperDeliveryFactory(paper=paper)
    reader = at(TODAY, cast.post.office_clerk)
    submission.note_opened(paper, author=reader)
    done = submission.note_unread(paper, author=Author(reader.at + later, getattr(cast.post, who)))
    delivery.refresh_from_db()
    assert (done, delivery.opened_at is None) == (unread, unread)


def test_several_filings_are_marked_as_read_at_once_and_only_the_own(lane, cast, client_of):
    told = {"paper__lane": lane, "paper__submitted_by": cast.post.liaison}
    mine = [PaperDeliveryFactory(paper__version=version, **told) for version in (1, 2)]
    foreign = PaperDeliveryFactory(paper__version=3, recipient=organisation("371625-SF"), **told)
    wanted = [one.paper_id for one in (*mine, foreign)]
    answer = client_of(cast.office_clerk).post(reverse("cases:filings"), {"paper": wanted}, follow=True)
    assert "已标为已阅 2 件" in text_of(answer)
    assert PaperDelivery.objects.filter(opened_at=None).get() == foreign


# Hostile words: in every text of every form, shown as words on every page.


def _filing(lane, word="备案"):
    outcome = DecisionOutcomeFactory(
        lane=lane, code="J-DISMISS", lost=False, decision__delivered_on=date(2026, 10, 13),
        decision__decided_on=date(2026, 10, 10),
    )  # fmt: skip
    typed = {"received_on": "2026-10-13", "appeal": "open", "report": word}
    return ("judgment_filing", f"?about={outcome.decision_id}"), typed, "report"


def _lost(lane, word="文字"):
    outcome = DecisionOutcomeFactory(
        lane=lane, lost=True, decision__effect="confirmed", decision__effective_on=date(2026, 10, 10)
    )
    typed = {
        "facts": word, "causes": ["procedure"], "problems": word, "responsibility": word, "similar": word,
        "measure_1": word, "owner_1": word, "due_1": "2026-11-01",
    }  # fmt: skip
    return ("lost_report", f"?about={outcome.decision_id}"), typed, "problems"


def _absence(lane, word="文字"):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    typed = {"ground": "official_duty", "facts": word, "staff": word}
    return ("absence", f"?about={hearing.pk}"), typed, "staff"


def _defence(lane, word="文字"):
    typed = DEFENCE_REPORT | dict.fromkeys(("summary", "evidence", "materials", "head", "risk"), word)
    return ("defence_report", ""), typed, "evidence"


def _report_up(lane, word="文字"):
    typed = {"reported_on": "2026-10-14", "reported_to": word, "instruction": word}
    return ("report_up", ""), typed, "instruction"


def _effect(lane, word="文字"):
    outcome = DecisionOutcomeFactory(
        lane=lane, decision__effect="confirmed", decision__effective_on=date(2026, 10, 10)
    )
    return (
        ("effect_confirmation", f"?about={outcome.decision_id}"),
        {"known_by": "expiry", "plan": word},
        "plan",
    )


FORMS = {
    "judgment_filing": _filing,
    "lost_case_report": _lost,
    "absence_explanation": _absence,
    "defence_report": _defence,
    "leader_report": _report_up,
    "effect_confirmation": _effect,
}


def harmless(answer, *, shown=True):
    text = text_of(answer)
    assert answer.status_code < 500
    assert "<script>alert(1)" not in text
    assert not shown or SHOWN in text, answer.request["PATH_INFO"]
    return answer


def page(client, name, *args, shown=True, **query):
    return harmless(client.get(reverse(f"cases:{name}", args=args), query), shown=shown)


@pytest.mark.parametrize("kind", FORMS)
def test_hostile_words_in_a_paper_are_words_on_its_pages(lane, liaison, cast, client_of, kind):
    address, typed, _ = FORMS[kind](lane, XSS)
    url = reverse(f"cases:{address[0]}", args=[lane.pk]) + address[1]
    odd = {"late_reason": XSS, "late_code": XSS, "approval": XSS}
    harmless(check(liaison, url, **typed | odd))  # refused, with everything in its place
    named = scan("<script>alert(1)<b>.pdf")
    checked = harmless(check(liaison, url, files=[named], **typed | opened(liaison, url)))
    assert checked.templates[0].name == "cases/papers/check.html", errors_of(checked)
    harmless(liaison.get(url))
    draft = Draft.objects.get()
    receipt = liaison.post(url, {"do": "submit", "key": draft.key, "revision": draft.revision}, follow=True)
    harmless(receipt)
    paper = Paper.objects.get()
    page(liaison, "paper", paper.pk)
    page(liaison, "detail", lane.case_id, shown=False)
    if kind == "leader_report":
        return
    office = client_of(cast.office_clerk)
    page(office, "paper", paper.pk)
    page(office, "filings", shown=False)
    url_of_review = reverse("cases:review_paper", args=[paper.pk])
    first = next(name for name in typed if isinstance(paper.content.get(name), str))
    office.post(url_of_review, {"verdict": "returned", "note": XSS, f"comment-{first}": XSS})
    page(office, "paper", paper.pk)
    harmless(liaison.get(url))
    for one in RectificationMeasure.objects.all():
        page(liaison, "measure", one.pk)
        liaison.post(reverse("cases:measure", args=[one.pk]), {"done_on": "2026-10-14", "proof": XSS})
        page(office, "measure", one.pk)
        page(office, "to_check", shown=False)
        office.post(reverse("cases:measure", args=[one.pk]), {"accepted": "no", "note": XSS})
        page(liaison, "paper", paper.pk)


def test_hostile_words_in_a_conflict_are_words_on_the_page_of_both_versions(liaison, colleague, url):
    mine, theirs = opened(liaison, url), opened(colleague, url)
    save(colleague, url, theirs, summary=XSS)
    refused = save(liaison, url, mine, summary=XSS + "我的", risk=f'"><img src=x onerror=alert(1)>{XSS}')
    assert harmless(refused).status_code == 409
    assert "<img src=x" not in text_of(refused)


def test_hostile_words_in_the_roster_and_in_the_naming_of_heads(lane, liaison, cast, client_of):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    typed = {
        "name": XSS, "position": XSS, "kind": "principal", "in_charge_of": XSS, "first": "2024-01-01",
        "account": XSS,
    }  # fmt: skip
    harmless(liaison.post(reverse("cases:new_head"), typed))
    assert liaison.post(reverse("cases:new_head"), typed | {"account": "agency_head"}).status_code == 302
    page(liaison, "roster")
    page(client_of(cast.office_clerk), "roster")
    page(liaison, "appoint", lane.pk)
    head = lane.organisation.heads.get()
    page(liaison, "edit_head", head.pk)
    liaison.post(reverse("cases:appoint", args=[lane.pk]), {"head": head.pk, "reason": XSS})
    page(liaison, "appoint", lane.pk)
    named = Nomination.objects.get()
    boss = client_of(cast.agency_head)
    page(boss, "confirm_head", named.pk)
    harmless(
        boss.post(reverse("cases:confirm_head", args=[named.pk]), {"do": "decline", "reason": XSS}),
        shown=False,
    )
    page(liaison, "appoint", lane.pk)
    type(hearing).objects.filter(pk=hearing.pk).update(day=date(2026, 10, 14), state="held")
    stated = {"attended": "yes", "head": head.pk, "note": XSS}
    assert liaison.post(reverse("cases:appearance", args=[lane.pk]), stated).status_code == 302
    page(liaison, "appearance", lane.pk)
    page(liaison, "detail", lane.case_id)


def test_hostile_words_in_the_short_forms_of_a_lane(lane, liaison, cast, client_of, law):
    office = client_of(cast.office_clerk)
    harmless(liaison.post(reverse("cases:give_back", args=[lane.pk]), {"reason": XSS, "suggested": XSS}))
    assert liaison.post(reverse("cases:give_back", args=[lane.pk]), {"reason": XSS}).status_code == 302
    page(liaison, "detail", lane.case_id)
    page(office, "to_check")
    returned = lane.material_returns.get()
    page(office, "decide_return", returned.pk)
    harmless(office.post(reverse("cases:decide_return", args=[returned.pk]), {"owner": XSS, "note": XSS}))
    office.post(reverse("cases:decide_return", args=[returned.pk]), {"owner": "", "note": XSS})
    harmless(
        liaison.post(
            reverse("cases:receive", args=[lane.pk]),
            {"received_on": XSS, "method": XSS, "basis": "court_set", "document": XSS},
        )
    )
    liaison.post(
        reverse("cases:receive", args=[lane.pk]),
        {
            "received_on": "2026-10-12", "method": "direct", "basis": "court_set", "ends_on": "2026-10-20",
            "document": XSS,
        },
    )  # fmt: skip
    page(liaison, "detail", lane.case_id, shown=False)
    page(liaison, "deadline_basis", Deadline.objects.get(rule="answer").pk)
    liaison.post(reverse("cases:note", args=[lane.case_id]), {"text": XSS, "key": "n"})
    page(liaison, "detail", lane.case_id)
    registered = {
        "number": "（2026）鲁1602行初901号", "plaintiffs": XSS, "third_parties": XSS, "cause": XSS, "role": "acted",
        "received_on": "2026-10-12", "method": "direct",
    }  # fmt: skip
    harmless(liaison.post(reverse("cases:new_case"), registered | {"number": XSS, "origin": XSS}))
    told = harmless(liaison.post(reverse("cases:new_case"), registered, follow=True))
    assert told.redirect_chain
    page(liaison, "list", shown=False)


def test_hostile_words_in_the_ledger_and_in_the_choice_to_appeal(lane, liaison, cast, client_of):
    outcome = DecisionOutcomeFactory(
        lane=lane, decision__effect="not_yet", decision__decided_on=date(2026, 10, 8),
        decision__delivered_on=date(2026, 10, 10),
    )  # fmt: skip
    owed = ObligationFactory(outcome=outcome, kind="pay", content=XSS, period_text=XSS)
    url, office = reverse("cases:ledger", args=[owed.pk]), client_of(cast.office_clerk)
    line = {"submission_key": "a", "kind": "done", "happened_on": "2026-10-14", "text": XSS}
    harmless(liaison.post(url, line))  # without proof
    named = scan("<script>alert(1)<b>.pdf")
    assert liaison.post(url, line | {"proof": [named]}).status_code == 302
    harmless(liaison.get(url))
    page(office, "to_check")
    entry = owed.entries.get()
    page(office, "check_entry", entry.pk)
    office.post(reverse("cases:check_entry", args=[entry.pk]), {"accepted": "no", "note": XSS})
    page(office, "ledger", owed.pk)
    office.post(reverse("cases:decide_obligation", args=[owed.pk]), {"certainty": "open", "reason": XSS})
    page(office, "detail", lane.case_id)
    appeal = reverse("cases:appeal", args=[lane.pk]) + f"?about={outcome.decision_id}"
    harmless(liaison.post(appeal, {"choice": XSS, "decided_on": XSS, "reason": XSS}))
    assert (
        liaison.post(appeal, {"choice": "yes", "decided_on": "2026-10-14", "reason": XSS}).status_code == 302
    )
    page(liaison, "detail", lane.case_id)


def test_a_head_reads_hostile_words_as_words_and_may_write_some(lane, liaison, url, head, cast, client_of):
    _, typed, _ = _defence(lane, XSS)
    check(liaison, url, **typed | {"approval": "leader", "approver": head.pk})
    draft = Draft.objects.get()
    liaison.post(url, {"do": "ask", "key": draft.key, "revision": draft.revision})
    notice, boss = LeaderNotice.objects.get(), client_of(cast.agency_head)
    page(boss, "leader_notice", notice.pk)
    boss.post(reverse("cases:leader_notice", args=[notice.pk]), {"do": "agree", "opinion": XSS})
    harmless(liaison.get(url, {"check": "1"}))
    assert submit_press(liaison, url).status_code == 302
    page(liaison, "paper", Paper.objects.get().pk)


def test_a_fault_of_the_server_while_handing_in_leaves_the_draft_and_its_files(liaison, url, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    checked = check(liaison, url, files=[scan()], **DEFENCE_REPORT)
    draft = checked.context["draft"]
    monkeypatch.setattr("cases.views.papers.writing.hand_in", broken)
    liaison.raise_request_exception = False
    answer = liaison.post(url, {"do": "submit", "key": draft.key, "revision": draft.revision})
    assert answer.status_code == 500
    kept = Draft.objects.get()
    assert (kept.typed["summary"], kept.files.count()) == (["概况"], 1)
    monkeypatch.undo()
    liaison.post(url, {"do": "submit", "key": draft.key, "revision": draft.revision})
    assert Paper.objects.get().content["summary"] == "概况"
