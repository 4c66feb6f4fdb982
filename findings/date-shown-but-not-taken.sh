#!/usr/bin/env bash
# Django shows 2026年10月15日 and does not take it back.
#
# Versions: Django 5.2.19
# Guess: with LANGUAGE_CODE = "zh-hans" a form takes the day as the site itself writes it; such a format is in the list.
# Behaviour: the list has %Y年%n月%j日, with the letters of Django's date filter. Input formats are strptime's: there %n is
# no directive and %j the day of the year. The entry can match nothing; a DateField reads only 2026-10-15 and 2026/10/15.
#
# Output:
#   shown: 2026年10月15日
#   taken: ['%Y/%m/%d', '%Y-%m-%d', '%Y年%n月%j日']
#   2026年10月15日 refused: 输入一个有效的日期。
#   2026-10-15 valid
#   2026/10/15 valid
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check Django==5.2.19

venv/bin/python - <<'PYTHON'
from datetime import date

from django.conf import settings

settings.configure(LANGUAGE_CODE="zh-hans", USE_I18N=True)

import django
from django import forms
from django.utils import formats

django.setup()


class Hearing(forms.Form):
    day = forms.DateField()


written = formats.date_format(date(2026, 10, 15))
print("shown:", written)
print("taken:", formats.get_format("DATE_INPUT_FORMATS"))
assert written == "2026年10月15日" and "%Y年%n月%j日" in formats.get_format("DATE_INPUT_FORMATS")

for text, expected in ((written, False), ("2026-10-15", True), ("2026/10/15", True)):
    form = Hearing({"day": text})
    print(text, "valid" if form.is_valid() else f"refused: {form.errors['day'][0]}")
    assert form.is_valid() is expected
PYTHON
