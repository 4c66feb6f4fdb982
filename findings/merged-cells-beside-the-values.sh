#!/usr/bin/env bash
# Filling merged cells with calamine's own ranges writes into the wrong rows.
#
# Versions: python-calamine 0.9.1, openpyxl 3.1.5
# Guess: merged_cell_ranges and to_python() of one sheet count rows and columns from the same corner.
# Behaviour: the ranges count from A1, to_python() from the first used cell. iter_rows() is a third way: rows from row 1,
# columns from the first used one. Only to_python(skip_empty_area=False) fits the ranges. In a sheet that begins in A1 all
# agree; a blank row over the title, or an empty column A, moves the values and not the ranges.
#
# Output:
#   merged B4:B5: [((3, 1), (4, 1))]
#   to_python(): the court stands at (1, 0)
#   iter_rows(): the court stands at (3, 0)
#   to_python(skip_empty_area=False): the court stands at (3, 1)
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1

venv/bin/python - <<'PYTHON'
import openpyxl
import python_calamine

book = openpyxl.Workbook()
sheet = book.active
for place, value in {
    "B3": "法院",
    "C3": "案号",
    "B4": "滨城区人民法院",
    "C4": "（2026）鲁1602行初12号",
    "C5": "（2026）鲁1602行初13号",
}.items():
    sheet[place] = value
sheet.merge_cells("B4:B5")
book.save("schedule.xlsx")

sheet = python_calamine.load_workbook("schedule.xlsx").get_sheet_by_index(0)
((top, left), last) = sheet.merged_cell_ranges[0]
print("merged B4:B5:", sheet.merged_cell_ranges)
assert (top, left, last) == (3, 1, (4, 1))

WAYS = {
    "to_python()": sheet.to_python(),
    "iter_rows()": list(sheet.iter_rows()),
    "to_python(skip_empty_area=False)": sheet.to_python(skip_empty_area=False),
}
found = {}
for name, rows in WAYS.items():
    found[name] = [(row, cells.index("滨城区人民法院")) for row, cells in enumerate(rows) if "滨城区人民法院" in cells][0]
    print(f"{name}: the court stands at {found[name]}")
assert list(found.values()) == [(1, 0), (3, 0), (top, left)]
PYTHON
