"""A request that lost a race against another is answered once more; lost twice, the reader is told in words.

PostgreSQL ends one of two transactions that wait for each other, and refuses the second of two rows that may be
there only once. The view then runs again on what the other left: its own checks say what is the matter.
"""

from collections.abc import Callable

from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import ResolverMatch

# serialization_failure, deadlock_detected, unique_violation
SQLSTATES = frozenset({"40001", "40P01", "23505"})
SQLITE = ("database is locked", "UNIQUE constraint failed")
BUSY = "同一事项正有其他人在办理，这一次没有办成，也没有改动任何数据。请稍候再提交一次。"


def is_lost_race(error: Exception) -> bool:
    """Whether running the same request again may well succeed, or find out in its own words why not."""
    if not isinstance(error, DatabaseError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code in SQLSTATES if code else any(words in str(error) for words in SQLITE)


class AnswerLostRaces:
    """The innermost middleware: it sees what a view raises before anything else does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.content_type == "application/json":
            request.body  # noqa: B018 - kept, so that a second reading finds it
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not is_lost_race(error):
            return None
        try:
            return _again(request, match)
        except OperationalError as second:
            if not is_lost_race(second):
                raise
            return busy(request)


def _again(request: HttpRequest, match: ResolverMatch) -> HttpResponse:
    for name in request.FILES:
        for file in request.FILES.getlist(name):
            file.seek(0)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer


def busy(request: HttpRequest) -> HttpResponse:
    """503, to be tried again: a page, or the API's problem details."""
    if request.path.startswith("/api/"):
        answer: HttpResponse = JsonResponse({"code": "busy", "message": BUSY, "errors": []}, status=503)
    else:
        answer = render(request, "busy.html", {"message": BUSY}, status=503)
    answer.headers["Retry-After"] = "2"
    return answer
