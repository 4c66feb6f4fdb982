"""The columns of old ledgers (历史台账), in which one row tells of hearing, appearance and judgment."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from courts.sheets.columns import APPEARANCES, COLUMNS, DATE_HINT, JUDGMENTS, SCHEDULE, Column
from lib.cell_values import normalise_header

LEDGER_KIND = "ledger"
EXPORTED = "导出台账"  # the sheet of a ledger that the platform wrote itself: every day in it has its year
NEEDED = frozenset({"案号", "被诉行政机关"})  # what a row lacks besides is not told, and no fault
# What only the notifications of a month need: it starts no duty of a case that is over.
LEFT_OUT = frozenset({"开庭时间", "书记员", "联系电话", "是否通知负责人出庭"})
FURTHER = (
    Column(
        "履行情况",
        ("是否履行", "履行状态", "裁判履行情况", "执行情况"),
        choices=("已履行", "部分履行", "未履行", "履行中", "无履行内容"),
    ),
    Column("履行日期", ("履行时间", "履行完毕日期", "实际履行日期"), hint=DATE_HINT),
)
# The names that ledgers use beside those of the notifications.
ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "案号": ("案件号", "案件编号"),
    "审理程序": ("审理阶段", "审理级别"),
    "案由": ("案件案由", "涉诉案由"),
    "原告": ("上诉人", "申请人", "起诉人", "原告姓名", "原告名称"),
    "被诉行政机关": (
        "被告行政机关", "被诉机关", "被告单位", "被告机关", "涉诉单位", "涉案单位", "涉诉机关", "应诉单位", "应诉机关",
        "被上诉人", "行政机关",
    ),
    "立案日期": ("立案时间", "收案时间", "受理日期", "受理时间"),
    "开庭日期": ("开庭时间", "庭审日期", "庭审时间", "开庭审理日期", "开庭审理时间"),
    "负责人是否出庭": (
        "出庭情况", "负责人出庭", "负责人出庭情况", "负责人出庭应诉", "负责人出庭应诉情况", "负责人是否出庭应诉",
        "行政机关负责人是否出庭", "行政机关负责人出庭情况", "机关负责人是否出庭",
    ),
    "出庭负责人姓名": ("出庭人", "出庭人员", "出庭人姓名", "出庭领导", "出庭应诉人", "出庭应诉负责人"),
    "职务": ("出庭人职务", "出庭负责人职务", "负责人职务"),
    "职级": ("负责人职级", "负责人类别"),
    "裁判日期": (
        "裁判时间", "判决时间", "结案时间", "审结日期", "审结时间", "宣判日期", "宣判时间", "裁定日期", "文书日期",
    ),
    "文书类型": ("裁判类型", "裁判形式", "文书种类", "裁判文书类型"),
    "裁判结果": ("审理结果", "案件结果", "裁决结果", "处理结果", "裁判情况"),
    "是否败诉": ("胜败诉", "胜败诉情况", "是否胜诉或败诉", "胜诉或败诉", "败诉情况"),
    "送达日期": ("送达时间", "文书送达日期"),
    "生效日期": ("生效时间", "裁判生效日期", "裁判生效时间"),
}  # fmt: skip


def _columns() -> tuple[Column, ...]:
    """Each column of the three notifications once, by all its names, and those that only ledgers have."""
    found: dict[str, Column] = {}
    for column in (*SCHEDULE, *APPEARANCES, *JUDGMENTS, *FURTHER):
        known = found.get(column.name)
        names = (*(known.synonyms if known else ()), *column.synonyms, *ALSO_CALLED.get(column.name, ()))
        synonyms = tuple(dict.fromkeys(names))
        found[column.name] = replace(column, synonyms=synonyms, required=column.name in NEEDED)
    return tuple(column for name, column in found.items() if name not in LEFT_OUT)


LEDGER = _columns()
ALL_COLUMNS: Mapping[str, tuple[Column, ...]] = COLUMNS | {LEDGER_KIND: LEDGER}
BY_NAME = {column.name: column for column in LEDGER}


def ledger_vocabulary(own: Iterable[str] = ()) -> dict[str, dict[str, Column]]:
    """Every understood header of a ledger; `own` are those of this one, as 表头=列. Raises ValueError (Chinese)."""
    known = {normalise_header(name): column for column in LEDGER for name in column.names}
    return {LEDGER_KIND: known | dict(map(_own, own))}


def _own(said: str) -> tuple[str, Column]:
    header, _, name = said.partition("=")
    if not header.strip() or name.strip() not in BY_NAME:
        raise ValueError(f"“{said}”看不出是哪一列，请写作 表头=列。可以对应的列：{'、'.join(BY_NAME)}。")
    return normalise_header(header), BY_NAME[name.strip()]
