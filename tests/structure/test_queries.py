import pytest
from django.db import connection
from django.http import HttpResponse

from organisations.models import Region
from tests.queries import assert_constant_queries


class Page:
    """Stands for a browser whose page asks the database as often as there are rows."""

    def __init__(self, rows):
        self.rows = rows

    def get(self, url):
        for number in range(self.rows):
            with connection.cursor() as cursor:
                cursor.execute("SELECT %s", [number])
        return HttpResponse()


def test_a_page_that_asks_once_per_row_is_noticed(db):
    page = Page(rows=1)
    with pytest.raises(AssertionError, match="/list/: 1 queries, 3 with more rows"):
        assert_constant_queries(page, "/list/", lambda: setattr(page, "rows", 3))


def test_a_page_that_asks_the_same_is_not(reference):
    assert_constant_queries(Page(rows=2), "/list/", Region.objects.count)


def test_a_page_that_does_not_answer_is_not_measured(db):
    class Broken(Page):
        def get(self, url):
            return HttpResponse(status=404)

    with pytest.raises(AssertionError, match="answered 404"):
        assert_constant_queries(Broken(0), "/list/", list)
