import os

import pytest

from tests.structure.crawl import grouped, roles_to_try
from tests.structure.routes import ROLES, Route, addresses, read_table, write_table

TRIED = roles_to_try(read_table(), ROLES)


@pytest.fixture(scope="module")
def table():
    return read_table()


def _status(answer):
    return str(answer.status_code)


def test_every_page_has_its_line_in_the_table_and_every_line_its_page(visit, table):
    if os.environ.get("ROUTES") == "write":
        table[:] = _completed(table, visit)
        write_table(table)
    told = {route.address for route in table}
    assert [address for address in addresses() if address not in told] == []
    assert sorted(told - set(addresses())) == []


def _completed(table, visit):
    """The table in the order of the URLConf, blanks filled with the answers given now."""
    routes = []
    for name, arguments in addresses():
        known = [route for route in table if route.name == name]
        fitting = [route for route in known if route.address == (name, arguments)]
        routes += fitting or [Route(name)]
        for route in fitting or ([] if arguments else routes[-1:]):
            route.expected |= {r: _status(visit(route, r)) for r in ROLES if not route.expected.get(r)}
    return routes


def test_every_line_says_what_each_role_gets(table):
    assert [(r.name, role) for r in table for role in ROLES if not r.expected.get(role)] == []


@pytest.mark.parametrize("role", grouped(TRIED))
def test_each_role_gets_what_the_table_says(crawled, role):
    differing = [
        f"{answer.route.name}: {answer.route.expected[role]} expected, {answer.status} given"
        for answer in crawled(role).answers
        if answer.status != answer.route.expected[role]
    ]
    assert differing == []


@pytest.mark.parametrize("role", grouped(["anonymous", "inactive"]))
def test_whoever_is_not_signed_in_is_led_to_sign_in(crawled, role):
    led = [answer.location for answer in crawled(role).answers if answer.route.expected[role] == "302"]
    assert [location for location in led if not location.startswith("/login/?next=/")] == []
    assert len(led) > 10


@pytest.mark.parametrize("role", grouped(["system_admin", "security_admin", "audit_admin"]))
def test_no_administrator_is_shown_a_case(crawled, role):
    # A calendar feed is opened by the secret in its address, whoever holds it.
    told = [a.route.name for a in crawled(role).answers if a.names_the_case]
    assert [name for name in told if name != "supervision:feed"] == []
