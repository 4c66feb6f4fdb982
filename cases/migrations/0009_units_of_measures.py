"""整改措施 belong to a unit, until now that of the paper."""

import django.db.models.deletion
from django.db import migrations, models


def of_the_paper(apps, schema_editor):
    """Until now every measure belonged to a paper."""
    measures = apps.get_model("cases", "Measure").objects
    for measure in measures.select_related("paper__defendant").iterator():
        measure.organisation_id = measure.paper.defendant.organisation_id
        measure.save(update_fields=["organisation"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_handlers_and_notices"), ("organisations", "0003_heads")]

    operations = [
        migrations.AddField(
            "measure",
            "organisation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="organisations.organisation",
                verbose_name="整改单位",
            ),
        ),
        migrations.RunPython(of_the_paper, migrations.RunPython.noop, elidable=True),
    ]
