"""The part of the record that a notification speaks of, loaded at once and looked up in memory."""

from collections.abc import Iterable

from django.db.models import Prefetch

from cases.models import (
    AppearanceStatement,
    Case,
    Decision,
    DecisionOutcome,
    Defendant,
    Hearing,
    HearingSession,
    Obligation,
    SeriesGroup,
)

CHUNK = 5000


class KnownCase:
    """A case with its lanes, hearings, statements, decisions and outcomes, by what identifies them."""

    __slots__ = ("case", "decisions", "hearings", "is_new", "lanes", "obligations", "outcomes", "statements")

    def __init__(self, case: Case, *, is_new: bool) -> None:
        self.case, self.is_new = case, is_new
        self.lanes: dict[int, Defendant] = {}
        self.hearings: list[Hearing] = []
        self.statements: dict[tuple[int, int], AppearanceStatement] = {}
        self.decisions: dict[tuple[str, int], Decision] = {}
        self.outcomes: dict[tuple[int, int], DecisionOutcome] = {}
        self.obligations: dict[tuple[int, int], Obligation] = {}

    @classmethod
    def load(cls, case: Case) -> "KnownCase":
        known = cls(case, is_new=False)
        known.lanes = {lane.organisation_id: lane for lane in case.defendants.all()}
        known.hearings = list(case.hearings.all())
        agency = {lane.pk: lane.organisation_id for lane in case.defendants.all()}
        for hearing in known.hearings:
            for said in hearing.court_statements:  # type: ignore[attr-defined]
                known.statements[id(hearing), agency[said.defendant_id]] = said
        for decision in case.decisions.all():
            known.decisions[decision.kind, decision.ordinal] = decision
            for outcome in decision.outcomes.all():
                known.outcomes[id(decision), agency[outcome.defendant_id]] = outcome
                if hasattr(outcome, "obligation"):
                    known.obligations[id(decision), agency[outcome.defendant_id]] = outcome.obligation
        return known


class Book:
    """Known cases by key, and the series of a court by label."""

    def __init__(self, court_id: int, keys: Iterable[str]) -> None:
        self.cases: dict[str, KnownCase] = {}
        wanted = list(dict.fromkeys(keys))
        for start in range(0, len(wanted), CHUNK):
            for case in _cases(wanted[start : start + CHUNK]):
                self.cases[case.key] = KnownCase.load(case)
        self.series = {group.label: group for group in SeriesGroup.objects.filter(court=court_id)}
        self.sessions: dict[tuple[str, object], HearingSession] = {
            (known.case.series.label, hearing.day): hearing.session
            for known in self.cases.values()
            if known.case.series
            for hearing in known.hearings
            if hearing.session
        }


def _cases(keys: list[str]) -> Iterable[Case]:
    said_by_court = Prefetch(
        "appearances", AppearanceStatement.objects.filter(stated_by="court"), to_attr="court_statements"
    )
    return (
        Case.objects.filter(key__in=keys)
        .select_related("series", "dispute", "origin")
        .prefetch_related(
            "defendants",
            Prefetch("hearings", Hearing.objects.select_related("session").prefetch_related(said_by_court)),
            Prefetch("decisions", Decision.objects.prefetch_related("outcomes__obligation")),
        )
    )
