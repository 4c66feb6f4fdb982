"""Every page of the table asked for once by a role: what it answered, and what that changed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.conf import settings

from tests.structure.routes import Route

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


@dataclass(frozen=True)
class Answer:
    """A page as one role got it."""

    route: Route
    status: str
    location: str
    names_the_case: bool


@dataclass(frozen=True)
class Crawl:
    """All answers to one role, and the tables that were not the same afterwards."""

    answers: list[Answer]
    changed: list[str]


def crawl(routes, role, visit, case_number) -> Crawl:
    """Ask for every page as the role."""
    visit(Route("help"), role)  # signing in notes its time with the account
    before = fingerprints()
    answers = [_answer(route, visit(route, role), case_number) for route in routes]
    after = fingerprints()
    return Crawl(answers, [label for label in before if before[label] != after[label]])


def roles_to_try(routes: Iterable[Route], roles: Iterable[str]) -> list[str]:
    """All roles; on a database server the fewest that together open every page, since their rights are the same."""
    return list(roles) if settings.EMBEDDED else fewest(routes, roles)


def fewest(routes: Iterable[Route], roles: Iterable[str]) -> list[str]:
    """So few roles that each page which somebody can open is opened by one of them."""
    left = {route.address for route in routes if "200" in route.expected.values()}
    chosen: list[str] = []
    while left:
        opened = {r: {x.address for x in routes if x.expected[r] == "200"} & left for r in roles}
        chosen.append(max(opened, key=lambda role: len(opened[role])))
        left -= opened[chosen[-1]]
    return chosen


def grouped(roles: Iterable[str]) -> list:
    """The roles as parameters; the tests of one run in one process, which asks for the pages once."""
    return [pytest.param(role, marks=pytest.mark.xdist_group(f"pages of {role}")) for role in roles]


def _answer(route, response, case_number) -> Answer:
    text = response.content.decode(errors="replace") if not response.streaming else ""
    return Answer(route, str(response.status_code), response.headers.get("Location", ""), case_number in text)


def fingerprints():
    """What each table holds, as one hash per table."""
    return {
        model._meta.label: hashlib.sha256(
            repr(list(model._default_manager.order_by("pk").values_list())).encode()
        ).digest()
        for model in apps.get_models()
        if model._meta.label not in MAY_CHANGE
    }
