"""排庭 and 出庭: hearings that are set, moved and held, and who appeared at them."""

from datetime import date
from typing import Any

from cases.hearings.verdicts import verdict_of
from cases.intake.joined_hearings import DETAILS, new_day_of
from cases.intake.known_cases import KnownCase
from cases.intake.row_facts import RowFacts
from cases.intake.row_step import RowStep
from cases.models import AppearanceStatement, Hearing, HearingSession, Lane, Source
from rules.appearance import AbsenceGround

STATEMENT_FIELDS = (
    "attended", "head_rank", "id_certificate", "absence_ground", "court_finding", "staff_attended", "lawyer_only",
    "spoke", "opinion_given", "left_early",
)  # fmt: skip


class HearingStep(RowStep):
    """What both sheets of hearings share."""

    def _set(self, known: KnownCase, open_hearing: Hearing | None, values: dict[str, Any]) -> Hearing:
        if open_hearing is None:
            hearing = Hearing(case=known.case, source=self.source, session=self._session(), **values)
            known.hearings.append(hearing)
            self._create(known, hearing)
            return hearing
        known.moves[open_hearing.day] = values["day"]
        self._tell(known, open_hearing, values)
        return open_hearing

    def _open(self, known: KnownCase, day: date) -> Hearing | None:
        """The known hearing that this day is the new day of: only where one may have moved and one day is new."""
        in_file = self.merged.scheduled_days(known.case.key)
        new_days = in_file - {hearing.day for hearing in known.hearings}
        put_off = [h for h in known.hearings if self._is_put_off(known, h.day) and h.day != day]
        left_out = [h for h in known.hearings if h.day not in in_file and self._may_move(known, h, day)]
        movable = put_off or left_out
        return movable[0] if len(movable) == len(new_days) == 1 else None

    def _is_put_off(self, known: KnownCase, day: date) -> bool:
        """Whether this file reports the hearing of that day as 延期."""
        return self.merged.state_of(known.case.key, day) == Hearing.State.POSTPONED

    def _may_move(self, known: KnownCase, hearing: Hearing, day: date) -> bool:
        """Within its month; into another one only if 延期 was reported or it still lies ahead."""
        state = self.merged.state_of(known.case.key, hearing.day) or hearing.state
        if state == Hearing.State.POSTPONED:
            return True
        same_month = (hearing.day.year, hearing.day.month) == (day.year, day.month)
        ahead = hearing.day >= self.origin.author.on and hearing.day < day
        return state == Hearing.State.SCHEDULED and (same_month or ahead)

    def _session(self) -> HearingSession | None:
        """Cases of one series on one day sit together."""
        if not self.row.series:
            return None
        key = (self.row.series, self.row.day)
        if key not in self.known_cases.sessions:
            session = HearingSession(day=self.row.day, room=self.row.hearing.get("room", ""))
            self.known_cases.sessions[key] = session
            self.pending.add(session)
        return self.known_cases.sessions[key]


class ScheduleStep(HearingStep):
    """A row of 排庭."""

    def take(self, known: KnownCase, lane: Lane) -> None:
        """A schedule sets a moved hearing on the list again; it does not undo what was reported of a held one."""
        day, values = self.row.day, self.merged.of_hearing(known.case.key, self.row.day)
        before = self.before.of_hearing(known.case.key, day)
        hearing = known.hearing_on(day) or known.ruled_from(day)
        if hearing is not None:
            self._tell(known, hearing, values, before)
        elif not (before or known.moved_on(day) or (day in known.moves and self._is_put_off(known, day))):
            self._set(known, self._open(known, day), values | {"state": Hearing.State.SCHEDULED})


class AppearanceStep(HearingStep):
    """A row of 出庭."""

    def take(self, known: KnownCase, lane: Lane) -> None:
        hearing = known.hearing_on(self.row.day) or known.ruled_from(self.row.day)
        was_held = self.row.hearing["state"] == Hearing.State.HELD
        if hearing is None and not was_held and self.row.day in known.moves:
            return
        if hearing is None:
            hearing = self._set(known, self._moved_here(known), self.row.hearing)
        elif self._moves(known, hearing):
            return
        else:
            before = self._said_before(known, lane)
            self._tell(known, hearing, self.row.hearing, before.hearing if before else None)
        if was_held and self.row.appearance:
            self._state_appearance(known, hearing, lane)

    def _moved_here(self, known: KnownCase) -> Hearing | None:
        """The hearing whose new day this is, where the same file sets that day, in whatever order its sheets stand."""
        day = self.row.day
        return self._open(known, day) if day in self.merged.scheduled_days(known.case.key) else None

    def _moves(self, known: KnownCase, hearing: Hearing) -> bool:
        """延期 of a hearing whose new day is known already: that is its day from now on."""
        if self.row.hearing["state"] != Hearing.State.POSTPONED:
            return False
        key, month = known.case.key, self.origin.month_key
        days = self.merged.scheduled_days(key) | self.before.scheduled_days(key)
        second = new_day_of(known, hearing, days, month)
        if second is None:
            return False
        known.hearings.remove(second)
        known.moves[hearing.day] = second.day
        self.pending.joined.append((second, hearing))
        self._compute(known, hearing, {name: getattr(second, name) for name in DETAILS})
        return True

    def _state_appearance(self, known: KnownCase, hearing: Hearing, lane: Lane) -> None:
        key, said = (id(hearing), lane.organisation_id), self.row.appearance
        statement = known.statements.get(key)
        if statement is None:
            statement = AppearanceStatement(
                hearing=hearing, lane=lane, stated_by=Source.Kind.COURT, source=self.source, **said
            )
            known.statements[key] = statement
            self._create(known, statement)
        else:
            before = self._said_before(known, lane)
            self._tell(known, statement, said, before.appearance if before else None, whole=True)
        self._compute(known, statement, _judged(statement, hearing.day))

    def _said_before(self, known: KnownCase, lane: Lane) -> RowFacts | None:
        return self.before_of(self.row, f"{known.case.key}|{lane.organisation_id}|{self.row.day}")


def _judged(statement: AppearanceStatement, held_on: date) -> dict[str, Any]:
    """The verdict on what is stated; an absence for which no ground is given has none."""
    stated = {name: getattr(statement, name) for name in STATEMENT_FIELDS}
    if not statement.attended:
        stated["absence_ground"] = stated["absence_ground"] or AbsenceGround.NONE.value
    return {"absence_ground": stated["absence_ground"]} | verdict_of(stated, held_on=held_on)
