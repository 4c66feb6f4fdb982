"""Two people at one bulletin at the same moment: one waits for the other, and nothing issued is touched."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
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


def test_nobody_waits_while_figures_are_computed_and_the_pdf_is_set(city, law, monkeypatch):
    """On SQLite one who writes keeps all others out: drafting once kept them out for 9.5 seconds."""
    drafting, written = Event(), Event()
    pause_drafting(monkeypatch, lambda: (drafting.set(), written.wait(10)))

    def write():
        drafting.wait()
        city.name = f"{city.name}（更名）"
        city.save()
        written.set()

    with ThreadPoolExecutor() as pool:
        drafted = pool.submit(closing, draft_bulletin, "quarterly", Q3, city, Author(NOW), law)
        pool.submit(closing, write).result(timeout=9)
        assert drafted.result().state == "draft"


def test_a_draft_from_earlier_data_does_not_take_the_place_of_a_later_one(city, law):
    early = bulletins.prepare_draft("quarterly", Q3, city, Author(NOW), law)
    later = draft_bulletin("quarterly", Q3, city, Author(NOW + timedelta(minutes=1)), law)
    assert bulletins.keep_draft(*early, Author(NOW)).pk == later.pk
    assert Bulletin.objects.get().as_of == NOW + timedelta(minutes=1)


def test_an_issue_prepared_from_a_draft_that_changed_is_refused(city, law):
    draft = draft_bulletin("quarterly", Q3, city, Author(NOW), law)
    seen = draft.snapshot_hash
    prepared = bulletins.prepare_issue(draft, "滨司通〔2026〕12号", Author(NOW), seen)
    city.name = f"{city.name}（更名）"
    city.save()
    draft_bulletin("quarterly", Q3, city, Author(NOW + timedelta(minutes=1)), law)
    with pytest.raises(bulletins.BulletinRefused, match="又更新过"):
        bulletins.keep_issued(*prepared, Author(NOW), seen)
