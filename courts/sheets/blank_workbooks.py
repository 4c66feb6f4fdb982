"""模板: blank workbooks for the three notifications, made from the columns that the reader reads."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from courts.models import Kind
from courts.sheets.columns import COLUMNS, GUIDE_SHEET, LISTS_SHEET, SAMPLE_MARK, TEMPLATE_VERSION, Column
from organisations.models import Organisation

TITLE_ROW, HEADER_ROW, SAMPLE_ROW, LAST_ROW = 1, 2, 3, 2000
TITLES = {
    "schedule": "行政诉讼案件排庭情况",
    "appearances": "行政机关负责人出庭应诉情况",
    "judgments": "行政诉讼案件裁判及生效情况",
}
WIDTHS = {"案号": 26, "被诉行政机关": 30, "裁判结果": 26, "履行内容": 30, "备注": 24, "关联案号": 26}
USUAL_WIDTH = 14
REQUIRED, OPTIONAL = (PatternFill("solid", fgColor=colour) for colour in ("FFDCE8F5", "FFF1F3F5"))
HAIRLINE = Side(style="thin", color="FF8A939D")
GRID = Border(*[HAIRLINE] * 4)
GREY = Font(italic=True, color="FF7A828B")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
HOW = (
    "1. 每月 5 日前通报本月排庭、上月负责人出庭和生效裁判；逢休息日顺延到下一个工作日。",
    "2. 三张表可以分开报，也可以放在一个文件里。深色表头的列须填写，其余选填。",
    "3. 表头不能改名；列的次序可以调整，不用的列可以留空。可在末尾加列，平台不读取。",
    f"4. 案号以“{SAMPLE_MARK}”开头的一行是例子，平台不读取，可以留着，也可以删去。",
    "5. 请直接填写数值，不用公式；有公式的单元格请选择性粘贴为数值。",
    "6. 本月确无某一项时不用上传，在平台上报零通报即可。",
)


def blank_workbook(kinds: Sequence[str], court: Organisation) -> bytes:
    """A template as .xlsx with a sheet for each kind, agencies of the court's region to choose from, and a guide."""
    book = Workbook()
    book.remove(book.active)
    agencies = list(_agencies(court))
    lists = book.create_sheet(LISTS_SHEET)
    lists.sheet_state = "hidden"
    for row, name in enumerate(agencies, start=1):
        lists.cell(row, 1, name)
    for kind in kinds:
        _fill(book.create_sheet(Kind(kind).label), kind, court, len(agencies))
    _write_guide(book.create_sheet(GUIDE_SHEET), kinds)
    for sheet in book.worksheets:
        _fit_to_paper(sheet)
    book.move_sheet(lists, offset=len(book.sheetnames))
    book.active = 0
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _agencies(court: Organisation) -> Iterable[str]:
    """Those that exist, of the court's region first, then of the regions beside and above."""
    city = court.region.parent_id or court.region_id
    known = Organisation.objects.agencies().within(city).filter(valid_to=None)
    own = known.filter(region=court.region_id).values_list("name", flat=True)
    others = known.exclude(region=court.region_id).values_list("name", flat=True)
    return [*own, *others]


def _fill(sheet: Worksheet, kind: str, court: Organisation, agencies: int) -> None:
    columns = COLUMNS[kind]
    sheet.merge_cells(start_row=TITLE_ROW, start_column=1, end_row=TITLE_ROW, end_column=len(columns))
    title = sheet.cell(TITLE_ROW, 1, f"{court.name}{TITLES[kind]}")
    title.font, title.alignment = Font(bold=True, size=16), CENTRED
    for index, column in enumerate(columns, start=1):
        _write_column(sheet, index, column, agencies)
    sheet.row_dimensions[TITLE_ROW].height = 30
    sheet.row_dimensions[HEADER_ROW].height = 32
    sheet.freeze_panes = sheet.cell(SAMPLE_ROW, 2)
    _lock(sheet)


def _write_column(sheet: Worksheet, index: int, column: Column, agencies: int) -> None:
    letter = get_column_letter(index)
    whole = sheet.column_dimensions[letter]
    whole.width = WIDTHS.get(column.name, USUAL_WIDTH)
    whole.protection, whole.number_format = Protection(locked=False), "@"
    header = sheet.cell(HEADER_ROW, index, column.name)
    header.font, header.alignment, header.border = Font(bold=True), CENTRED, GRID
    header.fill = REQUIRED if column.required else OPTIONAL
    sample = sheet.cell(SAMPLE_ROW, index, _sample(column) or None)
    sample.font, sample.border, sample.number_format = GREY, GRID, "@"
    sample.protection = Protection(locked=False)
    if choice := _choice(column, agencies):
        sheet.add_data_validation(choice)
        choice.add(f"{letter}{SAMPLE_ROW}:{letter}{LAST_ROW}")


def _sample(column: Column) -> str:
    return f"{SAMPLE_MARK}{column.example}" if column.name == "案号" else column.example


def _choice(column: Column, agencies: int) -> DataValidation | None:
    """A list to choose from. Other words are questioned and not refused: a cell may name several agencies."""
    if column.name == "被诉行政机关" and agencies:
        source = f"'{LISTS_SHEET}'!$A$1:$A${agencies}"
    elif column.choices:
        source = f'"{",".join(column.choices)}"'
    else:
        return None
    choice = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
    choice.errorTitle, choice.error = column.name, column.hint or f"可填：{'、'.join(column.choices)}"
    choice.showErrorMessage = True
    return choice


def _lock(sheet: Worksheet) -> None:
    """The title and the headers stay as they are; everything below is open, without a password."""
    sheet.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "insertColumns", "deleteRows",
                    "sort", "autoFilter"):  # fmt: skip
        setattr(sheet.protection, allowed, False)


def _fit_to_paper(sheet: Worksheet) -> None:
    """Printed, all columns stand on one page across."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_guide(sheet: Worksheet, kinds: Iterable[str]) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 10
    sheet.column_dimensions["C"].width, sheet.column_dimensions["D"].width = 46, 46
    sheet.append([f"滨州市行政应诉“3632”工作平台  模板版本 {TEMPLATE_VERSION}"])
    sheet["A1"].font = Font(bold=True, size=14)
    for line in HOW:
        sheet.append([line])
    for kind in kinds:
        sheet.append([])
        sheet.append([f"{Kind(kind).label}：{TITLES[kind]}"])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        sheet.append(["列", "须填", "可以怎么写", "表头也可写作"])
        for column in COLUMNS[kind]:
            sheet.append(_described(column))


def _described(column: Column) -> list[str]:
    how = "、".join(column.choices) or column.hint or (f"如 {column.example}" if column.example else "")
    return [column.name, "须填" if column.required else "", how, "、".join(column.synonyms)]
