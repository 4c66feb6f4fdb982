"""Computations are kept deflated and read as they were written."""

import pytest
from django.db import connection

from cases.models import Deadline
from tests.factories import DeadlineFactory

pytestmark = pytest.mark.django_db


def test_a_computation_takes_less_than_half_of_its_text():
    one = DeadlineFactory()
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(computation) FROM cases_deadline WHERE id = %s", [one.pk])
        (kept,) = cursor.fetchone()
    assert Deadline.objects.get().computation == one.computation
    assert kept < len(str(one.computation).encode()) / 2


def test_many_at_once_are_packed_as_one_is():
    one = DeadlineFactory()
    one.computation = {"说明": "顺延", "days": [1, 2]}
    Deadline.objects.bulk_update([one], ["computation"])
    assert Deadline.objects.values_list("computation", flat=True).get() == {"说明": "顺延", "days": [1, 2]}
