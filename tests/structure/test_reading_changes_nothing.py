import pytest
from django.apps import apps

from tests.structure.crawl import MAY_CHANGE, grouped, roles_to_try
from tests.structure.routes import ROLES, read_table

TRIED = roles_to_try(read_table(), ROLES)


def test_the_exceptions_are_tables_that_exist():
    assert set(MAY_CHANGE) <= {model._meta.label for model in apps.get_models()}


@pytest.mark.parametrize("role", grouped(TRIED))
def test_reading_every_page_changes_nothing(crawled, role):
    assert crawled(role).changed == []
