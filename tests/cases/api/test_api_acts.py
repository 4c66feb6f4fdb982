"""The other use cases over the API: papers from draft to receipt, a head's answers, 整改, registering, handing on."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.api import drafts
from cases.models import (
    Case,
    CaseNote,
    Designation,
    Draft,
    Handler,
    LeaderNotice,
    MaterialReturn,
    Nomination,
    Paper,
    RectificationMeasure,
    Watch,
)
from cases.papers.leaders import ask_leaders
from cases.rectification.measures import write_measures
from organisations.authors import Author
from tests.factories import (
    MOMENT,
    HeadFactory,
    HearingFactory,
    LaneFactory,
    NominationFactory,
    PaperFactory,
    organisation,
)
from tests.writing import DEFENCE_REPORT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir")]
JSON = {"content_type": "application/json"}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = date(2026, 10, 15)


@pytest.fixture
def liaison(cast, client_of):
    return client_of(cast.liaison)


def post(client, address, told=None, **headers):
    return client.post(f"/api/v1/{address}", told or {}, headers=headers, **JSON)


@pytest.fixture
def draft(lane, liaison):
    url = f"/api/v1/lanes/{lane.pk}/drafts/defence_report/"
    kept = liaison.put(url, DEFENCE_REPORT, headers={"If-Match": '"0"'}, **JSON)
    assert kept.status_code == 200
    return Draft.objects.get()


def submit(client, lane, draft, **told):
    address = f"lanes/{lane.pk}/drafts/defence_report/submit/"
    return post(client, address, told, **{"If-Match": f'"{draft.revision}"'})


def test_a_draft_becomes_a_paper_with_its_files_and_a_second_call_makes_no_second_one(lane, liaison, draft):
    refused = submit(liaison, lane, draft)
    assert refused.status_code == 400
    assert "请上传盖章件" in refused.json()["errors"][0]["message"]
    files = {"attachments": SimpleUploadedFile("盖章件.pdf", b"%PDF-1.4 sealed")}
    assert liaison.post(f"/api/v1/lanes/{lane.pk}/drafts/defence_report/files/", files).status_code == 200
    done = submit(liaison, lane, draft)
    assert (done.status_code, done.json()["files"][0]["name"]) == (201, "盖章件.pdf")
    again = submit(liaison, lane, draft, key=draft.key)
    assert (again.status_code, again.json()["number"]) == (200, done.json()["number"])
    assert Paper.objects.count() == 1
    assert submit(liaison, lane, draft).status_code == 404  # no draft, no key


def test_all_that_is_to_be_mended_is_told_at_once(lane, liaison):
    url = f"/api/v1/lanes/{lane.pk}/drafts/defence_report/"
    typed = DEFENCE_REPORT | {"summary": "", "evidence_filed_on": "2026-10-16"}
    liaison.put(url, typed, headers={"If-Match": '"0"'}, **JSON)
    answer = submit(liaison, lane, Draft.objects.get())
    assert {one["field"] for one in answer.json()["errors"]} >= {"summary", "evidence_filed_on"}
    assert not Paper.objects.exists()


@pytest.mark.parametrize(("tag", "status"), [({}, 428), ({"If-Match": '"9"'}, 412)])
def test_handing_in_names_the_revision_that_was_read(lane, liaison, draft, tag, status):
    answer = post(liaison, f"lanes/{lane.pk}/drafts/defence_report/submit/", {}, **tag)
    assert answer.status_code == status


def test_a_locked_file_is_refused_with_its_name(lane, liaison, draft):
    files = {"attachments": SimpleUploadedFile("毒.exe", b"MZ")}
    answer = liaison.post(f"/api/v1/lanes/{lane.pk}/drafts/defence_report/files/", files)
    assert answer.status_code == 400
    assert "毒.exe" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("who", ["office_clerk", "agency_head"])
def test_only_the_liaison_writes(lane, draft, cast, client_of, who):
    assert submit(client_of(getattr(cast, who)), lane, draft).status_code == 403


def test_a_head_confirms_or_declines(lane, cast, client_of, liaison):
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 28))
    named = NominationFactory(
        lane=lane, hearing=hearing, head=HeadFactory(user=cast.agency_head), named_by=cast.post.liaison
    )
    head = client_of(cast.agency_head)
    assert post(liaison, f"nominations/{named.pk}/confirm/").status_code == 403
    assert post(head, f"nominations/{named.pk}/confirm/").json()["confirmed_at"]
    assert post(head, f"nominations/{named.pk}/decline/", {"reason": ""}).status_code == 400
    answer = post(head, f"nominations/{named.pk}/decline/", {"reason": "赴省里开会"})
    assert answer.json()["replaced_reason"] == "本人不能出庭：赴省里开会"
    assert not Nomination.objects.filter(replaced_at=None).exists()


def test_a_head_answers_what_is_put_before_him(lane, cast, client_of, liaison):
    head = HeadFactory(user=cast.agency_head)
    author = Author(MOMENT, cast.post.liaison)
    (notice,) = ask_leaders(lane, [head], kind="approval", content={}, author=author)
    address = f"notices/{notice.pk}/answer/"
    assert post(liaison, address, {"agreed": "yes"}).status_code == 403
    assert post(client_of(cast.office_clerk), address, {"agreed": "yes"}).status_code == 404
    assert post(client_of(cast.agency_head), address, {"agreed": "no"}).status_code == 400
    answer = post(client_of(cast.agency_head), address, {"agreed": "no", "opinion": "补照片"})
    assert (answer.json()["agreed"], answer.json()["opinion"]) == (False, "补照片")
    assert LeaderNotice.objects.get().answered_by == cast.post.agency_head


def test_measures_are_reported_and_accepted(lane, cast, client_of, liaison):
    report = PaperFactory(lane=lane, kind="lost_case_report", submitted_by=cast.post.liaison)
    write_measures(report, [("培训", "法规科", date(2026, 11, 1))])
    one, office = RectificationMeasure.objects.get(), client_of(cast.office_clerk)
    told = {"done_on": "2026-10-14", "proof": "签到表"}
    assert post(office, f"measures/{one.pk}/report/", told).status_code == 403
    assert post(liaison, f"measures/{one.pk}/report/", told).json()["done_on"] == "2026-10-14"
    assert post(liaison, f"measures/{one.pk}/accept/", {"accepted": "yes"}).status_code == 403
    assert post(office, f"measures/{one.pk}/accept/", {"accepted": "yes"}).json()["accepted_at"]
    assert post(client_of(cast.foreign_office_clerk), f"measures/{one.pk}/accept/").status_code == 404


def test_material_is_given_back_and_a_joint_defendant_designated(lane, liaison):
    assert post(liaison, f"lanes/{lane.pk}/give_back/", {"reason": ""}).status_code == 400
    assert post(liaison, f"lanes/{lane.pk}/give_back/", {"reason": "不是本单位的行为"}).status_code == 200
    assert MaterialReturn.objects.get().reason == "不是本单位的行为"
    other = LaneFactory(case=lane.case, organisation=organisation("371602-SC"))
    told = {"lane": other.pk, "ground": "agreement"}
    assert post(liaison, f"lanes/{lane.pk}/designate/", told).status_code == 200
    assert Designation.objects.get().lane == other
    assert post(liaison, f"lanes/{lane.pk}/designate/", told).status_code == 400


def test_a_case_is_registered_once_and_strangers_gain_nothing(lane, cast, liaison, client_of):
    told = {
        "number": "(2026)鲁1602行初901号", "plaintiffs": "张三", "role": "original_actor",
        "received_on": "2026-10-14", "method": "direct",
    }  # fmt: skip
    role = lane.role
    answer = post(liaison, "cases/", told | {"role": role})
    assert (answer.status_code, answer.json()["received_on"]) == (201, "2026-10-14")
    again = post(liaison, "cases/", told | {"role": role})
    assert (again.status_code, again.json()["errors"][0]["field"]) == (400, "number")
    assert post(client_of(cast.office_clerk), "cases/", told).status_code == 403
    assert Case.objects.filter(serial=901).count() == 1


def test_a_case_is_watched_noted_and_given_to_a_colleague(lane, cast, liaison, client_of):
    address = f"cases/{lane.case_id}"
    post(liaison, f"{address}/watch/", {"wanted": "yes"})
    assert Watch.objects.get().case == lane.case
    for _ in range(2):
        post(liaison, f"{address}/note/", {"text": "已电话沟通", "key": "n1"})
    assert CaseNote.objects.get().text == "已电话沟通"
    post(liaison, f"{address}/assign/", {"post": cast.post.liaison.pk})
    assert Handler.objects.get().post == cast.post.liaison
    assert post(liaison, f"{address}/assign/", {"post": cast.post.office_clerk.pk}).status_code == 400
    assert post(client_of(cast.leader), f"{address}/assign/", {"post": 1}).status_code == 403


@pytest.mark.parametrize("body", ["[]", "3", '"x"', "{}", '{"reason": 5}', '{"lane": ["a"]}'])
@pytest.mark.parametrize("act", ["give_back", "designate"])
def test_no_body_is_too_odd_for_an_answer(lane, liaison, act, body):
    answer = liaison.post(f"/api/v1/lanes/{lane.pk}/{act}/", body, **JSON)
    assert answer.status_code in (400, 200)
    assert "message" in answer.json() or act == "give_back"


@pytest.mark.parametrize(
    ("agreed", "status", "kept"),
    [(False, 200, False), ("no", 200, False), ("maybe", 400, None), (None, 400, None)],
)
def test_false_is_no_and_nothing_else_is_yes(lane, cast, client_of, agreed, status, kept):
    author = Author(MOMENT, cast.post.liaison)
    (notice,) = ask_leaders(
        lane, [HeadFactory(user=cast.agency_head)], kind="approval", content={}, author=author
    )
    told = {"agreed": agreed, "opinion": "补照片"}
    assert post(client_of(cast.agency_head), f"notices/{notice.pk}/answer/", told).status_code == status
    notice.refresh_from_db()
    assert notice.agreed is kept


def test_a_watch_taken_back_with_false_is_taken_back(lane, liaison):
    for wanted, count in ((True, 1), (False, 0)):
        post(liaison, f"cases/{lane.case_id}/watch/", {"wanted": wanted})
        assert Watch.objects.count() == count


def test_of_two_calls_at_one_moment_the_slower_gets_the_paper_of_the_faster(
    lane, liaison, draft, monkeypatch
):
    files = {"attachments": SimpleUploadedFile("盖章件.pdf", b"%PDF-1.4 sealed")}
    liaison.post(f"/api/v1/lanes/{lane.pk}/drafts/defence_report/files/", files)
    real = drafts.hand_in

    def faster(*args, **told):
        monkeypatch.setattr(drafts, "hand_in", real)
        real(Draft.objects.get(), *args[1:], **told)
        return real(*args, **told)

    monkeypatch.setattr(drafts, "hand_in", faster)
    answer = submit(liaison, lane, draft)
    assert (answer.status_code, answer.json()["number"]) == (200, Paper.objects.get().number)


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800"])
@pytest.mark.parametrize("address", ["drafts/defence_report/submit/", "give_back/"])
def test_signs_that_cannot_be_kept_are_refused(lane, liaison, draft, sign, address):
    body = f'{{"key": "a{sign}", "reason": "a{sign}"}}'
    headers = {"If-Match": f'"{draft.revision}"'}
    answer = liaison.post(f"/api/v1/lanes/{lane.pk}/{address}", body, headers=headers, **JSON)
    assert answer.status_code == 400
    assert "不能保存的控制字符" in answer.content.decode()
