"""A confirmation in a process of its own, which can be killed at a point of it.

Run with Django set up: `main` does the act named by the first argument and prints what it saw as JSON.
"""

import hashlib
import json
import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from cases.law import current_law
from cases.models import AppearanceStatement, Deadline, Decision, Hearing
from cases.record.reference_data import load_causes_and_domains
from courts.models import HeldRow, Notification, Upload
from courts.notifications import confirmation
from courts.notifications.resuming import finish_confirmations
from courts.uploads.planning import month_of, plan_upload
from organisations.audit import broken_links
from organisations.authors import Author
from organisations.models import CourtCode
from organisations.reference import load_organisations
from tests.courts.court_sheets import appearance, as_bytes, hearing, judgment, workbook

BINZHOU = ZoneInfo("Asia/Shanghai")
# That somebody asked for the confirmation is kept before it begins, so that it can be finished; it changes nothing.
WISH = {("courts_upload", name) for name in ("asked_at", "asked_by_id", "answers")}
POINTS = (
    "before anything",
    "after the first table",
    "in the middle of writing",
    "after the deadlines",
    "just before the commit",
)


def main() -> None:
    """prepare · confirm · kill POINT INSERTS · finish."""
    act, *how = sys.argv[1:]
    acts = {"prepare": prepare, "confirm": confirm, "kill": kill, "finish": finish}
    print(json.dumps(acts[act](*how), default=str))
    connection.close()


def prepare() -> None:
    """A database in which one notification took effect, and its next version waits for confirmation."""
    call_command("migrate", verbosity=0)
    load_organisations()
    load_causes_and_domains()
    first = [hearing(1), hearing(2), hearing(3, day="10.32")]
    _press(_plan(workbook(排庭=first)))
    # The second version moves a hearing, mends the held row, and brings new cases and another held row.
    second = [hearing(1), hearing(2, day="2026-10-20"), hearing(3), hearing(4), hearing(5, day="10.32")]
    came = [appearance(1, day="2026-10-12"), appearance(4, day="2026-10-12", came="否")]
    _plan(workbook(排庭=second, 出庭=came, 裁判=[judgment("（2026）鲁1602行初6号", 送达日期="2026-09-11")]))


def confirm() -> dict:
    """Confirm the waiting upload; the state before and after, and how many statements added something."""
    upload, inserts, before = _waiting(), Inserts(), state()
    with connection.execute_wrapper(inserts):
        _press(upload)
    return {"before": before, "after": state(), "effect": effect(), "inserts": inserts.done}


def finish() -> dict:
    """What the minute's tick does after a restart, two minutes later."""
    upload = _waiting()
    later = Author(upload.uploaded_at + timedelta(minutes=2))
    return {"finished": finish_confirmations(author=later, law=current_law()), "effect": effect()}


def kill(point: str, inserts: str) -> None:
    """Confirm the waiting upload and die on the way."""
    upload = _waiting()
    with _dying(point, int(inserts)):
        _press(upload)


def _dying(point: str, inserts: int) -> AbstractContextManager:
    if point == "before anything":
        return connection.execute_wrapper(die)
    if point == "after the first table":
        return connection.execute_wrapper(Inserts(fatal=1))
    if point == "in the middle of writing":
        return connection.execute_wrapper(Inserts(fatal=inserts // 2))
    if point == "after the deadlines":
        return patch.object(confirmation, "sync_deadlines", _then_die(confirmation.sync_deadlines))
    return patch.object(connection, "commit", die) if point == "just before the commit" else nullcontext()


def die(*_args: object, **_named: object) -> None:
    """As when the machine loses power: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def _then_die(act):
    return lambda *args, **named: die(act(*args, **named))


class Inserts:
    """Counts the statements that add rows; dies when the fatal one is done."""

    def __init__(self, fatal: int = 0) -> None:
        self.done, self.fatal = 0, fatal

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.done += sql.startswith("INSERT")
        if self.fatal and self.done == self.fatal:
            die()
        return result


def state() -> dict:
    """Everything there is: a digest of the rows of every table, and the files that are kept."""
    tables = {name: _digest(name) for name in connection.introspection.table_names()}
    files = sorted(str(path) for path in settings.FILES_DIR.rglob("*") if path.is_file())
    return {"tables": tables, "files": [path.removeprefix(str(settings.FILES_DIR)) for path in files]}


def _digest(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        told = [at for at, column in enumerate(cursor.description) if (table, column[0]) not in WISH]
        rows = sorted(repr([_plain(row[at]) for at in told]) for row in cursor.fetchall())
    return f"{len(rows)} rows {hashlib.sha256(repr(rows).encode()).hexdigest()}"


def effect() -> dict:
    """What the confirmation brought about, in words that do not depend on ids."""
    case, agency = "case__number", "lane__organisation__code"
    return {
        "uploads": _told(Upload, "pk", "state", "number", "effects"),
        "notifications": _told(Notification, "kind", "version", "number", "accepted", "held"),
        "held": _told(HeldRow, "notification__version", "sheet", "row", "resolved_at"),
        "hearings": _told(Hearing, case, "day", "state"),
        "appearances": _told(AppearanceStatement, "hearing__case__number", "hearing__day", "attended"),
        "decisions": _told(Decision, case, "decided_on", "delivered_on"),
        "deadlines": _told(Deadline, case, agency, "rule", "due_on", "state"),
        "broken audit": broken_links(),
    }


def _told(model, *fields: str) -> list[str]:
    return sorted(map(repr, model.objects.values_list(*fields)))


def _plan(book) -> Upload:
    return plan_upload(
        as_bytes(book),
        name="通报.xlsx",
        court=CourtCode.objects.get(code="鲁1602").court,
        month=month_of("2026-10"),
        kind="auto",
        author=Author(datetime(2026, 11, 2, 9, tzinfo=BINZHOU)),
        law=current_law(),
    )


def _press(upload: Upload) -> None:
    confirmation.confirm(upload, author=Author(upload.uploaded_at), law=current_law())


def _waiting() -> Upload:
    """Raises when it no longer waits."""
    return Upload.objects.get(state=Upload.State.PLANNED)


def _plain(value):
    """PostgreSQL gives binary columns as views of memory, which say nothing of what is in them."""
    return bytes(value) if isinstance(value, memoryview) else value
