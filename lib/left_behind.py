"""What openpyxl drops from a workbook that it opens and saves, named so that its owner knows."""

from pathlib import Path
from zipfile import ZipFile

PLAIN = "格式（只保留了各单元格的值）"
# Parts of the archive, and marks inside worksheets: what a person would miss.
PARTS = {
    "/threadedcomments/": "批注会话",
    "/comments": "原有批注框的大小",
    "/ctrlprops/": "表单控件",
    "/slicers/": "切片器",
    "/drawings/drawing": "图形和文本框",
}
EXTENSIONS = {
    b"x14:datavalidations": "引用其他工作表的下拉列表",
    b"x14:conditionalformattings": "扩展的条件格式",
    b"x14:sparklinegroups": "迷你图",
}


def left_behind(path: Path) -> list[str]:
    """What an .xlsx holds that is not in its copy any more, in words; the archive has been checked before."""
    with ZipFile(path) as archive:
        names = [f"/{name.lower()}" for name in archive.namelist()]
        sheets = [
            name for name in archive.namelist() if "worksheets/" in name.lower() and name.endswith(".xml")
        ]
        tails = [archive.read(name).lower() for name in sheets]
    parts = [words for part, words in PARTS.items() if any(part in name for name in names)]
    return parts + [words for mark, words in EXTENSIONS.items() if any(mark in tail for tail in tails)]
