#!/usr/bin/env bash
# A workbook with content for other programs in its styles is read or refused, by the list in which it stands.
#
# Versions: openpyxl 3.1.5, python-calamine 0.9.1
# Guess: a reader either knows mc:AlternateContent (ISO/IEC 29500-3), the usual wrapping for what older programs do not
# know, or passes over it wherever it stands; a workbook whose cells are plain is read either way.
# Behaviour: among fonts, borders and formats of cells it is passed over; among fills it ends the reading of the whole
# workbook, values included, with a TypeError that names neither the part nor the element. calamine, which looks at
# number formats only, reads the same file.
#
# Output:
#   fonts          openpyxl reads it                 calamine reads it
#   borders        openpyxl reads it                 calamine reads it
#   cellXfs        openpyxl reads it                 calamine reads it
#   fills          openpyxl raises TypeError         calamine reads it
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1

venv/bin/python - <<'PYTHON'
from zipfile import ZipFile

import openpyxl
import python_calamine

ALTERNATE = (
    b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    b'<mc:Choice Requires="x14"><x/></mc:Choice></mc:AlternateContent>'
)
book = openpyxl.Workbook()
book.active["A1"] = "Schedule"
book.save("plain.xlsx")


def with_alternate(where):
    with ZipFile("plain.xlsx") as plain, ZipFile("odd.xlsx", "w") as odd:
        for name in plain.namelist():
            content = plain.read(name)
            if name == "xl/styles.xml":
                end = f"</{where}>".encode()
                assert end in content
                content = content.replace(end, ALTERNATE + end)
            odd.writestr(name, content)


def outcome(read):
    try:
        return "reads it" if read() == "Schedule" else "reads something else"
    except Exception as error:
        return f"raises {type(error).__name__}"


found = {}
for where in ("fonts", "borders", "cellXfs", "fills"):
    with_alternate(where)
    ours = outcome(lambda: openpyxl.load_workbook("odd.xlsx")["Sheet"]["A1"].value)
    other = outcome(
        lambda: python_calamine.CalamineWorkbook.from_path("odd.xlsx").get_sheet_by_index(0).to_python()[0][0]
    )
    found[where] = (ours, other)
    print(f"{where:14} openpyxl {ours:24} calamine {other}")
reads = ("reads it", "reads it")
assert found == {"fonts": reads, "borders": reads, "cellXfs": reads, "fills": ("raises TypeError", "reads it")}
PYTHON
