#!/usr/bin/env bash
# The identity number of a person older than the code of the county is refused as impossible.
#
# Versions: python-stdnum 2.2
# Guess: a number with a right check digit and a known county is valid, and more so where the county has a dated entry.
# Behaviour: stdnum wants the county's code to have existed in the YEAR OF BIRTH. Numbers were first given out in the 1980s,
# to everybody alive, under the codes of that day. 372301 (滨州市, today 滨城区) stands as 1982-2000: whoever was born there
# before 1982 gets InvalidComponent. So does a person born in 1995 who was registered under 371602 from 2000 on.
# The numbers below are invented; order code 000 belongs to nobody.
#
# Output:
#   372301 born 19811231: InvalidComponent
#   372301 born 19820101: valid
#   371602 born 19950601: InvalidComponent
#   371602 born 20010601: valid
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2

venv/bin/python - <<'PYTHON'
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent


def number(county: str, born: str) -> str:
    front = f"{county}{born}000"
    return front + ric.calc_check_digit(front + "0")


def outcome(county: str, born: str) -> str:
    try:
        ric.validate(number(county, born))
    except InvalidComponent as error:
        return type(error).__name__
    return "valid"


CASES = {
    ("372301", "19811231"): "InvalidComponent",
    ("372301", "19820101"): "valid",
    ("371602", "19950601"): "InvalidComponent",
    ("371602", "20010601"): "valid",
}
for (county, born), expected in CASES.items():
    found = outcome(county, born)
    print(f"{county} born {born}: {found}")
    assert found == expected
PYTHON
