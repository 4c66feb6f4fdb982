"""Migrations that change rows keep them, on both databases."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cases.rectification.measures import write_measures
from tests.factories import PaperFactory

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("cases", "0008_handlers_and_notices")]


def migrate(targets=None):
    """To these migrations, or to the last ones; returns the models as they are then."""
    executor = MigrationExecutor(connection)
    wanted = targets or executor.loader.graph.leaf_nodes()
    executor.migrate(wanted)
    return MigrationExecutor(connection).loader.project_state(wanted).apps


def test_a_measure_written_before_plans_existed_gets_the_unit_of_its_paper(reference, cast):
    paper = PaperFactory(kind="lost_case_report", submitted_by=cast.post.liaison)
    write_measures(paper, [("培训", "法规科", date(2026, 11, 1))])
    try:
        old = migrate(BEFORE)
        assert [field.name for field in old.get_model("cases", "Measure")._meta.fields].count(
            "organisation"
        ) == 0
    finally:
        new = migrate()
    (measure,) = new.get_model("cases", "Measure").objects.all()
    assert (measure.text, measure.organisation_id) == ("培训", paper.defendant.organisation_id)
