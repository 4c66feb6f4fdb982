"""排庭 and 出庭: hearings that are set, moved and held, and who appeared at them."""

from datetime import date
from typing import Any

from cases.hearings.verdicts import verdict_of
from cases.intake.known_cases import KnownCase
from cases.intake.row_step import RowStep
from cases.models import AppearanceStatement, Hearing, HearingSession, Lane, Source

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
        self._change(known, open_hearing, values)
        return open_hearing

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
        hearing = known.hearing_on(day)
        if hearing is not None:
            self._change(known, hearing, values)
        elif known.moved_on(day) is None:
            self._set(known, self._open(known, day), values | {"state": Hearing.State.SCHEDULED})

    def _open(self, known: KnownCase, day: date) -> Hearing | None:
        """The known hearing that this day is the new day of: only where one may have moved and one day is new."""
        in_file = self.merged.scheduled_days(known.case.key)
        new_days = in_file - {hearing.day for hearing in known.hearings}
        movable = [h for h in known.hearings if h.day not in in_file and self._may_move(known, h, day)]
        return movable[0] if len(movable) == len(new_days) == 1 else None

    def _may_move(self, known: KnownCase, hearing: Hearing, day: date) -> bool:
        """Within its month; into another one only if 延期 was reported or it still lies ahead."""
        state = self.merged.state_of(known.case.key, hearing.day) or hearing.state
        if state == Hearing.State.POSTPONED:
            return True
        same_month = (hearing.day.year, hearing.day.month) == (day.year, day.month)
        ahead = hearing.day >= self.origin.author.on and hearing.day < day
        return state == Hearing.State.SCHEDULED and (same_month or ahead)


class AppearanceStep(HearingStep):
    """A row of 出庭."""

    def take(self, known: KnownCase, lane: Lane) -> None:
        hearing = known.hearing_on(self.row.day)
        was_held = self.row.hearing["state"] == Hearing.State.HELD
        if hearing is None and not was_held and known.moved_on(self.row.day):
            return
        if hearing is None:
            hearing = self._set(known, None, self.row.hearing)
        else:
            self._change(known, hearing, self.row.hearing)
        if was_held:
            self._state_appearance(known, hearing, lane)

    def _state_appearance(self, known: KnownCase, hearing: Hearing, lane: Lane) -> None:
        key = (id(hearing), lane.organisation_id)
        said = known.statements.get(key)
        stated = {name: getattr(said, name) for name in STATEMENT_FIELDS} if said else {}
        if not self.row.appearance["attended"]:
            stated["absence_ground"] = stated.get("absence_ground") or "none"
        stated |= self.row.appearance
        values = stated | verdict_of(stated, held_on=hearing.day)
        if said is not None:
            self._change(known, said, values)
            return
        statement = AppearanceStatement(
            hearing=hearing, lane=lane, stated_by=Source.Kind.COURT, source=self.source, **values
        )
        known.statements[key] = statement
        self._create(known, statement)
