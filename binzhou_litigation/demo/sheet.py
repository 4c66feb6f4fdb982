"""One sheet of a workbook: titles, headers, body and what clerks leave under the body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from binzhou_litigation.demo.layouts import Column, Style
from binzhou_litigation.demo.writing import Cell

NOTE = "注：演示数据，人名、案号和案情均为虚构。"
SIGNATURE = "填报人：　　　　　　审核人：　　　　　　联系电话：0543-5550000"

_BLANK_ROWS = 2
_MERGED_IN_A_GROUP = {"开庭日期", "法庭", "合并审理组"}
_WIDTHS = {"案号": 26, "被诉行政机关": 34, "原告": 22, "案由": 24, "裁判结果": 26, "履行内容": 28, "备注": 26}
_USUAL_WIDTH = 13
_ROW_HEIGHT = 30
_RED = "C00000"
_TITLE_FILL = PatternFill("solid", fgColor="FDE9E7")
_HEADER_FILL = PatternFill("solid", fgColor="F2DCDB")
_SIDE = Side(style="thin", color="7F7F7F")
_BORDER = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(slots=True)
class SheetWriter:
    """Writes one sheet from top to bottom; `row` is the last row written."""

    sheet: Worksheet
    style: Style
    columns: Sequence[Column]
    row: int = field(default=0, init=False)

    @property
    def width(self) -> int:
        return len(self.columns) + 1  # with the running number

    def write(self, kind: str, sent_on: date, cells: list[list[Cell]], groups: list[str]) -> None:
        """The whole sheet; `groups` names the joined suits of the body rows, "" for a suit on its own."""
        title = f"{self.style.court_name}{_period(kind, sent_on)}行政案件{kind}表"
        self._line(title, Font(name="方正小标宋简体", size=18, bold=True, color=_RED), _TITLE_FILL)
        sent = f"{sent_on.year}年{sent_on.month}月{sent_on.day}日"
        self._line(f"填报单位：{self.style.court_name}　　　　填报日期：{sent}", Font(name="仿宋", size=11))
        self._headers()
        first = self.row + 1
        for number, row in enumerate(cells, 1):
            self._body_row([number, *row])
        if self.style.merges_groups:
            self._merge_groups(first, groups)
        self._foot(len(cells))
        self._page()

    def _line(self, text: str, font: Font, fill: PatternFill | None = None) -> None:
        """A row merged over the whole width."""
        self.row += 1
        self.sheet.row_dimensions[self.row].height = _ROW_HEIGHT
        cell = self.sheet.cell(self.row, 1, text)
        cell.font, cell.alignment = font, Alignment(horizontal="center", vertical="center")
        if fill:
            cell.fill = fill
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=1, end_column=self.width)

    def _headers(self) -> None:
        """One header row, or two when some columns stand under a common header."""
        top = self.row + 1
        headed = [Column("序号", "序号"), *self.columns]
        self.row += 2 if any(column.over for column in headed) else 1
        for place, column in enumerate(headed, 1):
            self._header(self.row if column.over else top, place, column.header)
            if self.row > top and not column.over:
                self.sheet.merge_cells(start_row=top, end_row=self.row, start_column=place, end_column=place)
        for over, first, last in _spans([column.over for column in headed]):
            self._header(top, first, over)
            self.sheet.merge_cells(start_row=top, end_row=top, start_column=first, end_column=last)
        self.sheet.freeze_panes = self.sheet.cell(self.row + 1, 1)

    def _header(self, row: int, column: int, text: str) -> None:
        self.sheet.row_dimensions[row].height = _ROW_HEIGHT
        cell = self.sheet.cell(row, column, text)
        cell.font, cell.fill = Font(name="黑体", size=11, bold=True), _HEADER_FILL
        cell.border, cell.alignment = _BORDER, _CENTRED

    def _body_row(self, values: Sequence[Cell | int]) -> None:
        self.row += 1
        self.sheet.row_dimensions[self.row].height = _ROW_HEIGHT
        for place, value in enumerate(values, 1):
            cell = self.sheet.cell(self.row, place, value)
            cell.border, cell.alignment, cell.font = _BORDER, _CENTRED, Font(name="仿宋", size=11)
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"

    def _merge_groups(self, first: int, groups: list[str]) -> None:
        """What joined suits have in common stands once, in cells merged downwards."""
        places = [n for n, column in enumerate(self.columns, 2) if column.means in _MERGED_IN_A_GROUP]
        for _, start, end in _spans(groups):
            for place in places:
                self.sheet.merge_cells(
                    start_row=first + start - 1, end_row=first + end - 1, start_column=place, end_column=place
                )

    def _foot(self, count: int) -> None:
        for _ in range(_BLANK_ROWS):
            self._body_row([None] * self.width)
        self._body_row(["合计", f"{count}件", *[None] * (self.width - 2)])
        self._line(SIGNATURE, Font(name="仿宋", size=11))
        self._line(NOTE, Font(name="楷体", size=10, color="7F7F7F"))

    def _page(self) -> None:
        """Widths, and printing on landscape paper one page wide."""
        self.sheet.page_setup.orientation = "landscape"
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.column_dimensions["A"].width = 6
        for place, column in enumerate(self.columns, 2):
            letter = get_column_letter(place)
            self.sheet.column_dimensions[letter].width = _WIDTHS.get(column.means, _USUAL_WIDTH)


def _period(kind: str, sent_on: date) -> str:
    """排庭 is about the month itself, the other sheets about the month before."""
    month = sent_on.month if kind == "排庭" else sent_on.month - 1
    return f"{sent_on.year}年{month}月"


def _spans(names: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Every run of one name, with its first and last place counted from 1."""
    place = 1
    for name, run in groupby(names):
        length = len(list(run))
        if name:
            yield name, place, place + length - 1
        place += length
