"""How the oracle takes a court's workbook: good rows, field by field, against the version before and later months."""

from datetime import date

from tests.year.events import BY_NAME, Notification, Row
from tests.year.record import Case, Decision, Hearing, Lane, Thing

INSTANCES = {"行初": "first", "行终": "second", "行再": "retrial", "行申": "review"}
STATES = {"是": "held", "延期": "postponed", "取消": "cancelled", "撤诉": "withdrawn"}
Said = dict[tuple[str, str, str], dict[str, str]]
Place = tuple[str, str, str]  # court, month, kind


class Notified:
    """The cases as courts told of them."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}
        self.versions: dict[Place, Said] = {}

    def take(self, sent: Notification) -> None:
        for kind in ("schedule", "appearances", "judgments"):
            rows = [row for row in sent.rows if row.kind == kind and not row.typo]
            if any(row.kind == kind for row in sent.rows):
                self._take(kind, rows, sent)

    def _take(self, kind: str, rows: list[Row], sent: Notification) -> None:
        before = self.versions.get((sent.court, sent.month, kind), {})
        days = {(row.cells["案号"], _day(row.cells, "开庭日期")) for row in rows if kind == "schedule"}
        said = {row.key: row.cells for row in rows}
        standing = before | said if sent.addition else said
        for row in rows:
            step = Step(self, row, before.get(row.key, {}), sent)
            step.served = _served_last(standing, row), _served_last(before, row)
            {"schedule": step.schedule, "appearances": step.appear, "judgments": step.decide}[kind](days)
        self.versions[sent.court, sent.month, kind] = standing


def _served_last(said: Said, row: Row) -> date | None:
    """A document is served when the last of its defendants was, of those that the notification speaks of."""
    case, _, document = row.key
    of_document = [cells for (number, _, what), cells in said.items() if (number, what) == (case, document)]
    days = [_day(cells, "送达日期") for cells in of_document if cells.get("送达日期")]
    return max(days, default=None)


class Step:
    """One row."""

    served: tuple[date | None, date | None] = (
        None,
        None,
    )  # the document by this version, and by the one before

    def __init__(self, record: Notified, row: Row, before: dict[str, str], sent: Notification) -> None:
        self.record, self.cells, self.before, self.sent = record, row.cells, before, sent
        self.case = self._case(row.cells["案号"])
        self.lane = self._lane(BY_NAME[row.cells["被诉行政机关"]].code)

    def _case(self, number: str) -> Case:
        instance = next(name for code, name in INSTANCES.items() if code in number)
        return self.record.cases.setdefault(number, Case(number, instance))

    def _lane(self, agency: str) -> Lane:
        known = self.case.lane_of(agency) if agency not in self.case.lanes else None
        if known:
            return known
        return self.case.lanes.setdefault(agency, Lane(agency, agency, self.sent.day))

    def _tell(self, thing: Thing, name: str, column: str, *, day: bool = False) -> None:
        new, old = self.cells.get(column), self.before.get(column)
        if day:
            new, old = (date.fromisoformat(one) if one else None for one in (new, old))
        thing.tell(name, new, old, self.sent.month, self.sent.day)

    # Hearings

    def schedule(self, days: set[tuple[str, date]]) -> None:
        """A new hearing, or the new day of one that was put off or still lies ahead: one hearing moved, not two."""
        day = _day(self.cells, "开庭日期")
        moved_away = any(old == day for one in self.case.hearings for old, _ in one.moves)
        if self.case.hearing_on(day) or self.before or moved_away:
            return
        known = next((one for one in self.case.hearings if self._moves(one, day, days)), None)
        if known is None:
            self.case.hearings.append(Hearing(day, "scheduled", self.sent.day, self.sent.month))
        else:
            known.moves.append((known.day, self.sent.day))
            known.day, known.state, known.told = day, "scheduled", self.sent.day

    def _moves(self, hearing: Hearing, day: date, days: set[tuple[str, date]]) -> bool:
        if (self.case.number, hearing.day) in days:
            return False
        ahead = self.sent.day <= hearing.day < day or hearing.day.month == day.month
        waits = hearing.state == "scheduled" and ahead
        return hearing.state == "postponed" or waits or self._put_off_here(hearing)

    def _put_off_here(self, hearing: Hearing) -> bool:
        """The same workbook says that it was put off."""
        key = (self.case.number, hearing.day.isoformat())
        return any(
            (row.cells["案号"], row.cells["开庭日期"]) == key and row.cells.get("是否开庭") == "延期"
            for row in self.sent.rows
            if row.kind == "appearances" and not row.typo
        )

    def appear(self, _: object) -> None:
        day, state = _day(self.cells, "开庭日期"), STATES[self.cells.get("是否开庭", "是")]
        hearing = self.case.hearing_on(day)
        if hearing is None and state != "held" and self._was_moved_from(day):
            return
        if hearing is None:
            hearing = Hearing(day, state, self.sent.day, self.sent.month)
            self.case.hearings.append(hearing)
        elif state == "postponed" and (new := self._new_day_of(hearing)):
            self._join(hearing, new)
            return
        elif not self.before or STATES[self.before.get("是否开庭", "是")] != state:
            hearing.state = state
        if state == "held":
            self._state(hearing)

    def _new_day_of(self, hearing: Hearing) -> Hearing | None:
        """The hearing that this month's notification set already, while the row of 延期 was held."""
        later = [
            one
            for one in self.case.hearings
            if one.state == "scheduled" and one.day > hearing.day and one.month == self.sent.month
        ]
        return later[0] if hearing.state == "scheduled" and len(later) == 1 else None

    def _join(self, hearing: Hearing, new: Hearing) -> None:
        """Held and mended, or right at once: one hearing was moved."""
        self.case.hearings.remove(new)
        hearing.moves.append((hearing.day, new.told))
        hearing.day, hearing.told = new.day, new.told
        for lane in self.case.lanes.values():
            for one in (naming for naming in lane.namings if naming.hearing is new):
                one.hearing = hearing

    def _was_moved_from(self, day: date) -> bool:
        return any(old == day for one in self.case.hearings for old, _ in one.moves)

    def _state(self, hearing: Hearing) -> None:
        """What is said of an appearance holds or falls as a whole."""
        said = hearing.statements.setdefault(self.lane.key, Thing())
        columns = (
            "负责人是否出庭",
            "职级",
            "是否发言",
            "法院认定",
            "未出庭理由",
            "工作人员是否出庭",
            "是否仅律师",
        )
        if any(said.overrules(c, self.cells[c], self.sent.month) for c in columns if c in self.cells):
            return
        for column in columns:
            self._tell(said, column, column)

    # Decisions

    def decide(self, _: object) -> None:
        self._tell(self.case, "filed_on", "立案日期", day=True)
        self._tell(self.case, "origin", "关联案号")
        decision = self.case.decisions.setdefault(self.cells["文书类型"], Decision(self.cells["文书类型"]))
        served = decision.get("delivered_on")
        for name, column in (("decided_on", "裁判日期"), ("effective", "生效日期")):
            self._tell(decision, name, column, day=True)
        decision.tell("delivered_on", *self.served, self.sent.month, self.sent.day)
        self._tell(decision, "in_force", "是否生效")
        self._tell(decision, "appealed", "是否上诉")
        if decision.get("delivered_on") != served:
            decision.presumed_on = None
        told = decision.results.setdefault(self.lane.key, Thing())
        for name, column in (("result", "裁判结果"), ("lost", "是否败诉")):
            self._tell(told, name, column)
        self._tell(told, "content", "履行内容")
        self._tell(told, "period", "履行期限")


def _day(cells: dict[str, str], column: str) -> date:
    return date.fromisoformat(cells[column])
