"""The whole monthly round on the sample workbooks, as `make round` makes it, and what must hold after it."""

from datetime import date, datetime

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.timezone import make_aware

from binzhou_litigation.demo.accounts import PEOPLE
from binzhou_litigation.demo.round import is_done, make_round
from binzhou_litigation.demo.samples import SAMPLE_COURTS, SAMPLE_MONTHS, WORKBOOKS
from cases.deadlines.obligations import performance_day
from cases.law import current_law
from cases.models import AppearanceStatement, Case, Deadline, DecisionOutcome, Hearing, Obligation, Source
from courts.models import HeldRow, Notification, Upload
from courts.uploads.planning import month_of, plan_upload
from organisations.audit import broken_links
from organisations.authors import Author
from organisations.models import Organisation, Region, User
from reports.figures.figures import figures
from reports.models import Bulletin
from rules.case_numbers import parse_case_number
from rules.report_periods import parse_report_period
from supervision.models import Reminder
from supervision.sweep.sweeping import sweep
from tests.conftest import SESSION_BACKEND

TODAY = date(2026, 10, 15)
NOW = make_aware(datetime(2026, 10, 15, 17))
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("round")]


@pytest.fixture(scope="module", autouse=True)
def finished_round(django_db_setup, django_db_blocker, tmp_path_factory):
    """The round, once for all tests here, and taken back afterwards."""
    folder = tmp_path_factory.mktemp("round")
    settings = override_settings(TODAY=TODAY, DATA_DIR=folder, FILES_DIR=folder / "files", DEBUG=False)
    with django_db_blocker.unblock(), settings, transaction.atomic():
        make_round(today=TODAY, law=current_law(), say=lambda line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client_of_round():
    """A browser in which somebody of the demonstration is signed in."""

    def signed_in(username):
        client = Client()
        client.force_login(User.objects.get(username=username), backend=SESSION_BACKEND)
        return client

    return signed_in


def test_a_second_demonstration_would_find_its_work_done():
    assert is_done()


def test_every_court_told_of_every_month():
    told = set(Notification.objects.values_list("court__code", "month", "kind"))
    assert len(told) == len(SAMPLE_COURTS) * len(SAMPLE_MONTHS) * 3


def test_only_the_planned_faults_are_held_back():
    held = HeldRow.objects.values_list("notification__court__code", "notification__month")
    assert (
        sorted((court, f"{month:%Y-%m}") for court, month in held)
        == [("鲁1625", "2026-09")] * 3 + [("鲁1681", "2026-10")] * 4
    )


def test_more_than_a_hundred_cases_of_all_instances_arose():
    assert Case.objects.count() > 100
    assert set(Case.objects.values_list("instance", flat=True)) >= {"first", "second"}
    assert Case.objects.exclude(origin=None).count() >= 8


def test_second_instances_belong_to_the_dispute_of_the_first():
    for case in Case.objects.exclude(origin=None).select_related("origin"):
        assert case.dispute_id == case.origin.dispute_id


def test_every_fact_from_a_court_knows_its_file_sheet_row_and_cell():
    models = (Case, Hearing, AppearanceStatement, DecisionOutcome, Obligation)
    sources = Source.objects.filter(
        kind="court", pk__in={pk for m in models for pk in m.objects.values_list("source", flat=True)}
    )
    assert sources.count() > 200
    for source in sources.select_related("file"):
        assert source.file.path.exists()
        assert source.sheet
        assert source.row
        assert source.cells["案号"].endswith(str(source.row))


def test_every_deadline_says_how_it_came_about():
    assert Deadline.objects.count() > 500
    for deadline in Deadline.objects.all():
        receipt = deadline.computation
        assert receipt["explanation"], deadline
        assert receipt["citation"], deadline
        assert receipt["proof"], deadline
        assert receipt["due_on"] == deadline.due_on.isoformat()


def test_reminders_were_raised_once_per_step_and_a_further_sweep_of_the_day_adds_none():
    assert Reminder.objects.count() > 50
    assert sweep(on=TODAY, author=Author(NOW), law=current_law())["raised"] == {}


def test_the_trail_of_the_round_is_unbroken():
    assert broken_links() == []


@pytest.mark.parametrize("court", SAMPLE_COURTS)
def test_the_last_file_uploaded_again_changes_nothing(court):
    path = WORKBOOKS / f"{court}-{SAMPLE_MONTHS[-1]}.xlsx"
    upload = plan_upload(
        path.read_bytes(),
        name=path.name,
        court=Organisation.objects.select_related("region").get(code=court),
        month=month_of(SAMPLE_MONTHS[-1]),
        kind="auto",
        author=Author(NOW),
        law=current_law(),
    )
    assert upload.state == Upload.State.PLANNED
    assert [(s["added"], s["changed"], s["missing"]) for s in upload.report["sheets"]] == [(0, 0, 0)] * 3


def test_the_figures_of_the_quarter_are_sets_of_cases():
    told = figures(parse_report_period("2026Q3"), Region.objects.get(code="371600"), NOW)
    for measure in told["measures"]:
        ids, numerator = set(measure["denominator_ids"]), set(measure["numerator_ids"])
        assert numerator <= ids, measure["key"]
        assert (len(numerator), len(ids)) == (measure["numerator"], measure["denominator"]), measure["key"]
        assert not ids & {one["id"] for one in measure["excluded"]}, measure["key"]
        assert all(one["reason"] for one in measure["excluded"]), measure["key"]
    appeared = next(m for m in told["measures"] if m["key"] == "appearance_rate")
    assert 90 < float(appeared["rate"]) < 100
    assert all(
        parse_case_number(number).first.is_administrative_suit for number in appeared["denominator_ids"]
    )


def test_a_leader_reads_the_bulletin_as_a_page_and_as_a_pdf():
    client = Client()
    _sign_in(client, "leader")
    bulletin = Bulletin.objects.get(kind="quarterly", period="2026Q3")
    page = client.get(reverse("reports:bulletin", args=[bulletin.pk]))
    assert page.status_code == 200
    assert "2026年第三季度" in page.content.decode()
    pdf = client.get(reverse("reports:pdf", args=[bulletin.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    assert b"".join(pdf)[:5] == b"%PDF-"


def _sign_in(client, username):
    client.force_login(User.objects.get(username=username), backend=SESSION_BACKEND)


@pytest.mark.parametrize("username", PEOPLE)
def test_everybody_has_a_first_page(username):
    client = Client()
    _sign_in(client, username)
    answer = client.get("/", follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain


def _owed(deadline, law):
    """The count of a period that a decision sets."""
    day = performance_day(Obligation.objects.get(pk=deadline.subject.partition(":")[2]), law)
    return day and day.due


def _gaps(deadline):
    """What a receipt lacks for its reader to count the day again."""
    told, law = deadline.computation, current_law()
    texts = ("label", "starts_on", "start_event", "proof", "citation", "article", "explanation", "valid_from")
    gaps = [name for name in texts if not told.get(name)]
    if told["due_on"] != str(deadline.due_on):
        gaps.append("another due day than stored")
    if deadline.due_on != deadline.original_due_on and not (
        told.get("late_notice") or told.get("set_by") or told.get("orders") or deadline.changes.exists()
    ):
        gaps.append("nothing says what moved it")
    if told["mode"] != "set":
        again = (
            law.due(deadline.rule, deadline.starts_on)
            if deadline.rule != "obligation"
            else _owed(deadline, law)
        )
        gaps += [
            name for name in ("nominal", "rolled_over", "days_off_met") if told[name] != again.to_json()[name]
        ]
        gaps += [
            day["date"] for day in told["days_off_met"] if day["kind"] == "holiday" and not day["notice"]
        ]
    if told["mode"] != "set" and not told["calendar"]:
        gaps.append("no calendar version")
    return gaps


def test_every_stored_deadline_has_a_complete_receipt():
    walked = list(Deadline.objects.all())
    assert len(walked) > 700
    assert {d.pk: gaps for d in walked if (gaps := _gaps(d))} == {}


def test_every_receipt_can_be_opened_by_the_office_and_printed(client_of_round):
    some = {deadline.rule: deadline for deadline in Deadline.objects.exclude(lane=None)}
    pages = [client_of_round("office").get(deadline.get_absolute_url()) for deadline in some.values()]
    assert {page.status_code for page in pages} == {200}
    late = next(d for d in Deadline.objects.filter(rule="name_head") if d.computation.get("late_notice"))
    page = client_of_round("office").get(late.get_absolute_url()).content.decode()
    assert "通报迟延" in page
    assert f"{late.original_due_on}" in page
    paper = client_of_round("office").get(reverse("cases:basis_file", args=[late.pk]))
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
