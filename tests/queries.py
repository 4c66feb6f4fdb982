"""The number of queries of a page must not grow with the rows on it."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def assert_constant_queries(client: Client, url: str, grow: Callable[[], object]) -> None:
    """Ask for `url`, let `grow` add rows to what it lists, ask again: the second answer takes as many queries.

    There must be a row before, since the first row of a list may well ask for more than none does.
    """
    client.get(url)  # the session and the post are noted once
    few = _queries(client, url)
    grow()
    many = _queries(client, url)
    added = [sql for sql in many if sql not in few]
    assert len(many) == len(few), (
        f"{url}: {len(few)} queries, {len(many)} with more rows; new ones: {added[:3]}"
    )


def _queries(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200, f"{url} answered {answer.status_code}"
    return [query["sql"] for query in captured.captured_queries]
