"""The same file confirmed twenty times at once: one effect, and nineteen clerks learn whose receipt stands."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from cases.models import AppearanceStatement, Case, Deadline, Hearing
from courts.models import HeldRow, Notification, Upload
from courts.notifications.confirmation import AlreadyConfirmed, Refused, confirm
from organisations.authors import Author
from organisations.models import AuditEntry
from tests.courts.court_sheets import appearance, as_bytes, hearing, workbook

TIMES = 20


@pytest.fixture
def content():
    """Three hearings, one of them held, and one appearance."""
    rows = [hearing(1, day="2026-10-02"), hearing(2), hearing(3, day="10.32")]
    return as_bytes(workbook(排庭=rows, 出庭=[appearance(1, day="2026-10-02")]))


@pytest.fixture
def press(committed, world):
    """Confirm one upload, as a clerk who presses the button."""
    return lambda upload: confirm(upload, author=Author(upload.uploaded_at), law=world.law)


def at_once(act, uploads):
    """Do the act to all uploads at the same moment; what came of each, a refusal included."""
    together = Barrier(len(uploads))
    with ThreadPoolExecutor(len(uploads)) as threads:
        return list(threads.map(lambda upload: _outcome(act, upload, together), uploads))


def _outcome(act, upload, together):
    """In a thread, which has a connection of its own."""
    together.wait()
    try:
        return act(upload)
    except Refused as refused:
        return refused
    finally:
        connection.close()


def assert_one_stands(outcomes):
    """One receipt, and all others are told its number."""
    [standing] = [outcome for outcome in outcomes if isinstance(outcome, Upload)]
    refused = [outcome for outcome in outcomes if outcome is not standing]
    assert {type(outcome) for outcome in refused} == {AlreadyConfirmed}
    assert {outcome.upload.pk for outcome in refused} == {standing.pk}
    assert all(standing.number in str(outcome) for outcome in refused)
    assert len(refused) == TIMES - 1


def assert_one_effect():
    """The record as one confirmation leaves it."""
    assert Upload.objects.filter(state=Upload.State.CONFIRMED).count() == 1
    versions = Notification.objects.order_by("kind").values_list("kind", "version")
    assert list(versions) == [("appearances", 1), ("schedule", 1)]
    assert (Case.objects.count(), Hearing.objects.count(), AppearanceStatement.objects.count()) == (2, 2, 1)
    assert HeldRow.objects.count() == 1
    assert AuditEntry.objects.filter(verb="notification.confirm").count() == 1


def assert_deadlines_once():
    """No clock runs twice for one defendant and subject."""
    clocks = list(Deadline.objects.values_list("lane", "rule", "subject"))
    assert clocks
    assert len(clocks) == len(set(clocks))


def assert_the_others_wait():
    """A refused upload keeps no trace of the attempt."""
    left = Upload.objects.exclude(state=Upload.State.CONFIRMED)
    assert set(left.values_list("state", "number", "confirmed_at")) == {(Upload.State.PLANNED, None, None)}
    assert left.count() == TIMES - 1


def test_one_upload_confirmed_twenty_times_at_once_takes_effect_once(press, send, content):
    outcomes = at_once(press, [send(content)] * TIMES)
    assert_one_stands(outcomes)
    assert_one_effect()
    assert_deadlines_once()


def test_one_file_uploaded_twenty_times_takes_effect_once(press, send, content):
    outcomes = at_once(press, [send(content) for _ in range(TIMES)])
    assert_one_stands(outcomes)
    assert_one_effect()
    assert_deadlines_once()
    assert_the_others_wait()


def test_one_file_checked_and_confirmed_by_twenty_clerks_at_once_takes_effect_once(press, send, content):
    outcomes = at_once(lambda bytes_: press(send(bytes_)), [content] * TIMES)
    assert_one_stands(outcomes)
    assert_one_effect()
    assert_deadlines_once()
