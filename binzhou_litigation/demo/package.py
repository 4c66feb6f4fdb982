"""Saving a workbook so that the same content gives the same bytes."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_EPOCH = (2026, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_CORE = "docProps/core.xml"


def save_reproducibly(workbook: Workbook, path: Path) -> None:
    """Save as `Workbook.save` does, with every time stamp inside set to one fixed moment."""
    buffer = BytesIO()
    workbook.save(buffer)
    with ZipFile(buffer) as saved, ZipFile(path, "w", ZIP_DEFLATED) as fixed:
        for name in saved.namelist():
            content = saved.read(name)
            if name == _CORE:
                content = _STAMP.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
            fixed.writestr(ZipInfo(name, _EPOCH), content, ZIP_DEFLATED)
