"""Workbooks of courts, made row by row."""

from io import BytesIO

from openpyxl import Workbook

SCHEDULE = ["案号", "审理程序", "案由", "原告", "被诉行政机关", "开庭日期", "开庭时间", "法庭", "备注"]
APPEARANCES = [
    "案号",
    "开庭日期",
    "是否开庭",
    "被诉行政机关",
    "负责人是否出庭",
    "出庭负责人姓名",
    "职务",
    "职级",
    "未出庭理由",
]
JUDGMENTS = [
    "案号", "被诉行政机关", "立案日期", "裁判日期", "文书类型", "裁判结果", "是否败诉", "送达日期", "是否上诉",
    "关联案号", "是否生效", "生效日期", "履行内容", "履行期限",
]  # fmt: skip
HEADERS = {"排庭": SCHEDULE, "出庭": APPEARANCES, "裁判": JUDGMENTS}


def workbook(**sheets):
    """A workbook; a sheet named after a kind gets the kind's headers, others bring their own."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in ([HEADERS[name]] if name in HEADERS else []) + rows:
            sheet.append(row)
    return book


def as_bytes(book):
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def hearing(serial=1, agency="滨城区公安局", day="2026-10-12", hour="9:00", **other):
    """A row of the schedule."""
    told = {
        "案号": f"（2026）鲁1602行初{serial}号",
        "原告": "张三",
        "被诉行政机关": agency,
        "开庭日期": day,
        "开庭时间": hour,
    }
    return [(told | other).get(name) for name in SCHEDULE]


def appearance(serial=1, agency="滨城区公安局", day="2026-09-10", came="是", **other):
    told = {
        "案号": f"（2026）鲁1602行初{serial}号",
        "开庭日期": day,
        "被诉行政机关": agency,
        "负责人是否出庭": came,
    }
    return [(told | other).get(name) for name in APPEARANCES]


def judgment(
    number="（2026）鲁1602行初1号", result="驳回原告诉讼请求", document="判决", day="2026-09-10", **other
):
    told = {
        "案号": number,
        "被诉行政机关": "滨城区公安局",
        "裁判日期": day,
        "文书类型": document,
        "裁判结果": result,
    }
    return [(told | other).get(name) for name in JUDGMENTS]
