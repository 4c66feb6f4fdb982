"""axe finds nothing serious on any page: the pages of the table of routes, drawn in a browser from the very answers.

`AXE=all` tries every page as every role; otherwise each page is tried once, as one of the fewest roles that open all.
"""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.structure.conftest import visit, world  # noqa: F401 - fixtures of another folder
from tests.structure.crawl import fewest
from tests.structure.routes import ROLES, read_table

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("axe")]
AXE = (settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
HOST = "http://testserver"
RUN = """() => axe.run(document, {resultTypes: ['violations']}).then(told => told.violations
    .filter(each => ['serious', 'critical'].includes(each.impact))
    .map(each => `${each.id}: ` + each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')))"""
TABLE = read_table()
ALL = os.environ.get("AXE") == "all"
TRIED = list(ROLES) if ALL else fewest(TABLE, ROLES)


@pytest.fixture
def window(browser):
    """A browser window that is answered from `pages`, with the static files beside them; nothing goes out."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 768})
    page, page.pages, page.outside = context.new_page(), {}, []

    def answer(route):
        address = route.request.url.removeprefix(HOST)
        if address in page.pages:
            found = page.pages[address]
            route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)
        elif address.startswith(settings.STATIC_URL):
            route.fulfill(path=finders.find(urlsplit(address).path.removeprefix(settings.STATIC_URL)))
        else:  # what a page asks for by itself later
            page.outside += [] if address.startswith("/") else [address]
            route.abort()

    page.route("**/*", answer)
    yield page
    context.close()


@pytest.mark.parametrize("role", TRIED)
def test_axe_finds_nothing_serious(role, visit, window):  # noqa: F811 - the fixture above
    tried = TRIED[: TRIED.index(role)] if not ALL else []
    found = {}
    for route in TABLE:
        if route.expected[role] != "200" or any(route.expected[before] == "200" for before in tried):
            continue
        answer = visit(route, role)
        if answer.streaming or b"<html" not in answer.content:  # a file, or a part of a page
            continue
        address = visit.address(route)
        window.pages[address] = answer
        window.goto(HOST + address)
        window.evaluate(AXE)
        if violations := window.evaluate(RUN):
            found[address] = violations
    assert (found, window.outside) == ({}, [])
