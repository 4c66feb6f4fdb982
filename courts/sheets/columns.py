"""The columns of the courts' three sheets: one definition for reading, checking, templates and their description."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lib.cell_values import normalise_header
from rules.outcomes import load_outcomes

# A row whose case number begins like this is the sample row of our template and says nothing.
SAMPLE_MARK = "示例"
# The other sheets of our template, and its version, which stands on the first of them.
GUIDE_SHEET, LISTS_SHEET, TEMPLATE_VERSION = "填写说明", "可选项", "2026.11"
# The longest values, in characters; a cell of agencies may hold several of them.
ONE_NAME, ONE_AGENCY, SHORT, CASE_NUMBERS, LONG = 100, 200, 500, 1000, 5000
YES_NO = ("是", "否")
DATE_HINT = "如 2026-10-28；10月28日、2026.10.28 也可"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its canonical name, the other names it goes by, and what may stand in it.

    `example`, `choices` and `hint` are for people: they stand in the template and its description.
    """

    name: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    longest: int = SHORT
    example: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""

    @property
    def offered(self) -> tuple[str, ...]:
        """What a pick list offers: its choices; of 裁判结果 what the table of outcomes reads."""
        if self.name == "裁判结果":
            return tuple(outcome.phrases[0] for outcome in load_outcomes())
        return self.choices

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.synonyms)


CASE_NUMBER = Column(
    "案号",
    required=True,
    longest=CASE_NUMBERS,
    example="（2026）鲁1602行初12号",
    hint="括号不拘全角半角；几个连号可写 12号至15号",
)
INSTANCE = Column(
    "审理程序",
    ("审级", "程序"),
    example="一审普通程序",
    choices=("一审普通程序", "一审简易程序", "二审", "再审"),
    hint="不填则按案号判断",
)
CAUSE = Column("案由", example="行政处罚")
AGENCY = Column(
    "被诉行政机关",
    ("被告",),
    required=True,
    longest=LONG,
    example="滨州市滨城区医疗保障局",
    hint="机关全称或通用简称；几个机关用 、 分隔",
)
PLAINTIFF = Column("原告", longest=LONG, example="张某某")
NOTE = Column("备注", longest=LONG)


def _yes_no(name: str, *synonyms: str, required: bool = False, example: str = "是") -> Column:
    return Column(name, synonyms, required, example=example, choices=YES_NO)


def _day(name: str, *synonyms: str, required: bool = False, example: str = "") -> Column:
    return Column(name, synonyms, required, example=example, hint=DATE_HINT)


SCHEDULE = (
    CASE_NUMBER,
    INSTANCE,
    CAUSE,
    replace(PLAINTIFF, synonyms=("上诉人", "申请人", "起诉人")),
    replace(AGENCY, synonyms=("被告", "被告行政机关", "被上诉人")),
    Column("第三人", longest=LONG),
    _day("开庭日期", required=True, example="2026-10-28"),
    Column("开庭时间", ("时间",), example="9:00"),
    Column("法庭", ("开庭地点", "审判法庭", "地点"), example="第三审判法庭"),
    Column("开庭方式", ("审理方式",), example="公开", choices=("公开", "不公开", "在线")),
    Column("承办法官", ("承办人", "审判长", "主审法官"), longest=ONE_NAME),
    Column("书记员", longest=ONE_NAME),
    Column("联系电话", ("电话",)),
    _yes_no("是否通知负责人出庭", "负责人出庭通知"),
    Column("合并审理组", hint="一并审理的案件填同一组号"),
    NOTE,
)
APPEARANCES = (
    CASE_NUMBER,
    _day("开庭日期", required=True, example="2026-10-12"),
    Column("是否开庭", example="是", choices=("是", "延期", "取消", "撤诉"), hint="不填即为是"),
    AGENCY,
    _yes_no("负责人是否出庭", "是否出庭", "出庭情况", required=True),
    Column("出庭负责人姓名", ("出庭负责人", "姓名"), longest=ONE_NAME, example="李某某"),
    Column("职务", example="副局长"),
    Column("职级", example="副职", choices=("正职", "副职", "其他负责人")),
    Column("身份证明", example="合格", choices=("合格", "已补正", "不合格")),
    Column("未出庭理由", ("未出庭原因",), hint="未出庭时填写"),
    Column("法院认定", choices=("成立", "不成立", "未审查"), hint="对未出庭理由的认定"),
    _yes_no("工作人员是否出庭"),
    _yes_no("是否仅律师", example="否"),
    _yes_no("是否发言", "是否出声"),
    _yes_no("是否就化解发表意见", example=""),
    _yes_no("中途退庭", example="否"),
    _yes_no("是否发司法建议", example="否"),
    NOTE,
)
JUDGMENTS = (
    CASE_NUMBER,
    INSTANCE,
    PLAINTIFF,
    AGENCY,
    CAUSE,
    _day("立案日期", "收案日期", example="2026-08-03"),
    _day("裁判日期", "结案日期", "判决日期", required=True, example="2026-10-20"),
    Column("文书类型", required=True, example="判决", choices=("判决", "裁定", "调解书")),
    Column(
        "裁判结果",
        ("结案方式", "判决结果"),
        required=True,
        example="驳回原告诉讼请求",
        hint="如 撤销被诉行政行为、驳回原告诉讼请求、准许撤诉、驳回上诉维持原判",
    ),
    _yes_no("是否败诉", example="否"),
    Column("败诉原因"),
    _day("送达日期", example="2026-10-23"),
    _yes_no("是否上诉", example="否"),
    Column(
        "关联案号",
        ("一审案号", "原审案号"),
        longest=CASE_NUMBERS,
        hint="二审、再审案件填原审案号",
    ),
    _yes_no("是否生效", example=""),
    _day("生效日期"),
    Column("履行内容", longest=LONG, hint="行政机关须履行的内容"),
    Column("履行期限", hint="日期，或如 判决生效之日起60日内"),
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
