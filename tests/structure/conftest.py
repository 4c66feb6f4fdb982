"""The scene, and a crawl through the table of routes."""

import pytest
from django.urls import reverse

from tests.structure import world as scene
from tests.structure.crawl import crawl
from tests.structure.routes import read_table


@pytest.fixture
def world(cast, files_dir, today):
    return scene.build(cast)


@pytest.fixture
def visit(world, cast, client_of):
    """GET the page of a route as a role; the answer, read to its end."""
    browsers = {}

    def address(route):
        arguments = {name: world.argument(text) for name, text in route.arguments.items()}
        return reverse(route.name, kwargs=arguments) + (f"?{route.query}" if route.query else "")

    def get(route, role):
        if role not in browsers:
            browsers[role] = client_of(None if role == "anonymous" else getattr(cast, role))
            browsers[role].raise_request_exception = False  # a page that breaks is a 500 in the table
        answer = browsers[role].get(address(route))
        if answer.streaming:
            b"".join(answer.streaming_content)
        return answer

    get.address = address
    return get


CRAWLED = {}


@pytest.fixture
def crawled(request):
    """What a role got from every page; asked for once in a process."""

    def of(role):
        if role not in CRAWLED:
            visit, world = request.getfixturevalue("visit"), request.getfixturevalue("world")
            CRAWLED[role] = crawl(read_table(), role, visit, world.objects["case"].number)
        return CRAWLED[role]

    return of
