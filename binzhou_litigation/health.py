"""/healthz: the process answers. /readyz: what it leans on answers too, and the jobs run."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from kombu.exceptions import OperationalError

from binzhou_litigation.celery import app
from cases.law import current_law
from organisations.clock import this_moment, today
from supervision.models import JobRun

CALENDAR_AHEAD = timedelta(days=60)
JOB_SILENCE = timedelta(hours=24)
UNAVAILABLE = 503


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Database, broker, calendar coverage, last success of each job. 503 without a database."""
    database = _database()
    told: dict[str, Any] = {
        "database": database,
        "broker": _broker(),
        "calendar": _calendar(),
        "jobs": _jobs() if database == "ok" else {},
    }
    told["status"] = _status(told)
    return JsonResponse(told, status=200 if database == "ok" else UNAVAILABLE)


def _status(told: dict[str, Any]) -> str:
    """degraded: pages work, something behind them does not."""
    if told["database"] != "ok":
        return "unavailable"
    silent = any(job["silent"] for job in told["jobs"].values())
    return "degraded" if silent or told["broker"] == "unreachable" else "ok"


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _broker() -> str:
    """Without Redis the queue is a folder of our own; pages work without either."""
    if not settings.REDIS_URL:
        return "ok (files)"
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except (OperationalError, OSError):
        return "unreachable"
    return "ok"


def _calendar() -> dict[str, Any]:
    until = current_law().calendar.known_until
    return {"known_until": until.isoformat(), "ends_within_60_days": until - today() < CALENDAR_AHEAD}


def _jobs() -> dict[str, Any]:
    """The last success of each job; one that never succeeded is silent too."""
    runs = dict(JobRun.objects.values_list("job", "succeeded_at"))
    moment = this_moment()
    return {
        job: {
            "succeeded_at": runs[job].isoformat() if job in runs else None,
            "silent": job not in runs or moment - runs[job] > JOB_SILENCE,
        }
        for job in settings.CELERY_BEAT_SCHEDULE
    }
