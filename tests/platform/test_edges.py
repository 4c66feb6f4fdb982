"""What stands around the apps: health, errors, headers, the checks of an installation."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from binzhou_litigation import checks, errors
from organisations.clock import this_moment
from supervision.models import JobRun


def test_alive_needs_no_database():
    assert Client().get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_names_jobs_that_never_succeeded(today):
    told = Client().get("/readyz").json()
    assert told["database"] == "ok"
    assert told["jobs"]["sweep"] == {"succeeded_at": None, "silent": True}
    assert told["status"] == "degraded"


@pytest.mark.django_db
def test_ready_is_ok_while_no_job_is_silent_for_too_long(today):
    moment = this_moment()
    for job in ("sweep", "deliver", "finish", "assess", "files"):
        JobRun.objects.create(job=job, succeeded_at=moment)
    told = Client().get("/readyz").json()
    assert (told["status"], told["calendar"]["known_until"]) == ("ok", "2026-12-31")
    JobRun.objects.filter(job="deliver").update(succeeded_at=moment - timedelta(minutes=16))
    told = Client().get("/readyz").json()
    assert (told["status"], told["jobs"]["deliver"]["silent"]) == ("degraded", True)


@pytest.mark.django_db
@override_settings(DEBUG=False)
def test_an_unknown_page_and_an_unknown_api_path_answer_in_their_own_kind(cast, client_of):
    client = client_of(cast.office_clerk)
    assert "没有这个页面" in client.get("/nope/").content.decode()
    answer = client.get("/api/v1/nope/")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.django_db
@override_settings(DEBUG=False)
def test_a_page_that_knows_what_is_missing_says_it_and_never_in_english(cast, client_of):
    client = client_of(cast.office_clerk)
    told = client.get("/figures/2026Q9/appearance_rate/").content.decode()
    assert "“2026Q9”不是报告期，请写作 2026-11、2026Q3、2026H1 或 2026。" in told
    assert "query" not in client.get("/cases/999999/").content.decode().partition("<main")[2]


@pytest.mark.django_db
def test_the_api_tells_problems_in_one_shape(cast, client_of):
    stranger = client_of(cast.leader)
    answer = stranger.get("/api/v1/deadlines/")
    assert (answer.status_code, set(answer.json())) == (403, {"code", "message", "errors"})
    assert Client().get("/api/v1/cases/").status_code == 401


def test_the_page_of_a_failed_server_asks_nothing_of_the_database(rf):
    # Without the db mark any query fails this test.
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "错误编号" in answer.content.decode()
    assert settings.HELP_PHONE in answer.content.decode()


@pytest.mark.django_db
def test_every_page_forbids_foreign_content_and_is_kept_by_nobody(cast, client_of):
    answer = client_of(cast.office_clerk).get(reverse("supervision:desk"))
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(("day", "warned"), [(date(2026, 10, 31), False), (date(2026, 11, 2), True)])
@override_settings(DEBUG=False)
def test_sixty_days_before_the_calendar_ends_an_installation_warns(monkeypatch, day, warned):
    monkeypatch.setattr(checks, "today", lambda: day)
    assert bool(checks.calendar_reaches_far_enough(None)) is warned


def test_a_missing_library_or_font_is_named_with_its_remedy(monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "find_library", lambda name: None)
    assert [found.id for found in checks.pdf_libraries(None)] == ["platform.E001", "platform.W001"]
    assert all(found.hint for found in checks.pdf_libraries(None))


@pytest.mark.django_db
def test_the_openapi_description_is_complete(capsys):
    call_command("spectacular", "--validate", "--fail-on-warn")
    assert "/api/v1/notifications/" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["（2026）鲁1602行初1号", "1", "自然", "", "ｘ" * 300])
def test_the_search_answers_whatever_is_typed(cast, client_of, text):
    assert client_of(cast.office_clerk).get("/search/", {"q": text}).status_code == 200
