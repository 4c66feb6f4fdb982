"""The API of the workspace: the use cases of the pages, their sentences, revisions against the second writer."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import AppearanceStatement, Draft, Lane, Nomination, Obligation
from organisations.models import Head
from tests.factories import (
    DecisionOutcomeFactory,
    HeadFactory,
    HearingFactory,
    LaneFactory,
    ObligationFactory,
    PaperDeliveryFactory,
    PaperFactory,
    organisation,
)

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = date(2026, 10, 15)


def test_a_lane_is_signed_for_as_on_its_page(lane, cast, client_of):
    url = f"/api/v1/lanes/{lane.pk}/receive/"
    told = {"received_on": "2026-10-14", "method": "direct", "basis": "statutory"}
    late = client_of(cast.liaison).post(url, told | {"received_on": "2026-10-16"}, **JSON)
    assert (late.status_code, late.json()["errors"][0]) == (
        400,
        {"field": "received_on", "message": "收到日期不能晚于今天（2026-10-15）。"},
    )
    done = client_of(cast.liaison).post(url, told, **JSON)
    assert (done.status_code, done.json()["received_on"]) == (200, "2026-10-14")
    assert client_of(cast.office_clerk).post(url, told, **JSON).status_code == 403
    assert client_of(cast.foreign_liaison).post(url, told, **JSON).status_code == 404


@pytest.mark.parametrize(
    "body", ["[]", "[1]", "3", '"x"', "{}", '{"received_on": 5}', '{"received_on": ["a"]}']
)
@pytest.mark.parametrize("act", ["receive", "appoint", "appearance", "appeal"])
def test_no_body_is_too_odd_for_an_answer(lane, cast, client_of, act, body):
    answer = client_of(cast.liaison).post(f"/api/v1/lanes/{lane.pk}/{act}/", body, **JSON)
    assert answer.status_code in (400, 404)
    assert answer.json()["message"]


def test_a_head_is_named_and_the_appearance_stated(lane, cast, client_of):
    head = HeadFactory()
    hearing = HearingFactory(case=lane.case, day=date(2026, 10, 15))
    liaison = client_of(cast.liaison)
    named = liaison.post(
        f"/api/v1/lanes/{lane.pk}/appoint/", {"hearing": hearing.pk, "head": head.pk}, **JSON
    )
    assert named.status_code == 200
    assert Nomination.objects.get().head == head
    said = {"hearing": hearing.pk, "attended": "yes", "head": head.pk, "spoke": "yes"}
    assert liaison.post(f"/api/v1/lanes/{lane.pk}/appearance/", said, **JSON).status_code == 200
    assert AppearanceStatement.objects.get().counts


def test_a_head_of_another_agency_is_refused_with_a_sentence(lane, cast, client_of):
    stranger = HeadFactory(organisation=organisation("371602-SC"))
    hearing = HearingFactory(case=lane.case)
    told = {"hearing": hearing.pk, "head": stranger.pk}
    answer = client_of(cast.liaison).post(f"/api/v1/lanes/{lane.pk}/appoint/", told, **JSON)
    assert (answer.status_code, answer.json()["message"]) == (400, "请从本单位负责人名册中选择。")


def test_the_second_writer_of_a_draft_gets_412_and_the_first_ones_words_stay(lane, cast, client_of):
    url = f"/api/v1/lanes/{lane.pk}/drafts/defence_report/"
    liaison = client_of(cast.liaison)
    assert liaison.put(url, {"summary": "甲"}, **JSON).status_code == 428
    first = liaison.put(url, {"summary": "甲"}, headers={"If-Match": '"0"'}, **JSON)
    assert (first.status_code, first["ETag"]) == (200, '"1"')
    second = liaison.put(url, {"summary": "乙"}, headers={"If-Match": '"0"'}, **JSON)
    assert (second.status_code, second.json()["code"]) == (412, "precondition_failed")
    assert Draft.objects.get().typed == {"summary": ["甲"]}
    assert liaison.put(url, {"summary": "乙"}, headers={"If-Match": '"1"'}, **JSON)["ETag"] == '"2"'
    assert client_of(cast.office_clerk).get(url).status_code == 403


def test_the_roster_is_changed_on_top_of_its_revision_only(lane, cast, client_of):
    liaison = client_of(cast.liaison)
    told = {"name": "许知行", "position": "副局长", "kind": "deputy", "first": "2024-03-01"}
    made = liaison.post("/api/v1/heads/", told, **JSON)
    assert (made.status_code, made["ETag"]) == (201, '"1"')
    url = f"/api/v1/heads/{made.json()['id']}/"
    ended = liaison.put(url, told | {"last": "2026-10-01"}, headers={"If-Match": made["ETag"]}, **JSON)
    assert ended["ETag"] == '"2"'
    again = liaison.put(url, told | {"position": "局长"}, headers={"If-Match": made["ETag"]}, **JSON)
    assert again.status_code == 412
    assert Head.objects.get().last == date(2026, 10, 1)
    assert (
        client_of(cast.other_liaison).put(url, told, headers={"If-Match": '"2"'}, **JSON).status_code == 404
    )


def test_a_performance_is_reported_once_and_checked_by_the_office(lane, cast, client_of):
    outcome = DecisionOutcomeFactory(
        lane=lane, code="J-PAY", decision__case=lane.case, decision__effect="confirmed"
    )
    owed = ObligationFactory(outcome=outcome, lane=lane)
    url = f"/api/v1/obligations/{owed.pk}/entries/"

    def told():
        proof = SimpleUploadedFile("凭证.pdf", b"%PDF-1.4")
        return {
            "submission_key": "k", "kind": "done", "happened_on": "2026-10-14", "text": "已付", "same_act": "no",
            "proof": proof,
        }  # fmt: skip

    made = [client_of(cast.liaison).post(url, told()) for _ in range(2)]
    assert [answer.status_code for answer in made] == [201, 201]
    [entry] = made[1].json()["entries"]
    check = f"{url}{entry['id']}/check/"
    assert client_of(cast.liaison).post(check, {"accepted": "yes"}, **JSON).status_code == 403
    assert client_of(cast.office_clerk).post(check, {"accepted": "yes"}, **JSON).json()["state"] == "done"
    assert Obligation.objects.get().performed_on == date(2026, 10, 14)


def test_a_report_is_returned_for_a_field_by_its_recipient_only(lane, cast, client_of):
    paper = PaperFactory(lane=lane, submitted_by=cast.post.liaison)
    PaperDeliveryFactory(paper=paper, recipient=organisation("371602-SF"))
    url = f"/api/v1/papers/{paper.pk}/review/"
    told = {"verdict": "returned", "comments": {"evidence": "补充份数", "nonsense": "x"}}
    assert client_of(cast.city_office_clerk).post(url, told, **JSON).status_code == 404
    answer = client_of(cast.office_clerk).post(url, told, **JSON)
    assert (answer.json()["review"], answer.json()["comments"]) == ("returned", {"evidence": "补充份数"})
    assert client_of(cast.office_clerk).post(url, told, **JSON).status_code == 400


def test_each_reads_the_lanes_of_the_own_scope(lane, cast, client_of):
    LaneFactory(organisation=organisation("371625-ZRZY"), case__court=organisation("鲁1625"))
    seen = client_of(cast.liaison).get("/api/v1/lanes/").json()
    assert [row["id"] for row in seen["results"]] == [lane.pk]
    assert Lane.objects.count() == 2


@pytest.mark.parametrize("path", ["cases", "deadlines", "papers", "notifications"])
def test_a_parameter_that_no_list_knows_is_refused_by_its_name(cast, client_of, path):
    client = client_of(cast.office_head)
    assert client.get(f"/api/v1/{path}/", {"page": 1}).status_code == 200
    refused = client.get(f"/api/v1/{path}/", {"organization": "371602-ZRZY"})
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == ["organization"]


def test_a_day_that_cannot_be_read_gives_an_error_and_no_list(cast, client_of):
    refused = client_of(cast.office_head).get("/api/v1/cases/", {"heard_from": "2026-02-30"})
    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == ["heard_from"]
