"""What can be wrong with a row: one catalogue of messages (what, where, why) and remedies."""

from dataclasses import asdict, dataclass
from typing import Any

WARNINGS = frozenset(
    {
        "court_unknown",
        "date_out_of_month",
        "not_on_schedule",
        "rare_character",
        "hearing_unknown",
        "origin_unknown",
        "court_not_competent",
        "head_unnamed",
        "period_vague",
        "day_off",
        "outcome_of_a_ruling",
        "later_word",
        "known_otherwise",
        "attendance_untold",
        "appearance_undated",
        "performance_unread",
    }
)
# What is surprising and may be true all the same: the row waits until somebody says that it is so (a warning does not).
QUESTIONS = frozenset({"defendant_new", "case_unscheduled", "court_elsewhere", "later_word"})
# What is said on the page and not marked in the workbook: nothing in the cell is wrong.
WORDS_ONLY = frozenset({"head_unnamed", "period_vague", "day_off", "outcome_of_a_ruling"})
SHOWN = 60  # characters of a faulty value that are shown

# code: (message, fix); names in braces are filled in.
CATALOGUE: dict[str, tuple[str, str]] = {
    "required_missing": ("{column}未填写。", "请填写{column}。"),
    "case_number_invalid": ("{column}“{value}”读不出：{why}", "请按（2026）鲁1602行初12号的样式填写。"),
    "case_number_not_administrative": (
        "案号“{value}”：{why}",
        "本表只报行政诉讼案件，请删去此行或改正案号。",
    ),
    "court_mismatch": ("案号“{value}”属于{why}，不是本院的案件。", "请核对案号，或由该院报送。"),
    "court_unknown": ("案号“{value}”的法院代字“{why}”不在名录中。", "如无误可以提交，由司法局核对法院名录。"),
    "court_elsewhere": ("案号“{value}”的法院代字“{why}”是外市的，不在名录中。", "请核对案号。"),
    "court_unlisted": (
        "案号“{value}”的法院代字“{why}”不在名录中，不知道是哪个法院的案件。",
        "请核对案号；代字无误的，请司法局补入法院名录后再导入。",
    ),
    "several_courts": ("案号“{value}”写了几个法院的案件：{why}。", "请分行填写，一行一个法院。"),
    "defendant_untold": ("{why}，法院通报里没有。", "请核对案号和机关；确属被告的，由法院补报后再导入。"),
    "known_otherwise": (
        "与平台已有的情况不一致：{why}。",
        "以平台已有的为准，这几项没有记入，本行其余照常记入；台账无误的，由法院重新报送。",
    ),
    "document_unclear": (
        "裁判结果“{value}”看不出是{why}。",
        "请填写文书类型，或在裁判结果里写明“判决……”“裁定……”。",
    ),
    "attendance_untold": (
        "写有出庭人“{value}”而没有写明负责人是否出庭。",
        "出庭情况没有记入；请补填“负责人是否出庭”后再导入。",
    ),
    "appearance_undated": (
        "写有负责人出庭情况而没有开庭日期。",
        "出庭情况没有记入，不计入出庭应诉率；请补填“开庭日期”后再导入。",
    ),
    "performance_unread": (
        "履行情况“{value}”看不出履行了没有。",
        "已作为文字留存；如知道，请改为 {why}。",
    ),
    "defendant_new": ("{why}。", "提交后将列为本案被告并起算期限，请核对机关和案号。"),
    "agency_unknown": ("机关名称“{value}”未在名录中。", "请从候选中选定，或改为机关全称。{why}"),
    "agency_ambiguous": ("“{value}”可能指{why}。", "请写明是哪一个机关。"),
    "date_invalid": ("{column}“{value}”读不出：{why}。", "请改为如 {example}。"),
    "date_out_of_month": ("{column}“{value}”不在{why}。", "如无误可以提交。"),
    "date_in_future": (
        "{column}“{value}”在收到通报之日（{why}）以后，不可能已经发生。",
        "请核对；尚未发生的事项，发生后再报。",
    ),
    "date_too_far": ("{column}“{value}”太远，排庭不会晚于 {why}。", "请核对年份。"),
    "hour_contradicts_date": ("{column}“{value}”与{why}不一致。", "请核对，改正其中填错的一个。"),
    "date_before_filing": ("{column}“{value}”早于{why}。", "请核对这两个日期，改正其中填错的一个。"),
    "choice_unknown": ("{column}“{value}”不在可选项中。", "请填写：{why}。"),
    "duplicate_row": ("与{why}完全相同。", "请删去此行。"),
    "conflicts_with_row": ("与{why}说的是同一件事，但内容不一致。", "请核对后保留正确的一行。"),
    "not_on_schedule": ("{why}的开庭不在已收到的排庭表中。", "如属临时排庭可以提交。"),
    "case_unscheduled": ("{why}：没有收到过本案的任何通报，排庭表里也没有。", "请核对案号。"),
    "outcome_unknown": (
        "裁判结果“{value}”未在结果表中。",
        "请改用如 撤销被诉行政行为、驳回原告诉讼请求 的写法，或商请司法局增补。",
    ),
    "outcome_either": ("裁判结果“{value}”没有写明是{why}。", "请写明是哪一种。"),
    "value_too_long": ("{column}有 {why} 个字，过长。", "请缩短，详情可写入备注。"),
    "character_not_allowed": (
        "{column}里有看不见的控制符号（{why}），显示的内容与实际可能不同。",
        "请删去该单元格内容，重新录入。",
    ),
    "rare_character": (
        "{column}“{value}”里有自造字（{why}），别的电脑可能显示不出。",
        "请核对该字，如无误可以提交。",
    ),
    "hearing_unknown": ("{why}判决前没有收到过开庭情况。", "如属书面审理或漏报排庭，可以先提交，再补报。"),
    "origin_unknown": ("{why}，不能与一审案件接上。", "请核对关联案号；如无误可以提交，一审通报后自动接上。"),
    "court_not_competent": (
        "被告只有{why}，依《行政诉讼法》第十五条应由中级人民法院管辖。",
        "如属指定管辖或移送，可以提交。",
    ),
    "later_word": (
        "与后来的通报不一致：{why}。",
        "以后来通报的为准，这几项不改变已有情况，本行其余照常生效；如以本表为准，请勾选“确认无误”。",
    ),
    "head_unnamed": ("负责人出庭而没有写姓名。", "如知道请补上；不补也可以提交。"),
    "period_vague": ("{column}“{value}”算不出是哪一天。", "如裁判写明了期限请补上；不补也可以提交。"),
    "day_off": ("{column}“{value}”是休息日。", "如无误可以提交。"),
    "outcome_of_a_ruling": (
        "文书类型是判决，{column}“{value}”说的却像裁定驳回起诉。",
        "已按判决驳回诉讼请求读取；是裁定的请改文书类型。",
    ),
    "error_value": ("{column}是错误值“{value}”：原来的公式没有算出结果。", "请填写应有的内容。"),
    "formula_not_allowed": ("{column}是公式“{value}”。", "请复制后“选择性粘贴为数值”，再上传。"),
}
ASKED = "如无误，请勾选“确认无误”。"
# Questions that go by the name of a milder remark.
_PUBLISHED = {"case_unscheduled": "not_on_schedule", "court_elsewhere": "court_unknown"}
EXAMPLES = {"开庭时间": "9:00"}
EXAMPLE = "2026-10-28"


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the clerk's own file, or a whole row of it."""

    sheet: str
    row: int
    column: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault or remark, with the place in the clerk's own file."""

    sheet: str
    row: int
    column: str
    cell: str
    value: str
    code: str
    severity: str
    message: str
    fix: str
    asks: bool = False  # whether saying that it is so lets the row in
    about: str = ""  # the row's 案号 and agency, as written

    @property
    def holds(self) -> bool:
        """Whether the row waits until this is put right."""
        return self.severity == "error"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def published(code: str) -> str:
    """The name under which an issue is told."""
    return _PUBLISHED.get(code, code)


def issue(
    code: str, place: Place, *, value: str = "", why: str = "", affirmed: bool = False, about: str = ""
) -> Issue:
    """The issue of that code, worded from the catalogue; `why` completes its sentence.

    A question that was answered (`affirmed`) holds its row no more.
    """
    message, fix = CATALOGUE[code]
    asks = code in QUESTIONS
    seen = value if len(value) <= SHOWN else f"{value[:SHOWN]}…"
    words = {
        "value": seen,
        "column": place.column,
        "why": why.rstrip("。") if code == "date_invalid" else why,
        "example": EXAMPLES.get(place.column, EXAMPLE),
    }
    return Issue(
        place.sheet,
        place.row,
        place.column,
        place.cell,
        seen,
        published(code),
        "warning" if code in WARNINGS or affirmed else "error",
        message.format(**words),
        "已确认无误。"
        if affirmed
        else f"{fix.format(**words)}{ASKED if asks and code not in WARNINGS else ''}",
        asks and not affirmed,
        about,
    )
