"""Desk, case list and case page over three years of a city: 30,000 cases, 300,000 events.

The yardstick of a page is a bare view behind the same middleware and in the same frame: it reads the same rows with
the ORM and prints them in a plain table, without status, steps, scope, filters, actions or words.
"""

import os
import time
from collections.abc import Callable, Iterable
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
django.setup()

from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse  # noqa: TID251 - the bare view is an edge
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import path

from bench.board import sign_in
from bench.duties import fill_duties, fill_events, fill_lanes
from bench.measuring import Result, fresh_database
from binzhou_litigation.urls import urlpatterns as site
from cases.models import (
    AppearanceStatement,
    Case,
    Deadline,
    DecisionOutcome,
    Hearing,
    MaterialReturn,
    Nomination,
    Paper,
)
from organisations.models import Organisation
from organisations.roles import Role

CASES, EVENTS, TIMES, LIMIT = 30_000, 300_000, 30, 3.0
PLAIN = """{% extends "base.html" %}{% block content %}<table>{% for row in rows %}<tr>
{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}</table>{% endblock %}"""


def bare(request: HttpRequest, of: str, pk: int = 0) -> HttpResponse:
    """Read the rows of a page and print them as they are."""
    rows = [
        [getattr(one, field.attname) for field in one._meta.concrete_fields] for one in READ[of](request, pk)
    ]
    return HttpResponse(engines["django"].from_string(PLAIN).render({"rows": rows}, request))


def _desk(request: HttpRequest, pk: int) -> Iterable[Model]:
    open_ones = Deadline.objects.filter(state="open", is_duty=True)
    for _ in range(2):  # the bands and the number of pages
        open_ones.count()
    rows = list(open_ones.select_related("case__court", "organisation").order_by("due_on", "pk")[:20])
    hearings = Hearing.objects.filter(day__gte=date(2026, 11, 6)).select_related("case__court")
    return [
        *rows,
        *(row.case for row in rows if row.case),
        *(row.organisation for row in rows),
        *hearings[:5],
    ]


def _list(request: HttpRequest, pk: int) -> Iterable[Model]:
    cases = Case.objects.select_related("court").prefetch_related("lanes__organisation")
    cases.count()
    rows = list(cases[:20])
    lanes = [lane for case in rows for lane in case.lanes.all()]
    return [*rows, *(case.court for case in rows), *lanes, *(lane.organisation for lane in lanes)]


def _case(request: HttpRequest, pk: int) -> Iterable[Model]:
    case = Case.objects.select_related("court", "source__organisation").get(pk=pk)
    lanes = list(case.lanes.select_related("organisation__region", "source"))
    of_lanes = {"lane__in": lanes}
    papers = Paper.objects.filter(**of_lanes).select_related(
        "submitted_by__user", "submitted_by__organisation"
    )
    rest = [
        *papers, *Deadline.objects.filter(**of_lanes), *Nomination.objects.filter(**of_lanes),
        *MaterialReturn.objects.filter(**of_lanes), *case.hearings.select_related("source__organisation"),
        *AppearanceStatement.objects.filter(hearing__case=case), *case.decisions.all(),
        *DecisionOutcome.objects.filter(decision__case=case), *case.notes.all(), *case.watches.all(),
        *case.fact_changes.select_related("source__organisation"), *Case.objects.filter(dispute=case.dispute_id),
    ]  # fmt: skip
    return [case, case.court, case.source, *lanes, *rest]


READ: dict[str, Callable[[HttpRequest, int], Iterable[Model]]] = {"desk": _desk, "list": _list, "case": _case}
urlpatterns = [*site, path("bare/<str:of>/<int:pk>/", bare)]


def main() -> None:
    """Measure in a fresh database and print."""
    with (
        fresh_database(),
        override_settings(
            TODAY=date(2026, 11, 6), ALLOWED_HOSTS=["testserver"], ROOT_URLCONF="bench.workspace"
        ),
    ):
        fill_lanes(CASES)
        fill_duties(CASES, due=date(2026, 11, 6), share_due=3)
        fill_events(CASES, EVENTS - CASES)
        agency = Organisation.objects.filter(defences__isnull=False).first()
        assert agency is not None
        case = agency.defences.values_list("case", flat=True)[0]
        office = sign_in("office", Organisation.objects.get(code="BZ-SF"), Role.OFFICE_CLERK)
        liaison = sign_in("liaison", agency, Role.AGENCY_LIAISON)
        pages = {
            "office's desk": (office, "/desk/", "desk"),
            "liaison's desk": (liaison, "/desk/", "desk"),
            "office's case list": (office, "/cases/", "list"),
            "list of what is overdue": (office, "/cases/?state=overdue", "list"),
            "search by last digits": (office, "/cases/?q=87", "list"),
            "liaison's case page": (liaison, f"/cases/{case}/", "case"),
            "office's case page": (office, f"/cases/{case}/", "case"),
        }
        for name, (client, page, of) in pages.items():
            _measure(name, client, page, f"/bare/{of}/{case}/")


def _measure(name: str, client: Client, page: str, yardstick: str) -> None:
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page)
    asked = len(queries)  # the log is emptied with the next request
    assert answer.status_code == client.get(yardstick).status_code == 200  # noqa: PLR2004
    ours, bare_one = _median(client, page), _median(client, yardstick)
    print(f"{Result(name, ours, bare_one, LIMIT)}, {ours * 1000:.0f} ms, {asked} queries")


def _median(client: Client, page: str) -> float:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(page)
        times.append(time.perf_counter() - start)
    return sorted(times)[TIMES // 2]


if __name__ == "__main__":
    main()
