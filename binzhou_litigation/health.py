"""/healthz: the process answers. /readyz: what it leans on answers too, and the jobs run."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from kombu.exceptions import OperationalError

from binzhou_litigation.celery import app
from cases.law import current_law
from cases.models import Deadline
from organisations.clock import this_moment, today
from supervision.sweep.jobs import jobs_at

CALENDAR_AHEAD = timedelta(days=60)
CALENDAR_WISH = timedelta(days=400)
UNAVAILABLE = 503


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Database, broker, calendar coverage, last success of each job. 503 without a database."""
    database = _database()
    checks: dict[str, Any] = {
        "database": database,
        "broker": _broker(),
        "calendar": _calendar(),
        "jobs": _jobs() if database == "ok" else {},
        "provisional_deadlines": _provisional() if database == "ok" else None,
    }
    checks["status"] = _status(checks)
    return JsonResponse(checks, status=200 if database == "ok" else UNAVAILABLE)


def _status(stated: dict[str, Any]) -> str:
    """degraded: pages work, something behind them does not."""
    if stated["database"] != "ok":
        return "unavailable"
    silent = any(job["silent"] for job in stated["jobs"].values())
    return "degraded" if silent or stated["broker"] == "unreachable" else "ok"


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


def _provisional() -> int:
    """Open deadlines whose day may still move because its year is not announced."""
    return Deadline.objects.open().filter(provisional=True).count()


def _calendar() -> dict[str, Any]:
    """Whether the announced calendar reaches far enough; what lies beyond is 暂定, and how much that is."""
    until = current_law().calendar.known_until
    ahead = until - today()
    return {
        "known_until": until.isoformat(),
        "ends_within_60_days": ahead < CALENDAR_AHEAD,
        "covers_400_days": ahead >= CALENDAR_WISH,
    }


def _jobs() -> dict[str, Any]:
    """The last success of each job, and whether that is too long ago."""
    return {
        job.key: {
            "succeeded_at": job.succeeded_at.isoformat() if job.succeeded_at else None,
            "silent": job.silent,
        }
        for job in jobs_at(this_moment())
    }
