"""Two people at one bulletin at the same moment: one waits for the other, and nothing issued is touched."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event

import pytest
from django.db import connection

from organisations.authors import Author
from reports.bulletins import bulletins
from reports.bulletins.bulletins import draft_bulletin, issue_bulletin
from reports.models import Bulletin
from rules.report_periods import parse_report_period
from tests.reports.conftest import NOW

Q3 = parse_report_period("2026Q3")
PATIENCE = 1  # seconds to wait for one who cannot come while the region is locked


@pytest.fixture
def city(committed, world):
    world.heard(1)
    return world.city


def closing(work, *args):
    """The work with a database connection of its own thread, closed after it."""
    try:
        return work(*args)
    finally:
        connection.close()


def pause_drafting(monkeypatch, pause):
    """Call `pause` in the middle of a draft, after it was looked up and before it is saved."""
    snapshot_of = bulletins.snapshot_of

    def paused(*args):
        pause()
        return snapshot_of(*args)

    monkeypatch.setattr(bulletins, "snapshot_of", paused)


def test_a_draft_that_overlaps_an_issue_leaves_the_issued_bulletin_issued(city, law, monkeypatch):
    first = draft_bulletin("quarterly", Q3, city, Author(NOW), law)
    drafting, issued = Event(), Event()
    pause_drafting(monkeypatch, lambda: (drafting.set(), issued.wait(PATIENCE)))

    def issue():
        drafting.wait()
        issue_bulletin(first, "滨司通〔2026〕12号", Author(NOW))
        issued.set()

    with ThreadPoolExecutor() as pool:
        redraft = pool.submit(closing, draft_bulletin, "quarterly", Q3, city, Author(NOW), law)
        issuing = pool.submit(closing, issue)
        redraft.result()
        issuing.result()
    kept = Bulletin.objects.get(pk=first.pk)
    assert (kept.state, kept.number) == ("issued", "滨司通〔2026〕12号")
    assert kept.snapshot["document"]["number"] == "滨司通〔2026〕12号"


def test_two_first_drafts_are_one_draft(city, law, monkeypatch):
    together = Barrier(2)

    def meet():
        with suppress(BrokenBarrierError):  # the other waits for the lock
            together.wait(PATIENCE)

    pause_drafting(monkeypatch, meet)
    with ThreadPoolExecutor() as pool:
        made = [
            pool.submit(closing, draft_bulletin, "quarterly", Q3, city, Author(NOW), law) for _ in range(2)
        ]
        keys = {drafted.result().pk for drafted in made}
    assert keys == {Bulletin.objects.get().pk}
