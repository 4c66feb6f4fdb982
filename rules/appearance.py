"""行政机关负责人出庭应诉: what was said about a hearing, and whether it counts as an appearance.

Hearings before 2020-07-01 are judged by 《行诉解释》（法释〔2018〕1号）, later ones by
《最高人民法院关于行政机关负责人出庭应诉若干问题的规定》（法释〔2020〕3号）.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Self, TypeVar

PROVISIONS_SINCE = date(2020, 7, 1)  # 法释〔2020〕3号 in force
PROVISIONS = "《行政机关负责人出庭应诉规定》（法释〔2020〕3号）"
INTERPRETATION = "《行诉解释》（法释〔2018〕1号）"
STATUTE = "《行政诉讼法》"

Statement = TypeVar("Statement")


class Labelled(StrEnum):
    """A choice stored by its English value and shown by its Chinese label."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The choice stored under that value; KeyError when there is none."""
        return {member.value: member for member in cls}[value]


class Attendance(Labelled):
    """What became of the head's duty to appear at one hearing."""

    ATTENDED = "attended", "负责人出庭"
    ABSENT = "absent", "负责人未出庭"
    LEFT_EARLY = "left_early", "中途退庭"
    DEEMED_ABSENT = "deemed_absent", "视为未出庭"
    UNKNOWN = "unknown", "未收到出庭情况"


class HeadRank(Labelled):
    """Who counts as 负责人 (规定第二条)."""

    PRINCIPAL = "principal", "正职"
    DEPUTY = "deputy", "副职"
    OTHER = "other", "其他负责人"


class HeadKind(Labelled):
    """The kinds of heads a roster tells apart (规定第二条第一款); a court's workbook knows three ranks."""

    PRINCIPAL = "principal", "正职负责人"
    DEPUTY = "deputy", "副职负责人"
    DEPUTY_LEVEL = "deputy_level", "参与分管的副职级别负责人"
    OTHER = "other", "其他参与分管的负责人"

    @property
    def rank(self) -> HeadRank:
        return {self.PRINCIPAL: HeadRank.PRINCIPAL, self.DEPUTY: HeadRank.DEPUTY}.get(self, HeadRank.OTHER)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Which kinds of heads may appear, and by which article."""

    kinds: tuple[HeadKind, ...]
    citation: str


def eligibility(*, held_on: date) -> Eligibility:
    """Who counts as a head at a hearing of that day: three kinds until 2020-06-30, four since."""
    if held_on >= PROVISIONS_SINCE:
        return Eligibility(tuple(HeadKind), f"{PROVISIONS}第二条")
    kinds = (HeadKind.PRINCIPAL, HeadKind.DEPUTY, HeadKind.OTHER)
    return Eligibility(kinds, f"{INTERPRETATION}第一百二十八条")


class IdCertificate(Labelled):
    """The court's view of the head's 身份证明 (规定第六条)."""

    ACCEPTED = "accepted", "合格"
    CORRECTED = "corrected", "已补正"
    DEFECTIVE = "defective", "不合格"


class AbsenceGround(Labelled):
    """The grounds on which a head cannot appear (规定第八条), exactly these four."""

    NONE = "none", "未说明理由"
    FORCE_MAJEURE = "force_majeure", "不可抗力"
    ACCIDENT = "accident", "意外事件"
    OFFICIAL_DUTY = "official_duty", "需要履行他人不能代替的公务"
    OTHER = "other", "无法出庭的其他正当事由"


class CourtFinding(Labelled):
    """Whether the court accepted the ground (规定第九条)."""

    ACCEPTED = "accepted", "成立"
    REJECTED = "rejected", "不成立"
    NOT_REVIEWED = "not_reviewed", "未审查"


class Source(Labelled):
    """Who stated a fact, the most authoritative first."""

    COURT = "court", "人民法院"
    OFFICE = "office", "司法局"
    AGENCY = "agency", "被诉行政机关"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceFacts:
    """What is known of one hearing. None means nobody has said."""

    attended: bool | None
    rank: HeadRank | None = None
    own_agency: bool = True  # False: head of a subordinate agency or a delegated organisation
    id_certificate: IdCertificate | None = None
    absence_ground: AbsenceGround = AbsenceGround.NONE
    court_finding: CourtFinding | None = None
    staff_attended: bool | None = None
    lawyer_only: bool = False
    left_early: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one hearing is counted, with the sentence and article that say why.

    `counts` puts it in the numerator of 出庭应诉率, `compliant` in that of 合规率.
    """

    attendance: Attendance
    counts: bool
    justified: bool
    compliant: bool
    reason: str
    citation: str


