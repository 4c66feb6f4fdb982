"""The annexes of bulletins: the ranking, the cases without a head, what is overdue. Party names are masked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from cases.models import Case
from cases.papers.kinds import BY_RULE
from reports.bulletins.material import Material
from reports.bulletins.tables import Block, Row, table
from reports.figures.appearances import HeardLane
from reports.figures.duties import DutyFacts
from reports.figures.entries import Entry
from reports.figures.printing import DASH
from reports.scoring.ranking import Group, Standing, group_label
from rules.names import mask_parties
from rules.ranking import Ranked

Annex = dict[str, Any]
CARRIED = "注：含以前届满仍未履行的；逾期天数计至数据截至日，期末之后履行的写明履行日。"
NAMED = 5  # a longer list of units without a rank is told by its number


def ranking_annex(material: Material) -> Annex | None:
    """排名表 of every group, with those not ranked named and why."""
    if material.ranking is None:
        return None
    scheme = material.ranking.scheme
    basis = f"计分依据：{scheme.name}，版本{scheme.version}。满分100分，扣分明细可在平台逐案查看。"
    blocks = [
        _group_block(group, group_label(group.key, material.region)) for group in material.ranking.groups
    ]
    return {"title": f"{material.period.label}行政应诉工作排名表", "blocks": [*blocks, _note(basis)]}


def _group_block(group: Group, label: str) -> Block:
    """The places of a group; where nobody is ranked, a note that says why."""
    columns = [
        ("名次", "center", "14%"),
        ("单位", "left", "46%"),
        ("得分", "right", "13%"),
        ("等次", "center", "12%"),
        ("开庭（件）", "right", ""),
    ]
    note = _unranked(group.unranked)
    if not group.ranked:
        return _note(f"{label}：{note}")
    rows = [_place(place) for place in group.ranked]
    made = table(label, columns, rows, f"注：{note}" if note else "")
    return made | {"scores": [place.row.code for place in group.ranked]}


def _place(place: Ranked[Standing]) -> Row:
    unit = place.row
    rank = f"{'并列' if place.tied else ''}{place.rank}{'（暂计）' if unit.gaps else ''}"
    return [rank, unit.name, str(unit.score.total), unit.score.grade, str(unit.heard)]


def ledger_annex(material: Material) -> Annex | None:
    """计分明细: every line that cost points, by unit."""
    if material.ranking is None:
        return None
    columns = [
        ("单位", "left", "20%"),
        ("扣分", "right", "9%"),
        ("案号", "left", "30%"),
        ("事由", "left", ""),
    ]
    rows = [
        [place.row.name, str(line.points), line.case, line.reason]
        for group in material.ranking.groups
        for place in group.ranked
        for line in place.row.score.ledger
    ]
    return {
        "title": "计分明细",
        "blocks": [table("", columns, rows)] if rows else _none("本期没有扣分事项。"),
    }


def absence_annex(material: Material) -> Annex:
    """未出庭案件清单."""
    lanes = _without_head(material)
    cases = Case.objects.filter(pk__in={lane.case for lane in lanes})
    plaintiffs: dict[int | None, str] = dict(cases.values_list("pk", "plaintiffs"))
    columns = [
        ("序号", "center", "7%"),
        ("案号", "left", "24%"),
        ("被诉行政机关", "left", "22%"),
        ("原告", "left", "13%"),
        ("情况", "left", ""),
    ]
    rows = [
        [
            str(number),
            lane.id,
            _agency(material, lane),
            mask_parties(plaintiffs[lane.case]) or DASH,
            _why(lane.facts),
        ]
        for number, lane in enumerate(lanes, start=1)
    ]
    blocks = [table("", columns, rows)] if rows else _none("本期没有负责人未出庭的案件。")
    return {"title": "负责人未出庭案件清单", "blocks": blocks}


def _without_head(material: Material) -> list[Entry]:
    """The lanes with a duty and no head, in cases that count as not appeared."""
    absent = {unit.case for unit in material.measures["appearance_rate"].total.rest}
    return [
        lane
        for lane in material.populations.appearances
        if lane.case in absent
        and not lane.facts.reason
        and not any(said.counts for said in lane.facts.stated)
    ]


def overdue_annex(material: Material) -> Annex:
    """逾期未履行、未报告清单."""
    tables = [_overdue_obligations(material), _late_papers(material)]
    blocks = [made for made in tables if made] or _none("本期没有逾期未履行、未报告事项。")
    return {"title": "逾期未履行、未按期报告备案清单", "blocks": blocks}


def _overdue_obligations(material: Material) -> Block | None:
    overdue = {unit.id for unit in material.measures["performance_rate"].total.rest}
    entries = [entry for entry in material.populations.obligations if entry.id in overdue]
    columns = [
        ("案号 · 机关", "left", "45%"),
        ("单位", "left", "25%"),
        ("履行期限", "center", "17%"),
        ("逾期（天）", "right", ""),
    ]
    rows = [
        [
            entry.id,
            _agency(material, entry),
            entry.facts.due_on.isoformat(),
            _overdue_words(entry.facts, material.populations.on),
        ]
        for entry in entries
    ]
    return (
        table(
            "逾期未履行",
            columns,
            rows,
            CARRIED,
        )
        if rows
        else None
    )


def _overdue_words(duty: DutyFacts, on: date) -> str:
    """How many days it is overdue; done after the period, that too."""
    return f"{duty.done_later} 履行" if duty.done_later else str(duty.days_after_due(on))


def _late_papers(material: Material) -> Block | None:
    columns = [
        ("案号 · 机关", "left", "45%"),
        ("事项", "left", "20%"),
        ("期限", "center", "17%"),
        ("情况", "left", ""),
    ]
    rows = []
    for entry in material.populations.papers:
        duty = entry.facts
        if duty.missed:
            done = duty.done_on or duty.done_later
            late = f"迟报{duty.days_after_due(done)}天" if done else "未报"
            rows.append([entry.id, BY_RULE[duty.rule].label, duty.due_on.isoformat(), late])
    return table("未按期报告、备案", columns, rows) if rows else None


def _agency(material: Material, entry: Entry) -> str:
    return material.populations.agencies[entry.agency].name


def _why(lane: HeardLane) -> str:
    return "".join(dict.fromkeys(said.verdict for said in lane.stated)) or "尚未收到出庭情况"


def _unranked(units: Sequence[Standing]) -> str:
    """Who is not ranked, under each reason; long lists by number."""
    by_reason: dict[str, list[str]] = {}
    for unit in units:
        by_reason.setdefault(unit.unranked, []).append(unit.name)
    parts = [
        f"{'、'.join(names) if len(names) <= NAMED else f'{len(names)}家不排名'}：{reason}"
        for reason, names in by_reason.items()
    ]
    return f"{'；'.join(parts)}。" if parts else ""


def _note(text: str) -> Block:
    return {"kind": "note", "text": text}


def _none(text: str) -> list[Block]:
    return [{"kind": "paragraph", "text": text}]
