"""Computations are kept deflated: they were two fifths of the database."""

from django.db import migrations

import cases.models.packed

PackedJSONField = cases.models.packed.PackedJSONField
KEPT = (
    ("deadline", "computation", PackedJSONField(verbose_name="期限回执")),
    ("deadlinechange", "old_computation", PackedJSONField(default=dict, verbose_name="原回执")),
)


def pack(apps, schema_editor):
    for model, name, _ in KEPT:
        rows = apps.get_model("cases", model).objects
        for row in rows.only("pk", name).iterator(chunk_size=500):
            rows.filter(pk=row.pk).update(packed=getattr(row, name))


def _operations():
    for model, _, _ in KEPT:
        yield migrations.AddField(model, "packed", PackedJSONField(default=dict))
    yield migrations.RunPython(pack, migrations.RunPython.noop, elidable=True)
    for model, name, field in KEPT:
        yield migrations.RemoveField(model, name)
        yield migrations.RenameField(model, "packed", name)
        yield migrations.AlterField(model, name, field)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_missed_duties"),
    ]

    operations = list(_operations())
