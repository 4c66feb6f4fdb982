"""整改措施 belong to a unit, and to a paper about a case or to a 整改方案 of the unit."""

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
        migrations.AlterField(
            "measure",
            "organisation",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measures",
                to="organisations.organisation",
                verbose_name="整改单位",
            ),
        ),
        migrations.AlterField(
            "measure",
            "paper",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="measures",
                to="cases.paper",
                verbose_name="材料",
            ),
        ),
        migrations.AddField(
            "measure",
            "plan",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="measures",
                to="cases.completion",
                verbose_name="整改方案",
            ),
        ),
        migrations.AddField(
            "measure",
            "file",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.storedfile",
                verbose_name="凭证",
            ),
        ),
        migrations.AddField(
            "measure", "file_name", models.CharField(blank=True, max_length=255, verbose_name="文件名")
        ),
        migrations.AddConstraint(
            "measure",
            models.CheckConstraint(
                condition=models.Q(("paper__isnull", False), ("plan__isnull", True))
                | models.Q(("paper__isnull", True), ("plan__isnull", False)),
                name="measure_is_of_a_paper_or_a_plan",
            ),
        ),
    ]
