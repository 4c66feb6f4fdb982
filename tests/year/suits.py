"""Suits as courts see them: filed, set down, moved, heard, decided, served, appealed, sent back, retried."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.year.events import UPPER, Agency, Row
from tests.year.mailing import NEVER, Mail

DAY = timedelta(days=1)
# Document, words of the court, and how often.
FIRST = (
    ("判决", "驳回原告诉讼请求", 5), ("判决", "撤销被诉行政行为", 2), ("判决", "撤销并责令重新作出行政行为", 4),
    ("判决", "责令采取补救措施", 2), ("判决", "判决赔偿", 2), ("判决", "限期履行法定职责", 2), ("判决", "确认违法", 1),
    ("裁定", "驳回起诉", 2), ("裁定", "准许撤回起诉", 1), ("裁定", "改变行政行为后撤诉", 1), ("调解书", "调解", 1),
)  # fmt: skip
SECOND = {
    "判决": (("判决", "驳回上诉，维持原判", 5), ("裁定", "撤销原判，发回重审", 2), ("判决", "依法改判", 1),
           ("裁定", "准许撤回上诉", 1), ("裁定", "准许撤回起诉", 1)),
    "裁定": (("裁定", "驳回上诉，维持原裁定", 3), ("裁定", "指令审理", 1), ("裁定", "准许撤回上诉", 1)),
}  # fmt: skip
RETRIAL = (("判决", "再审维持原判", 2), ("裁定", "终结再审程序", 1), ("判决", "依法改判", 1))
REVIEW = (("裁定", "驳回再审申请", 1),)
STANDS = ("驳回上诉", "准许撤回上诉")  # how a second instance begins that leaves the first standing
LOST = {
    "撤销被诉行政行为", "撤销并责令重新作出行政行为", "责令采取补救措施", "判决赔偿", "限期履行法定职责", "确认违法",
}  # fmt: skip
OWING = {"撤销并责令重新作出行政行为", "责令采取补救措施", "限期履行法定职责", "判决赔偿"}
APPEALABLE = {"驳回起诉"}


@dataclass
class Sitting:
    """A hearing: its day at first and in the end, and from when each day was told."""

    day: date
    told_on: date
    held: bool = True
    moved_to: date | None = None
    moved_told: date | None = None
    told_held: date | None = None

    @property
    def final_day(self) -> date:
        return self.moved_to or self.day


@dataclass
class Suit:
    """A case of one instance as it really is, with the days on which the platform is told."""

    number: str
    court: str
    instance: str
    filed_on: date
    agencies: list[Agency]
    origin: "Suit | None" = None
    sittings: list[Sitting] = field(default_factory=list)
    told_on: date = NEVER
    document: str = ""
    result: str = ""
    decided_on: date = NEVER
    decision_told: date = NEVER
    served_on: date = NEVER
    service_told: date = NEVER
    appealed_by: str = ""
    appeal: "Suit | None" = None
    retrial: "Suit | None" = None

    @property
    def is_open_to_appeal(self) -> bool:
        return self.instance == "first" and (self.document == "判决" or self.result in APPEALABLE)


class Docket:
    """All suits of the year."""

    def __init__(self, rng: Random, mail: Mail, last: date) -> None:
        self.rng, self.mail, self.last = rng, mail, last
        self.suits: list[Suit] = []
        self.serials: dict[tuple[str, str], int] = {}

    def open(self, number: int, filed_on: date, court: str, agencies: list[Agency]) -> None:
        """A dispute with all that follows from it."""
        self._hear(self._suit(court, "行初", "first", filed_on, agencies, None))

    def _suit(
        self, court: str, kind: str, instance: str, on: date, agencies: list[Agency], origin: Suit | None
    ) -> Suit:
        serial = self.serials[court, kind] = self.serials.get((court, kind), 0) + 1
        made = Suit(f"（2026）{court}{kind}{serial}号", court, instance, on, agencies, origin)
        self.suits.append(made)
        return made

    def _around(self, first: int, last: int) -> timedelta:
        return self.rng.randint(first, last) * DAY

    def _weekday(self, day: date) -> date:
        return day + max(0, 7 - day.isoweekday() + 1) * DAY if day.isoweekday() > 5 else day

    # Before the decision

    def _hear(self, suit: Suit) -> None:
        """Set down, perhaps moved or put off, held; a higher court may go without, a review does."""
        heard_on = suit.filed_on
        if suit.instance == "first" or (suit.instance != "review" and self.rng.random() < 0.6):
            heard_on = self._sit(suit)
        self._decide(suit, heard_on)

    def _sit(self, suit: Suit) -> date:
        known = suit.filed_on + self._around(5, 15)
        sitting = Sitting(self._weekday(known + self._around(18, 45)), NEVER)
        suit.sittings.append(sitting)
        sitting.told_on = suit.told_on = self._schedule(suit, known, sitting.day)
        if self.rng.random() < 0.3 and sitting.told_on < sitting.day:
            self._move(suit, sitting)
        self._hold(suit, sitting)
        return sitting.final_day

    def _schedule(self, suit: Suit, known: date, day: date) -> date:
        return self._tell(
            suit, known, "schedule", lambda _: {"开庭日期": day.isoformat(), "开庭时间": "9:00"}
        )

    def _move(self, suit: Suit, sitting: Sitting) -> None:
        """To a later day: told while the old one lies ahead, or, with 延期, after it.

        An addition leaves what the month said before: it puts a hearing off in words.
        """
        known = sitting.day - self._around(2, 12)
        new = self._weekday(sitting.day + self._around(8, 25))
        told = self.mail.told_on(suit.court, known)
        is_late = known < sitting.told_on or told >= sitting.day
        if is_late or self.mail.is_addition(suit.court, told):
            known = sitting.day
            self._tell_hearing(suit, known, sitting.day, "延期")
        sitting.moved_to, sitting.moved_told = new, self._schedule(suit, known, new)

    def _hold(self, suit: Suit, sitting: Sitting) -> None:
        day = sitting.final_day
        if self.rng.random() < 0.08:
            sitting.held = False
            sitting.told_held = self._tell_hearing(suit, day, day, "取消")
            return
        told = {"开庭日期": day.isoformat(), "是否开庭": "是"}
        sitting.told_held = self._tell(suit, day, "appearances", lambda _: told | self._appearance())

    def _tell_hearing(self, suit: Suit, known: date, day: date, state: str) -> date:
        cells = {"开庭日期": day.isoformat(), "是否开庭": state, "负责人是否出庭": "否"}
        return self._tell(suit, known, "appearances", lambda _: cells)

    def _appearance(self) -> dict[str, str]:
        if self.rng.random() < 0.7:
            rank, spoke = self.rng.choice(["正职", "副职", "副职"]), self.rng.choice(["是", "是", "否", ""])
            came = {"负责人是否出庭": "是", "出庭负责人姓名": "张某某", "职务": "局长", "职级": rank}
            return came | {"是否发言": spoke}
        ground = {"未出庭理由": "需要履行他人不能代替的公务", "工作人员是否出庭": "是", "是否仅律师": "否"}
        found = self.rng.choice(["成立", "不成立", ""])
        return {"负责人是否出庭": "否"} | ({**ground, "法院认定": found} if found else {})

    # The decision and after

    def _decide(self, suit: Suit, heard_on: date) -> None:
        suit.document, suit.result = self._outcome(suit)
        suit.decided_on = heard_on + self._around(4, 30)
        suit.served_on = suit.decided_on + self._around(1, 12)
        owed = self._owed(suit)
        suit.decision_told = self._tell_decision(suit, suit.decided_on, owed, served=False)
        suit.service_told = self._tell_decision(suit, suit.served_on, owed, served=True)
        if suit.told_on == NEVER:
            suit.told_on = suit.decision_told
        if suit.served_on < self.last:
            self._follow(suit)

    def _outcome(self, suit: Suit) -> tuple[str, str]:
        named = {"first": FIRST, "retrial": RETRIAL, "review": REVIEW}
        among = named.get(suit.instance) or SECOND[suit.origin.document]
        chosen = self.rng.choices(among, [weight for *_, weight in among])[0]
        return chosen[0], chosen[1]

    def _owed(self, suit: Suit) -> dict[str, str]:
        if suit.result not in OWING:
            return {}
        named = (suit.decided_on + 75 * DAY).isoformat()
        words = ["", "判决生效之日起60日内", "判决生效之日起30日内", f"{named}前"]
        period = self.rng.choice(words)
        return {"履行内容": "按判决履行", "履行期限": period} if period else {}

    def _tell_decision(self, suit: Suit, known: date, more: dict[str, str], *, served: bool) -> date:
        cells = {
            "立案日期": suit.filed_on.isoformat(), "裁判日期": suit.decided_on.isoformat(),
            "文书类型": suit.document, "裁判结果": suit.result,
        }  # fmt: skip
        cells |= {"送达日期": suit.served_on.isoformat()} if served else {}
        cells |= {"关联案号": suit.origin.number} if suit.origin else {}
        cells |= {"是否败诉": "是"} if suit.result == "依法改判" else {}
        return self._tell(suit, known, "judgments", lambda _: cells | more)

    def _tell(self, suit: Suit, known: date, kind: str, cells: Callable[[Agency], dict[str, str]]) -> date:
        """One row for each defendant, with the court's next workbook; returns its day."""
        told = NEVER
        for agency in suit.agencies:
            named = {"案号": suit.number, "被诉行政机关": agency.name}
            told = self.mail.put(suit.court, known, Row(kind, named | cells(agency)))
        return told

    def _follow(self, suit: Suit) -> None:
        if suit.is_open_to_appeal and self.rng.random() < 0.35:
            self._appeal(suit)
        elif suit.is_open_to_appeal and self.rng.random() < 0.3:
            in_force = suit.served_on + self._around(16, 19)
            more = {"是否生效": "是", "生效日期": in_force.isoformat()}
            self._tell_decision(suit, in_force, self._owed_again(suit) | more, served=True)
        elif suit.instance == "second" and suit.result == "撤销原判，发回重审":
            self._send_back(suit)
        if self._is_final(suit) and self.rng.random() < 0.25:
            self._retry(suit)

    def _is_final(self, suit: Suit) -> bool:
        """It took effect, by itself or because the higher court left it standing."""
        alone = suit.instance == "first" and suit.document == "判决" and not suit.appeal
        return alone or (suit.instance == "second" and suit.result.startswith(STANDS))

    def _retry(self, suit: Suit) -> None:
        """再审: the application is turned down (行申), or the case is tried again (行再)."""
        kind, instance = self.rng.choice([("行申", "review"), ("行再", "retrial"), ("行再", "retrial")])
        on = suit.served_on + self._around(25, 70)
        suit.retrial = self._suit(UPPER, kind, instance, on, suit.agencies, suit)
        self._hear(suit.retrial)

    def _owed_again(self, suit: Suit) -> dict[str, str]:
        """What the court said was owed, said once more."""
        rows = [row for _, row in self.mail.waiting[suit.court] if row.cells["案号"] == suit.number]
        return {name: rows[-1].cells[name] for name in ("履行内容", "履行期限") if name in rows[-1].cells}

    def _appeal(self, suit: Suit) -> None:
        suit.appealed_by = self.rng.choice(["agency", "told", "silent"])
        if suit.appealed_by == "told":
            known = suit.served_on + self._around(8, 15)
            self._tell_decision(suit, known, self._owed_again(suit) | {"是否上诉": "是"}, served=True)
        on = suit.served_on + self._around(15, 30)
        suit.appeal = self._suit(UPPER, "行终", "second", on, suit.agencies, suit)
        self._hear(suit.appeal)

    def _send_back(self, suit: Suit) -> None:
        below = suit.origin
        on = suit.served_on + self._around(5, 15)
        self._hear(self._suit(below.court, "行初", "first", on, below.agencies, None))
