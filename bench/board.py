"""How long the server takes for the deadline board with 50,000 open duties in scope (p95, on an idle machine)."""

import os
import time
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from bench.duties import fill_duties, fill_lanes
from bench.measuring import fresh_database
from organisations.models import Organisation, Post, User
from organisations.roles import Role

DUTIES, TIMES, MILLISECONDS = 50_000, 40, 300
PAGES = {
    "list": "/deadlines/", "one band": "/deadlines/?band=overdue", "matrix": "/deadlines/?view=matrix",
    "month": "/deadlines/?view=calendar", "desk": "/desk/",
}  # fmt: skip


def main() -> None:
    """Measure in a fresh database and print."""
    with fresh_database(), override_settings(TODAY=date(2026, 11, 6), ALLOWED_HOSTS=["testserver"]):
        fill_lanes()
        fill_duties(DUTIES, due=date(2026, 11, 6), share_due=3)
        client = sign_in("office", Organisation.objects.get(code="BZ-SF"), Role.OFFICE_CLERK)
        for name, page in PAGES.items():
            client.get(page)
            times = sorted(_time(client, page) for _ in range(TIMES))
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            p95 = times[int(TIMES * 0.95) - 1] * 1000
            words = "within" if p95 <= MILLISECONDS else "OVER"
            print(
                f"{name} with {DUTIES} duties: p95 {p95:.0f} ms ({words} {MILLISECONDS}), {len(queries)} queries"
            )


def sign_in(username: str, organisation: Organisation, role: str) -> Client:
    """A browser of somebody who acts in this post."""
    user = User.objects.create(username=username, name=username)
    Post.objects.create(user=user, organisation=organisation, role=role)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _time(client: Client, page: str) -> float:
    start = time.perf_counter()
    client.get(page)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
