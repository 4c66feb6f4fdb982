"""整改措施 may belong to a 整改方案, and carry their proof.

Apart from the filling of the unit before it: PostgreSQL does not alter a table with rows just changed.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_units_of_measures"), ("organisations", "0003_heads")]

    operations = [
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
            "measure",
            "acceptance",
            models.CharField(blank=True, max_length=500, verbose_name="验收说明"),
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
