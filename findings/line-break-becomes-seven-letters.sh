#!/usr/bin/env bash
# A line break typed on a web page comes back from the workbook as the letters _x000D_.
#
# Versions: XlsxWriter 3.3.1, openpyxl 3.1.5, python-calamine 0.9.1
# Guess: a text with the line end of a web form (CR LF) is the same text in every reader.
# Behaviour: XlsxWriter writes CR as _x000D_, as the format has it (ST_Xstring). calamine decodes it. openpyxl does not: the
# text has six characters more, and a comparison of names fails. openpyxl in its turn writes CR as it is, which XML reads
# as no more than a line end: from its files both get LF alone.
#
# Output:
#   written by xlsxwriter: openpyxl '滨城区人民政府_x000D_\n（复议机关）', calamine '滨城区人民政府\r\n（复议机关）'
#   written by openpyxl: openpyxl '滨城区人民政府\n（复议机关）', calamine '滨城区人民政府\n（复议机关）'
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1

venv/bin/python - <<'PYTHON'
import openpyxl
import python_calamine
import xlsxwriter

TYPED = "滨城区人民政府\r\n（复议机关）"  # a <textarea> sends line breaks so

with xlsxwriter.Workbook("xlsxwriter.xlsx") as book:
    book.add_worksheet().write_string(0, 0, TYPED)
book = openpyxl.Workbook()
book.active["A1"] = TYPED
book.save("openpyxl.xlsx")


def read(path: str) -> tuple[str, str]:
    other = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    return openpyxl.load_workbook(path).active["A1"].value, other[0][0]


for writer in ("xlsxwriter", "openpyxl"):
    one, other = read(f"{writer}.xlsx")
    print(f"written by {writer}: openpyxl {one!r}, calamine {other!r}")
assert read("xlsxwriter.xlsx") == ("滨城区人民政府_x000D_\n（复议机关）", TYPED)
assert read("openpyxl.xlsx") == ("滨城区人民政府\n（复议机关）",) * 2
PYTHON
