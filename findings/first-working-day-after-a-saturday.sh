#!/usr/bin/env bash
# Two calendars of Chinese working days agree on every day and differ on a deadline.
#
# Versions: chinesecalendar 1.11.0, holidays 0.109
# Guess: "1 working day after Saturday" is Monday in both: find_workday(1, day) and get_nth_working_day(day, 1).
# Behaviour: chinesecalendar first moves to the next working day and then counts from there, so the answer is Tuesday;
# holidays counts Monday as the first. From a working day both give the same: tests that start on weekdays see nothing.
#
# Output:
#   365 days of 2026: the same working days
#   1 working day after Fri 2026-10-16: chinesecalendar Mon 10-19, holidays Mon 10-19
#   1 working day after Sat 2026-10-17: chinesecalendar Tue 10-20, holidays Mon 10-19
#   15 working days: different from 109 of 334 starting days, all of them days off
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check chinesecalendar==1.11.0 holidays==0.109

venv/bin/python - <<'PYTHON'
from datetime import date, timedelta

import chinese_calendar
import holidays

china = holidays.China(years=[2025, 2026])
days = [date(2026, 1, 1) + timedelta(days=each) for each in range(365)]
assert all(chinese_calendar.is_workday(day) == china.is_working_day(day) for day in days)
print("365 days of 2026: the same working days")


def answers(start: date, count: int) -> tuple[date, date]:
    return chinese_calendar.find_workday(count, start), china.get_nth_working_day(start, count)


friday, saturday = date(2026, 10, 16), date(2026, 10, 17)
for start in (friday, saturday):
    one, other = answers(start, 1)
    print(f"1 working day after {start:%a %Y-%m-%d}: chinesecalendar {one:%a %m-%d}, holidays {other:%a %m-%d}")
assert answers(friday, 1) == (date(2026, 10, 19), date(2026, 10, 19))
assert answers(saturday, 1) == (date(2026, 10, 20), date(2026, 10, 19))

starts = [day for day in days if day.month < 12]
differ = [day for day in starts if len(set(answers(day, 15))) > 1]
assert differ == [day for day in starts if not chinese_calendar.is_workday(day)]
print(f"15 working days: different from {len(differ)} of {len(starts)} starting days, all of them days off")
PYTHON
