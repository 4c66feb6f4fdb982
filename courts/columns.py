"""The columns of the courts' three sheets: one definition for reading, checking and templates."""

from collections.abc import Iterator
from dataclasses import dataclass

from lib.cell_values import normalise_header

# A row whose case number begins like this is the sample row of our template and says nothing.
SAMPLE_MARK = "示例"
# The other sheets of our template, and its version, which stands on the first of them.
GUIDE_SHEET, LISTS_SHEET, TEMPLATE_VERSION = "填写说明", "可选项", "2026.11"
# The longest values, in characters; a cell of agencies may hold several of them.
ONE_NAME, ONE_AGENCY, SHORT, CASE_NUMBERS, LONG = 100, 200, 500, 1000, 5000


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its canonical name, the other names it goes by, and what may stand in it."""

    name: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    longest: int = SHORT

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)


CASE_NUMBER = Column("案号", required=True, longest=CASE_NUMBERS)
INSTANCE = Column("审理程序", ("审级", "程序"))
CAUSE = Column("案由")
NOTE = Column("备注", longest=LONG)

SCHEDULE = (
    CASE_NUMBER,
    INSTANCE,
    CAUSE,
    Column("原告", ("上诉人", "申请人", "起诉人"), longest=LONG),
    Column("被诉行政机关", ("被告", "被告行政机关", "被上诉人"), required=True, longest=LONG),
    Column("第三人", longest=LONG),
    Column("开庭日期", required=True),
    Column("开庭时间", ("时间",)),
    Column("法庭", ("开庭地点", "审判法庭", "地点")),
    Column("开庭方式", ("审理方式",)),
    Column("承办法官", ("承办人", "审判长", "主审法官")),
    Column("书记员"),
    Column("联系电话", ("电话",)),
    Column("是否通知负责人出庭", ("负责人出庭通知",)),
    Column("合并审理组"),
    NOTE,
)
APPEARANCES = (
    CASE_NUMBER,
    Column("开庭日期", required=True),
    Column("是否开庭"),
    Column("被诉行政机关", ("被告",), required=True, longest=LONG),
    Column("负责人是否出庭", ("是否出庭", "出庭情况"), required=True),
    Column("出庭负责人姓名", ("出庭负责人", "姓名"), longest=ONE_NAME),
    Column("职务"),
    Column("职级"),
    Column("身份证明"),
    Column("未出庭理由", ("未出庭原因",)),
    Column("法院认定"),
    Column("工作人员是否出庭"),
    Column("是否仅律师"),
    Column("是否发言", ("是否出声",)),
    Column("是否就化解发表意见"),
    Column("中途退庭"),
    Column("是否发司法建议"),
    NOTE,
)
JUDGMENTS = (
    CASE_NUMBER,
    INSTANCE,
    Column("原告", longest=LONG),
    Column("被诉行政机关", ("被告",), required=True, longest=LONG),
    CAUSE,
    Column("立案日期", ("收案日期",)),
    Column("裁判日期", ("结案日期", "判决日期"), required=True),
    Column("文书类型", required=True),
    Column("裁判结果", ("结案方式", "判决结果"), required=True),
    Column("是否败诉"),
    Column("败诉原因"),
    Column("送达日期"),
    Column("是否上诉"),
    Column("关联案号", ("一审案号", "原审案号"), longest=CASE_NUMBERS),
    Column("是否生效"),
    Column("生效日期"),
    Column("履行内容", longest=LONG),
    Column("履行期限"),
    NOTE,
)
COLUMNS = {"schedule": SCHEDULE, "appearances": APPEARANCES, "judgments": JUDGMENTS}

# The columns that tell one kind of sheet from another, beside those that all of them share.
TELLING = {
    "schedule": frozenset(
        {"开庭时间", "法庭", "开庭方式", "书记员", "是否通知负责人出庭", "合并审理组", "第三人"}
    ),
    "appearances": frozenset(
        {"负责人是否出庭", "出庭负责人姓名", "是否开庭", "身份证明", "未出庭理由", "法院认定"}
    ),
    "judgments": frozenset({"裁判日期", "文书类型", "裁判结果", "是否败诉", "是否生效", "送达日期"}),
}


def known_headers(kind: str) -> dict[str, Column]:
    """Every understood header of a kind, normalised, with the column it means."""
    return {normalise_header(name): column for column in COLUMNS[kind] for name in column.names}


def all_kinds() -> Iterator[tuple[str, dict[str, Column]]]:
    """Each kind with its headers."""
    return ((kind, known_headers(kind)) for kind in COLUMNS)
