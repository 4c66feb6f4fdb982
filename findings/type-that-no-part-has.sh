#!/usr/bin/env bash
# The list of contents of every .xlsx by SheetJS names the binary workbook, though no part is one.
#
# Versions: SheetJS (npm xlsx) 0.18.5, openpyxl 3.1.5
# Guess: "sheet.binary.macroEnabled" in [Content_Types].xml means .xlsb, with macros allowed; a guard that looks for the
# words refuses such files and lets ordinary ones through.
# Behaviour: an ordinary .xlsx has <Default Extension="bin"> with that type, and no part that ends in .bin. The workbook
# itself is an Override with the ordinary type, and other readers open it. A Default says something of a package only
# when a part has its extension.
#
# Output:
#   named as binary workbook: True, parts that end in .bin: 0, type of the workbook: ordinary
#   openpyxl reads: Schedule
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund xlsx@0.18.5
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5

node -e '
const XLSX = require("xlsx");
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([["Schedule"]]), "Sheet");
XLSX.writeFile(book, "plain.xlsx");
'

venv/bin/python - <<'PYTHON'
import re
from zipfile import ZipFile

import openpyxl

with ZipFile("plain.xlsx") as package:
    types = package.read("[Content_Types].xml").decode()
    binary = [name for name in package.namelist() if name.endswith(".bin")]
named = re.search(r'<Default Extension="bin" ContentType="([^"]*)"', types)
told = bool(named) and "sheet.binary.macroEnabled" in named[1]
workbook = re.search(r'PartName="/xl/workbook.xml" ContentType="([^"]*)"', types)[1]
ordinary = workbook.endswith("spreadsheetml.sheet.main+xml")
print(f"named as binary workbook: {told}, parts that end in .bin: {len(binary)},", end=" ")
print(f"type of the workbook: {'ordinary' if ordinary else workbook}")
value = openpyxl.load_workbook("plain.xlsx").active["A1"].value
print("openpyxl reads:", value)
assert (told, binary, ordinary, value) == (True, [], True, "Schedule")
PYTHON
