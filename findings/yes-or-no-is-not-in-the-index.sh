#!/usr/bin/env bash
# A filter on a BooleanField passes by the index that begins with it.
#
# Versions: Django 5.2.19; SQLite 3.40.1 and 3.51.1
# Guess: filter(is_duty=True, look_on__lte=day) searches an index on (is_duty, look_on).
# Behaviour: on SQLite Django writes WHERE "is_duty", not "is_duty" = 1. A bare column is no comparison, so the planner
# cannot search by it and reads the table row by row (after ANALYZE, which Django does not run, it may skip through the
# index). is_duty__in=[True] asks the same and is searched.
#
# Output:
#   is_duty=True:       SCAN deadlines_deadline
#   is_duty__in=[True]: SEARCH deadlines_deadline USING INDEX duty_and_day (is_duty=? AND look_on<?)
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Django==5.2.19

venv/bin/python - <<'PYTHON'
from datetime import date, timedelta

from django.conf import settings

settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})

import django

django.setup()

from django.db import connection, models


class Deadline(models.Model):
    id = models.AutoField(primary_key=True)
    is_duty = models.BooleanField()
    look_on = models.DateField()
    label = models.TextField()

    class Meta:
        app_label = "deadlines"
        indexes = [models.Index(fields=["is_duty", "look_on"], name="duty_and_day")]


with connection.schema_editor() as editor:
    editor.create_model(Deadline)
start = date(2026, 10, 15)
Deadline.objects.bulk_create(
    Deadline(is_duty=number % 2, look_on=start + timedelta(days=number % 90), label="提交答辩状")
    for number in range(2000)
)

bare = Deadline.objects.filter(is_duty=True, look_on__lte=start)
listed = Deadline.objects.filter(is_duty__in=[True], look_on__lte=start)
assert set(bare) == set(listed)
for label, asked in {"is_duty=True:": bare, "is_duty__in=[True]:": listed}.items():
    print(f"{label:19}", asked.explain().split(maxsplit=3)[3])
assert "SCAN" in bare.explain()
assert "duty_and_day (is_duty=? AND look_on<?)" in listed.explain()
PYTHON
