"""The tasks that beat ticks: they exist, read the clock at the edge, and may run for a missed day."""

from datetime import date

import pytest
from django.conf import settings

from binzhou_litigation.celery import app
from organisations.files import store
from supervision import tasks
from supervision.models import JobRun, Reminder
from tests.factories import MOMENT, DeadlineFactory

pytestmark = pytest.mark.django_db


def test_beat_ticks_only_tasks_that_exist():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_the_sweep_task_looks_at_today(cast, today):
    DeadlineFactory(rule="defence_report", starts_on=date(2026, 10, 10), due_on=today)
    assert tasks.sweep() == 1
    assert tasks.sweep() == 0
    assert Reminder.objects.get().step == "day0"


def test_a_missed_day_is_swept_by_naming_it(cast, today):
    DeadlineFactory(rule="defence_report", starts_on=date(2026, 10, 10), due_on=date(2026, 10, 15))
    assert tasks.sweep("2026-10-12") == 1
    assert Reminder.objects.get().step == "t-3"


def test_delivery_leaves_its_mark_for_readyz(db):
    assert tasks.deliver() == 0
    assert JobRun.objects.filter(job="deliver").exists()


def test_files_are_checked_once_a_day_and_what_is_damaged_is_shown_to_the_administrator(
    cast, today, files_dir, client_of
):
    stored = store(b"a", media_type="text/plain", at=MOMENT)
    stored.path.unlink()
    assert tasks.check_files() == 1
    stored.path.parent.mkdir(exist_ok=True)
    stored.path.write_bytes(b"a")
    assert tasks.check_files() == 1  # not read again before tomorrow
    assert JobRun.objects.get(job="files").result == {"checked": 1, "damaged": [stored.pk]}
    page = client_of(cast.system_admin).get("/jobs/").content.decode()
    assert "有 1 个文件与入库时不一致或已缺失" in page
