import hashlib

import pytest
from django.apps import apps

from tests.structure.routes import ROLES, Route, read_table

# What reading may write, and why.
MAY_CHANGE = {
    "sessions.Session": "notes that the session is alive",
    "organisations.AuditEntry": "tells who opened or downloaded something",
    "reports.BulletinReading": "已打开 is a fact of its own",
    "cases.PaperDelivery": "已打开 is a fact of its own",
    "supervision.Message": "已打开 is a fact of its own",
    "supervision.CalendarFeed": "notes when it was last used, which its owner sees",
    "axes.AccessAttempt": "belongs to signing in",
    "axes.AccessLog": "belongs to signing in",
    "axes.AccessFailureLog": "belongs to signing in",
}


def _fingerprints():
    """What each table holds, as one hash per table."""
    return {
        model._meta.label: hashlib.sha256(
            repr(list(model._default_manager.order_by("pk").values_list())).encode()
        ).digest()
        for model in apps.get_models()
        if model._meta.label not in MAY_CHANGE
    }


def test_the_exceptions_are_tables_that_exist():
    assert set(MAY_CHANGE) <= {model._meta.label for model in apps.get_models()}


@pytest.mark.parametrize("role", ROLES)
def test_reading_every_page_changes_nothing(visit, world, role):
    visit(Route("help"), role)  # signing in notes its time with the account
    before = _fingerprints()
    for route in read_table():
        if route.expected[role] == "200":
            visit(route, role)
    after = _fingerprints()
    assert [label for label in before if before[label] != after[label]] == []