@dataclass(frozen=True, slots=True)
class Prevailing(Generic[Statement]):
    """The statement that stands, and those that say otherwise."""

    value: Statement
    source: Source
    conflicts: tuple[tuple[Source, Statement], ...]


def judge(facts: AppearanceFacts, *, held_on: date) -> Verdict:
    """Whether a hearing of that day counts as an appearance of the head, is excused, or neither."""
    provisions = held_on >= PROVISIONS_SINCE
    attendance, reason, citation = _attendance(facts, provisions)
    counts = attendance is Attendance.ATTENDED
    justified = attendance is Attendance.ABSENT and facts.court_finding is CourtFinding.ACCEPTED
    if attendance is Attendance.ABSENT:
        reason, citation = _absence(facts, provisions)
    staffed = facts.staff_attended is not False and not facts.lawyer_only
    compliant = counts or (justified and staffed)
    return Verdict(attendance, counts, justified, compliant, reason, citation)


def prevailing(
    statements_by_source: Mapping[Source, Statement | None], order: Iterable[Source] = tuple(Source)
) -> Prevailing[Statement] | None:
    """The first of the statements in that order, by default court before office before agency; None without any."""
    stated = [(source, value) for source in order if (value := statements_by_source.get(source)) is not None]
    if not stated:
        return None
    (source, value), *others = stated
    return Prevailing(value, source, tuple(other for other in others if other[1] != value))


def _attendance(facts: AppearanceFacts, provisions: bool) -> tuple[Attendance, str, str]:
    if facts.attended is None:
        return Attendance.UNKNOWN, "尚未收到负责人出庭情况。", ""
    if not facts.attended:
        return Attendance.ABSENT, "", ""
    if facts.left_early:
        source = f"{PROVISIONS}第十二条第一款第四项" if provisions else f"{STATUTE}第六十六条第二款"
        return Attendance.LEFT_EARLY, "负责人未经法庭许可中途退庭，不计入出庭。", source
    if provisions and not facts.own_agency:
        reason = "出庭人员为下级行政机关或者受委托组织的负责人，不计入负责人出庭。"
        return Attendance.DEEMED_ABSENT, reason, f"{PROVISIONS}第二条第二款"
    if provisions and facts.id_certificate is IdCertificate.DEFECTIVE:
        reason = "身份证明不符合要求且未能补正，视为负责人未出庭。"
        return Attendance.DEEMED_ABSENT, reason, f"{PROVISIONS}第六条第二款"
    rank = facts.rank.label if facts.rank else "负责人"
    source = f"{PROVISIONS}第二条" if provisions else f"{INTERPRETATION}第一百二十八条"
    return Attendance.ATTENDED, f"{rank}出庭应诉，计入出庭。", source


def _absence(facts: AppearanceFacts, provisions: bool) -> tuple[str, str]:
    """Why an absent head is excused or not, and by which article."""
    source = f"{PROVISIONS}第八条、第九条" if provisions else f"{INTERPRETATION}第一百二十九条"
    if facts.court_finding is CourtFinding.ACCEPTED:
        return "负责人未出庭，法院认定理由成立，计入合规、不计入出庭。", source
    if facts.court_finding is CourtFinding.REJECTED:
        return "负责人未出庭，法院认定理由不成立。", source
    if facts.absence_ground is AbsenceGround.NONE:
        return "负责人未出庭，未见书面说明。", source
    return f"负责人未出庭，说明的理由为“{facts.absence_ground.label}”，法院未审查。", source
