#!/usr/bin/env bash
# In a file joined from two bulletins, 见附表 of the second opens the annex of the first.
#
# Versions: WeasyPrint 70.0, pypdf 7.1.1
# Guess: PdfWriter.append() takes bookmarks and links along and numbers clashing names anew.
# Behaviour: WeasyPrint makes every id a named destination of that name. append() keeps the first destination of a name and
# drops the later one, so each link to a repeated id leads into the first document. Two files from one template always clash.
#
# Output:
#   alone:  [[(1, 2)], [(1, 2)]]
#   joined: [(1, 2), (3, 2)] where [(1, 2), (3, 4)] is right
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check weasyprint==70.0 pypdf==7.1.1

venv/bin/python - <<'PYTHON'
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from weasyprint import HTML


def bulletin(region: str) -> BytesIO:
    return BytesIO(HTML(string=f"""
        <html lang="zh"><title>{region}通报</title>
        <p><a href="#annex">见附表</a></p>
        <h1 id="annex" style="break-before: page">{region}附表</h1>
    """).write_pdf())


def links(file: BytesIO) -> list[tuple[int, int]]:
    """Page of each link and page where it leads, from 1."""
    reader = PdfReader(file)
    named = reader.named_destinations
    return [
        (number, reader.get_destination_page_number(named[str(link.get_object()["/Dest"])]) + 1)
        for number, page in enumerate(reader.pages, start=1)
        for link in page.get("/Annots", [])
    ]


parts = [bulletin("滨城区"), bulletin("惠民县")]
print("alone: ", [links(part) for part in parts])
assert [links(part) for part in parts] == [[(1, 2)], [(1, 2)]]

writer, joined = PdfWriter(), BytesIO()
for part in parts:
    writer.append(part)
writer.write(joined)
print("joined:", links(joined), "where [(1, 2), (3, 4)] is right")
assert links(joined) == [(1, 2), (3, 2)]
PYTHON
