"""The tasks that beat ticks: they exist, read the clock at the edge, and may run for a missed day."""

from datetime import date

import pytest
from django.conf import settings

from binzhou_litigation.celery import app
from supervision import tasks
from supervision.models import JobRun, Reminder
from tests.factories import DeadlineFactory

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
