"""The heads of the agencies and how they appear in court."""

from dataclasses import dataclass, field
from random import Random

from binzhou_litigation.demo import plan
from binzhou_litigation.demo.agencies import Agency
from binzhou_litigation.demo.people import person

_PRINCIPAL_SHARE = 0.12  # 正职 appear in about one hearing of eight
_OTHER_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the court reports about one agency in one sitting."""

    agency: Agency
    head: str
    post: str
    rank: str
    attended: bool = True
    identity: str = "合格"
    reason: str = ""
    finding: str = ""
    staff: bool = True
    lawyer_only: bool = False
    spoke: bool = True
    resolution: bool = True
    left_early: bool = False
    advice: bool = False


@dataclass(slots=True)
class Heads:
    """The heads of every agency met so far: the principal first, then two deputies."""

    rng: Random
    names: dict[str, list[str]] = field(default_factory=dict)

    def appearance(self, agency: Agency, conduct: str) -> Appearance:
        """How the agency appeared; `conduct` is one of the plan's peculiarities or empty."""
        if conduct in _ABSENT:
            reason, finding, staff = _ABSENT[conduct]
            unfounded = finding != "成立"
            return Appearance(
                agency, "", "", "", False, "", reason, finding, staff,
                lawyer_only=not staff, spoke=False, resolution=False, advice=unfounded,
            )  # fmt: skip
        head, post, rank = self._who(agency)
        return Appearance(
            agency,
            head,
            post,
            rank,
            identity=_IDENTITY.get(conduct, "合格"),
            spoke=conduct != plan.SILENT,
            resolution=conduct not in {plan.SILENT, plan.LEFT_EARLY},
            left_early=conduct == plan.LEFT_EARLY,
            advice=conduct == plan.LEFT_EARLY,
        )

    def _who(self, agency: Agency) -> tuple[str, str, str]:
        """Name, post and rank of the head who comes this time."""
        if agency.code not in self.names:
            self.names[agency.code] = [person(self.rng) for _ in range(3)]
        principal, *deputies = self.names[agency.code]
        draw = self.rng.random()
        if draw < _PRINCIPAL_SHARE:
            return principal, agency.title, "正职"
        if draw < _PRINCIPAL_SHARE + _OTHER_SHARE:
            return deputies[1], "党组成员", "其他负责人"
        return deputies[0], "副" + agency.title, "副职"


# The reason given, what the court found (《负责人出庭应诉规定》第八条、第九条), and whether staff came.
_ABSENT = {
    plan.ABSENT_DUTY: ("需要履行他人不能代替的公务", "成立", True),
    plan.ABSENT_ILL: ("意外事件（突发疾病住院）", "成立", True),
    plan.ABSENT_SILENT: ("", "不成立", True),
    plan.LAWYER_ONLY: ("", "不成立", False),
}
_IDENTITY = {plan.NO_IDENTITY: "不合格", plan.MENDED: "已补正"}
