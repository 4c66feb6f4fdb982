"""The page of 自助统计: what it asks, what it keeps, and who sees what is kept."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.models import AuditEntry
from reports.models import SavedQuestion

QUERY = "/analysis/query/?measure=appearance_rate&by=agency&period=2026Q3"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.city_office_clerk)


def test_the_answer_its_slices_and_the_cases_of_one(world, client):
    case = world.heard(1)
    world.heard(2, "区住建局", attended=False)
    page = client.get(QUERY).content.decode()
    assert "2026年第三季度，滨州市负责人出庭应诉率 50.0%（1/2）。" in page
    assert "本期只有 2 件，不作比例分析，仅列案件。" in page
    assert "区住建局" not in client.get(f"{QUERY}&slice=BZ-GA").content.decode().partition('id="cases"')[2]
    assert (
        f'<a href="/cases/{case.pk}/">{case.number}</a>'
        in client.get(f"{QUERY}&slice=BZ-GA").content.decode()
    )


def test_a_dimension_that_does_not_fit_is_replaced_and_said_to_be_none(world, client):
    page = client.get("/analysis/query/?measure=appearance_rate&by=reason&period=2026Q3").content.decode()
    assert "败诉原因（本指标没有）" in page
    assert '<option value="region" selected>' in page


@pytest.mark.parametrize("wrong", ["period=2026Q9", "region=371699", "measure=x", "by=x"])
def test_what_is_not_known_is_not_found(world, client, wrong):
    assert client.get(f"/analysis/query/?{wrong}").status_code == 404


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_it_is_taken_out_under_a_name_that_says_what_it_is(world, client, form):
    answer = client.get(f"/analysis/query.{form}?measure=appearance_rate&by=agency&period=2026Q3")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f"2026Q3.{form}")


def test_a_question_is_kept_without_its_period(world, cast, client, client_of):
    answer = client.post(
        f"/analysis/query/save/?{QUERY.partition('?')[2]}", {"name": "各单位出庭", "shared": "on"}
    )
    saved = SavedQuestion.objects.get()
    assert (saved.measure, saved.by, saved.period_kind, saved.shared) == (
        "appearance_rate",
        "agency",
        "quarter",
        True,
    )
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert asked == {"measure": ["appearance_rate"], "by": ["agency"], "period": ["2026Q3"]}
    assert AuditEntry.objects.filter(verb="question.save").count() == 1
    assert "各单位出庭" in client_of(cast.city_office_head).get("/analysis/query/").content.decode()
    assert "各单位出庭" not in client_of(cast.office_clerk).get("/analysis/query/").content.decode()


def test_what_is_not_shared_is_seen_and_deleted_by_its_owner_alone(world, cast, client, client_of):
    client.post(f"/analysis/query/save/?{QUERY.partition('?')[2]}", {"name": "草稿"})
    saved = SavedQuestion.objects.get()
    assert f"/analysis/query/{saved.pk}/delete/" in client.get("/analysis/query/").content.decode()
    other = client_of(cast.city_office_head)
    assert "草稿" not in other.get("/analysis/query/").content.decode()
    assert other.post(f"/analysis/query/{saved.pk}/delete/").status_code == 404
    assert client.post(f"/analysis/query/{saved.pk}/delete/").status_code == 302
    assert not SavedQuestion.objects.exists()


def test_a_question_needs_a_name(world, client):
    answer = client.post(f"/analysis/query/save/?{QUERY.partition('?')[2]}", {"name": " "})
    assert (answer.status_code, "请填写名称" in answer.content.decode()) == (422, True)


def test_it_asks_no_more_for_more_cases(world, client, django_assert_num_queries):
    for serial in range(1, 5):
        world.heard(serial, list(world.agencies)[serial % 4])
    client.get(QUERY)
    with CaptureQueriesContext(connection) as few:
        client.get(QUERY)
    for serial in range(5, 30):
        world.heard(serial, list(world.agencies)[serial % 4])
    with django_assert_num_queries(len(few)):
        client.get(QUERY)
