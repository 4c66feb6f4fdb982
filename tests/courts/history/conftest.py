"""The command that takes ledgers in, and the counts of everything that may not come of it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from cases.models import Deadline
from supervision.models import Letter, Message, Reminder
from tests.courts.history.ledgers import content


@pytest.fixture
def take_in(world, tmp_path, today):
    """Run import_history on rows of a ledger; the exit code and the document."""

    def run(*rows, region="371602", name="台账.xlsx", book=None, **options):
        path = tmp_path / name
        path.write_bytes(book or content(*rows))
        told, code = StringIO(), 0
        try:
            call_command(
                "import_history", path, region=region, json=True, stdout=told, stderr=StringIO(), **options
            )
        except SystemExit as left:
            code = left.code
        return code, json.loads(told.getvalue())

    return run


def counts(document):
    """Read, accepted, held, added, changed, unchanged."""
    [sheet] = document["sheets"]
    assert sheet["rows_read"] == sheet["accepted"] + sheet["held"] + sheet["ignored"]
    assert sheet["accepted"] == sheet["added"] + sheet["changed"] + sheet["unchanged"]
    names = ("rows_read", "accepted", "held", "added", "changed", "unchanged")
    return tuple(sheet[name] for name in names)


def faults(document):
    """Row, cell, code and severity of each issue."""
    return [(one["row"], one["cell"], one["code"], one["severity"]) for one in document["issues"]]


def of_cases():
    """Deadlines of cases, reminders, messages and letters about any."""
    about_cases = {"deadline__case__isnull": False}
    return (
        Deadline.objects.exclude(case=None).count(),
        Reminder.objects.filter(**about_cases).count(),
        Message.objects.count(),
        Letter.objects.count(),
    )
