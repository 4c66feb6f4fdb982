#!/usr/bin/env bash
# A day formatted as 2026年10月15日 is a date to one reader and the number 46310 to the other.
#
# Versions: openpyxl 3.1.5, python-calamine 0.9.1
# Guess: both readers know which cells are dates; the number formats built into Excel are the safe case.
# Behaviour: Excel's built-in formats 27-36 and 50-58 are the dates of Chinese, Japanese and Korean systems; a file names
# them by number only. calamine gives dates. openpyxl has no entry for them, reports "General" and gives the bare number.
#
# Output:
#   14: openpyxl datetime.datetime(2026, 10, 15, 0, 0) (mm-dd-yy), calamine datetime.date(2026, 10, 15)
#   27: openpyxl 46310 (General), calamine datetime.date(2026, 10, 15)
#   31: openpyxl 46310 (General), calamine datetime.date(2026, 10, 15)
#   57: openpyxl 46310 (General), calamine datetime.date(2026, 10, 15)
#   58: openpyxl 46310 (General), calamine datetime.date(2026, 10, 15)
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1

venv/bin/python - <<'PYTHON'
import re
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import python_calamine

FORMATS = (14, 27, 31, 57, 58)  # 14 is the day of every language; the others are those of a Chinese Excel
book = openpyxl.Workbook()
for column, number in enumerate(FORMATS, start=1):
    cell = book.active.cell(1, column, 46310)
    cell.number_format = f'"{number}"0'  # a style for each cell; its format is set below
book.save("written.xlsx")


def with_built_in_formats(styles: str) -> str:
    styles = re.sub(r"<numFmts.*?</numFmts>", "", styles, flags=re.DOTALL)
    for own, number in enumerate(FORMATS, start=164):
        styles = styles.replace(f'numFmtId="{own}"', f'numFmtId="{number}"')
    return styles


with ZipFile("written.xlsx") as source, ZipFile("schedule.xlsx", "w") as target:
    for part in source.namelist():
        content = source.read(part).decode()
        target.writestr(part, with_built_in_formats(content) if part == "xl/styles.xml" else content)

cells = openpyxl.load_workbook("schedule.xlsx").active[1]
seen = [cell.value for cell in cells]
other = python_calamine.load_workbook("schedule.xlsx").get_sheet_by_index(0).to_python()[0]
for number, cell, value in zip(FORMATS, cells, other, strict=True):
    print(f"{number}: openpyxl {cell.value!r} ({cell.number_format}), calamine {value!r}")
assert seen == [datetime(2026, 10, 15), 46310, 46310, 46310, 46310]
assert other == [date(2026, 10, 15)] * 5
PYTHON
