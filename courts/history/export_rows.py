"""A case as the rows of a ledger: for each defendant its hearings and decisions side by side, each fact once."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

from cases.models import AppearanceStatement, Case, Decision, DecisionOutcome, Hearing, Lane, Obligation
from courts.history.export_words import (
    CERTIFICATE,
    FINDING,
    INSTANCE,
    MODE,
    PROCEDURE,
    RANK,
    STATE,
    absence_words,
    outcome_words,
    performance_words,
    said_of,
    yes_no,
)
from rules.appearance import Source, prevailing
from rules.authority import AuthorityTable, Fact

Values = dict[str, str | date | None]
# What `rows_of` reads of each case, besides its series and its designation.
WITH = (
    "lanes__organisation", "hearings__appearances", "hearings__rulings", "decisions__outcomes__obligation",
)  # fmt: skip


def rows_of(case: Case, authority: AuthorityTable) -> Iterator[Values]:
    """The rows of a case, by the names of the columns; `authority` says whose word about an appearance prevails."""
    for lane in case.lanes.all():
        hearings = [one for one in case.hearings.all() if one.state in STATE]
        outcomes = [one for decision in case.decisions.all() for one in _of_lane(decision, lane)]
        for hearing, outcome in zip_longest(hearings, outcomes) if hearings or outcomes else [(None, None)]:
            yield _row(case, lane, hearing, outcome, authority)


def _of_lane(decision: Decision, lane: Lane) -> Iterator[tuple[Decision, DecisionOutcome]]:
    return ((decision, outcome) for outcome in decision.outcomes.all() if outcome.lane_id == lane.pk)


def _row(
    case: Case,
    lane: Lane,
    hearing: Hearing | None,
    decided: tuple[Decision, DecisionOutcome] | None,
    authority: AuthorityTable,
) -> Values:
    said = standing_statement(hearing, lane, authority) if hearing else None
    if said and not said.counts and _is_exempt(case, lane):
        said = None
    notes = [said.note if said else "", decided[0].note if decided else ""]
    return {
        **_case(case),
        "被诉行政机关": lane.organisation.name,
        **(_hearing(hearing) if hearing else {}),
        **(_appearance(said) if said else {}),
        **(_decision(case, *decided) if decided else {}),
        "备注": "；".join(dict.fromkeys(filter(None, notes))),
    }


def _is_exempt(case: Case, lane: Lane) -> bool:
    """Whether another defendant sends its head (法释〔2020〕3号 第三条): such an absence counts nowhere."""
    designation = getattr(case, "designation", None)
    return designation is not None and designation.lane_id != lane.pk


def _case(case: Case) -> Values:
    return {
        "案号": case.number,
        "审理程序": INSTANCE.get(case.instance, "") + PROCEDURE.get(case.procedure, ""),
        "案由": case.cause,
        "原告": case.plaintiffs,
        "第三人": case.third_parties,
        "承办法官": case.judge,
        "合并审理组": case.series.label if case.series else "",
        "立案日期": case.filed_on,
        "关联案号": case.origin_number,
    }


def _hearing(hearing: Hearing) -> Values:
    return {
        "开庭日期": hearing.day,
        "是否开庭": STATE[hearing.state],
        "法庭": hearing.room,
        "开庭方式": MODE.get(hearing.mode, ""),
    }


def standing_statement(hearing: Hearing, lane: Lane, authority: AuthorityTable) -> AppearanceStatement | None:
    """The statement about a held hearing that a person ruled for, else the one that prevails; as figures take it."""
    if hearing.state != Hearing.State.HELD:
        return None
    said = [one for one in hearing.appearances.all() if one.lane_id == lane.pk and one.attended is not None]
    ruled = {one.statement_id for one in hearing.rulings.all()}
    if chosen := next((one for one in said if one.pk in ruled), None):
        return chosen
    stated: Mapping[Source, AppearanceStatement] = {Source.of(one.stated_by): one for one in said}
    standing = prevailing(stated, authority.of(Fact.APPEARANCE, on=hearing.day).order)
    return standing.value if standing else None


def _appearance(said: AppearanceStatement) -> Values:
    return {
        "负责人是否出庭": yes_no(said.attended),
        "出庭负责人姓名": said.head_name,
        "职务": said.head_position,
        "职级": RANK.get(said.head_rank, ""),
        "身份证明": CERTIFICATE.get(said.id_certificate, ""),
        "未出庭理由": absence_words(said),
        "法院认定": FINDING.get(said.court_finding, ""),
        "工作人员是否出庭": yes_no(said.staff_attended),
        "是否仅律师": yes_no(said.lawyer_only),
        "是否发言": yes_no(said.spoke),
        "是否就化解发表意见": yes_no(said.opinion_given),
        "中途退庭": yes_no(said.left_early),
        "是否发司法建议": yes_no(said.advice_issued),
    }


def _decision(case: Case, decision: Decision, outcome: DecisionOutcome) -> Values:
    """Effect as far as a court said it. A further document of the case has its 之N behind the number."""
    owed = getattr(outcome, "obligation", None)
    return {
        "案号": f"{case.number}之{decision.ordinal}" if decision.ordinal else case.number,
        "裁判日期": decision.decided_on,
        "文书类型": decision.kind,
        "裁判结果": outcome_words(outcome.code, decision.kind, case.instance, said_of(decision)),
        "是否败诉": yes_no(outcome.lost),
        "败诉原因": outcome.lost_reason,
        "送达日期": decision.delivered_on,
        "是否上诉": yes_no(decision.appealed),
        "是否生效": yes_no(decision.in_force),
        "生效日期": decision.in_force_on,
        **(_obligation(owed) if owed else {}),
    }


def _obligation(owed: Obligation) -> Values:
    return {
        "履行内容": owed.content,
        "履行期限": owed.named_on or owed.period_text,
        "履行情况": performance_words(owed),
        "履行日期": owed.performed_on,
    }
