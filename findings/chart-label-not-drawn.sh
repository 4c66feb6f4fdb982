#!/usr/bin/env bash
# A label of a chart is on the screen and not in the PDF.
#
# Versions: WeasyPrint 70.0, pypdfium2 5.15.2
# Guess: font: bold 16px sans-serif in an SVG works like font-weight and font-size, which WeasyPrint supports; what it does
# not know is ignored and named in the log.
# Behaviour: where anything stands before the size, the text element is left out altogether, and nothing is logged.
#
# Output:
#   font-size: 16px; font-weight: bold     printed
#   font: 16px sans-serif                  printed
#   font: bold 16px sans-serif             missing
#   font: italic 16px sans-serif           missing
#   log: empty
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0 pypdfium2==5.15.2

venv/bin/python - <<'PYTHON'
import logging
from io import StringIO

import pypdfium2
from weasyprint import HTML

logged = StringIO()
logging.getLogger("weasyprint").addHandler(logging.StreamHandler(logged))

LABELS = {
    "Hearings": "font-size: 16px; font-weight: bold",
    "Present": "font: 16px sans-serif",
    "Absent": "font: bold 16px sans-serif",
    "Excused": "font: italic 16px sans-serif",
}
texts = "".join(
    f'<text x="10" y="{30 * line}" style="{style}">{label}</text>'
    for line, (label, style) in enumerate(LABELS.items(), start=1)
)
pdf = HTML(string=f'<svg width="300" height="150">{texts}</svg>').write_pdf()
printed = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
for label, style in LABELS.items():
    print(f"{style:38}", "printed" if label in printed else "missing")
print("log:", logged.getvalue() or "empty")
assert [label for label in LABELS if label not in printed] == ["Absent", "Excused"]
assert not logged.getvalue()
PYTHON
