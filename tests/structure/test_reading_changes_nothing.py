import pytest
from django.apps import apps

from tests.structure.crawl import MAY_CHANGE, grouped
from tests.structure.routes import ROLES


def test_the_exceptions_are_tables_that_exist():
    assert set(MAY_CHANGE) <= {model._meta.label for model in apps.get_models()}


@pytest.mark.parametrize("role", grouped(ROLES))
def test_reading_every_page_changes_nothing(crawled, role):
    assert crawled(role).changed == []
