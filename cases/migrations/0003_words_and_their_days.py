"""What was told is kept apart from what was computed: the day of an obligation is that of its deadline alone."""

from datetime import date
from typing import Any

from django.db import migrations, models

TOLD = ("appearancestatement", "case", "decision", "decisionoutcome", "hearing", "obligation")


def keep_what_was_told(apps: Any, schema_editor: Any) -> None:
    """Estimated days, and those counted from the words of a decision, were computed; a confirmed effect was told."""
    owed = apps.get_model("cases", "Obligation").objects
    owed.filter(models.Q(estimated=True) | ~models.Q(period_text="")).update(named_on=None)
    decisions = apps.get_model("cases", "Decision").objects.filter(effect="confirmed")
    decisions.update(in_force=True, in_force_on=models.F("effective_on"))
    sources = apps.get_model("cases", "Source").objects.filter(reference__startswith="TB")
    for reference in set(sources.values_list("reference", flat=True)):
        month = date(int(reference[2:6]), int(reference[6:8]), 1)
        sources.filter(reference=reference).update(month=month)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_voided_cases")]

    operations = [
        migrations.RemoveIndex(model_name="obligation", name="cases_oblig_due_on_9d973a_idx"),
        migrations.RenameField("obligation", "due_on", "named_on"),
        migrations.AlterField(
            model_name="obligation",
            name="named_on",
            field=models.DateField(blank=True, null=True, verbose_name="指明的履行期限"),
        ),
        *(
            migrations.AddField(
                model_name=name,
                name="told",
                field=models.JSONField(default=dict, verbose_name="各项何时告知"),
            )
            for name in TOLD
        ),
        migrations.AddField(
            model_name="decision",
            name="in_force",
            field=models.BooleanField(null=True, verbose_name="法院通报是否生效"),
        ),
        migrations.AddField(
            model_name="decision",
            name="in_force_on",
            field=models.DateField(blank=True, null=True, verbose_name="法院通报的生效日期"),
        ),
        migrations.AddField(
            model_name="source",
            name="month",
            field=models.DateField(null=True, verbose_name="通报月份"),
        ),
        migrations.RunPython(keep_what_was_told, migrations.RunPython.noop),
        migrations.RemoveField(model_name="obligation", name="estimated"),
    ]
