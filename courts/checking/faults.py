"""The faults of a checked workbook, grouped by cause so that one remedy serves all rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ROWS_SHOWN = 200
VALUES_SHOWN = 5
FEWEST_ALIKE = 4  # remarks of one cause that stand in one line rather than one by one
# What a person mends by taking a row out of the file, and what is mended once for all rows that name an agency so.
ABOUT_ROWS = frozenset({"duplicate_row", "conflicts_with_row"})
ABOUT_NAMES = frozenset({"agency_unknown", "agency_ambiguous"})

CAUSES = {
    "required_missing": "必填项未填",
    "case_number_invalid": "案号读不出",
    "case_number_not_administrative": "不是行政诉讼案号",
    "court_mismatch": "不是本院的案号",
    "court_unknown": "法院代字不在名录中",
    "court_unlisted": "法院代字不在名录中",
    "several_courts": "一行有几个法院的案号",
    "defendant_untold": "通报里没有的被告",
    "known_otherwise": "与平台已有的情况不一致",
    "document_unclear": "看不出是判决还是裁定",
    "attendance_untold": "有出庭人而未写是否出庭",
    "appearance_undated": "有出庭情况而无开庭日期",
    "performance_unread": "履行情况读不出",
    "defendant_new": "本案新增的被告",
    "agency_unknown": "机关名称未在名录中",
    "agency_ambiguous": "机关名称可指几个机关",
    "date_invalid": "日期或时间读不出",
    "date_out_of_month": "日期不在通报范围内",
    "date_in_future": "日期在收到通报以后",
    "date_too_far": "开庭日期太远",
    "hour_contradicts_date": "日期与时间不一致",
    "date_before_filing": "日期的先后不对",
    "choice_unknown": "不在可选项中",
    "duplicate_row": "重复行",
    "conflicts_with_row": "几行说法不一",
    "not_on_schedule": "不在排庭表中",
    "outcome_unknown": "裁判结果未在结果表中",
    "outcome_either": "裁判结果有两种可能",
    "value_too_long": "文字过长",
    "error_value": "单元格是错误值",
    "formula_not_allowed": "单元格是公式",
    "character_not_allowed": "含看不见的符号",
    "rare_character": "含自造字",
    "hearing_unknown": "有裁判而无开庭",
    "origin_unknown": "二审未接上一审",
    "later_word": "与后来的通报不一致",
    "head_unnamed": "出庭负责人未写姓名",
    "period_vague": "履行期限不明",
    "day_off": "开庭日是休息日",
    "outcome_of_a_ruling": "判决写成驳回起诉",
    "court_not_competent": "级别管辖待核",
}


@dataclass(frozen=True, slots=True)
class Alike:
    """Remarks that say the same of many rows of one sheet: one line with their number and the rows."""

    issues: list[Mapping[str, Any]]

    @property
    def rows(self) -> str:
        """第 2–14、16 行."""
        return f"第 {'、'.join(_runs([each['row'] for each in self.issues]))} 行"

    @property
    def values(self) -> list[str]:
        """What stands in the cells, each once, a few of them."""
        return list(dict.fromkeys(str(each["value"]) for each in self.issues if each["value"]))[:VALUES_SHOWN]


@dataclass(frozen=True, slots=True)
class Cause:
    """All issues of one code: what is wrong, and in which cells."""

    code: str
    is_error: bool
    issues: list[Mapping[str, Any]]

    @property
    def label(self) -> str:
        return CAUSES[self.code]

    @property
    def is_mended_by_cell(self) -> bool:
        """Whether writing something else into the cell puts it right."""
        return self.is_error and self.code not in ABOUT_ROWS | ABOUT_NAMES

    @property
    def is_answered_by_row(self) -> bool:
        """Whether each row has a field or a box in which somebody answers."""
        return self.is_mended_by_cell or any(each.get("asks") for each in self.issues)

    @property
    def alike(self) -> list[Alike]:
        """The remarks in lines of rows that share sheet, column and remedy; none where few rows are concerned."""
        if self.is_answered_by_row or self.is_error or len(self.issues) < FEWEST_ALIKE:
            return []
        lines: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for each in self.issues:
            lines[each["sheet"], each["column"], each["fix"]].append(each)
        return [Alike(issues) for issues in lines.values()]

    @property
    def shown(self) -> list[Mapping[str, Any]]:
        return self.issues[:ROWS_SHOWN]

    @property
    def left_out(self) -> int:
        return max(0, len(self.issues) - ROWS_SHOWN)


def by_cause(issues: Iterable[Mapping[str, Any]]) -> list[Cause]:
    """Errors first, then remarks; within them the most frequent cause first."""
    grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for found in issues:
        grouped[found["code"]].append(found)
    causes = [Cause(code, found[0]["severity"] == "error", found) for code, found in grouped.items()]
    return sorted(causes, key=lambda cause: (not cause.is_error, -len(cause.issues), cause.code))


def _runs(rows: Iterable[int]) -> list[str]:
    """Row numbers in order, neighbours joined: 2–14, 16."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
