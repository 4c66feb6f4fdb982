"""A lane in which court and agency speak of everything, alike until a test lets one of them say otherwise."""

from datetime import date, datetime

import pytest
from django.utils.timezone import make_aware

from cases.comparison.finding import find_discrepancies
from cases.models import AppearanceStatement, Discrepancy, PerformanceEntry, Source
from organisations.authors import Author
from tests.factories import (
    MOMENT,
    AppearanceStatementFactory,
    CaseFactory,
    DecisionFactory,
    DecisionOutcomeFactory,
    HearingFactory,
    LaneFactory,
    ObligationFactory,
    PaperFactory,
    PaperFileFactory,
    SourceFactory,
    organisation,
)

SYSTEM = Author(MOMENT)


def by_agency(agency="371602-ZRZY", post=None):
    return SourceFactory(kind=Source.Kind.AGENCY, organisation=organisation(agency), stated_by=post)


class Scene:
    """The objects of one lane, and short ways to say something in it."""

    def __init__(self, cast, law):
        self.cast, self.law = cast, law
        self.case = CaseFactory()
        self.lane = LaneFactory(case=self.case)
        self.hearing = HearingFactory(case=self.case, day=date(2026, 9, 16), state="held")
        self.court = AppearanceStatementFactory(lane=self.lane, hearing=self.hearing)
        self.decision = DecisionFactory(case=self.case, in_force=True, effect="confirmed")
        self.outcome = DecisionOutcomeFactory(decision=self.decision, lane=self.lane)

    def agency_says(self, hearing=None, **facts):
        """What the agency states of the hearing; the same as the court where nothing else is said."""
        said = {"attended": True, "head_name": "方清远", "head_rank": "principal", "counts": True} | facts
        return AppearanceStatement.objects.create(
            hearing=hearing or self.hearing, lane=self.lane, stated_by="agency",
            source=by_agency(post=self.cast.post.liaison), **said,
        )  # fmt: skip

    def files(self, kind="judgment_filing", *, version=1, **content):
        """A paper about the decision, with a file."""
        received = {"received_on": "2026-09-24"} if kind == "judgment_filing" else {}
        return PaperFactory(
            lane=self.lane, kind=kind, decision=self.decision, subject=f"decision:{self.decision.pk}",
            submitted_by=self.cast.post.liaison, content=received | content, version=version,
            source=by_agency(post=self.cast.post.liaison),
        )  # fmt: skip

    def proven(self, paper, file):
        PaperFileFactory(paper=paper, file=file)
        return paper

    def reports(self, kind="done", *, on=date(2026, 10, 8), office=False, **entry):
        """A line of the ledger, of the agency or of the office that tells what the court did."""
        obligation = getattr(self.outcome, "obligation", None) or ObligationFactory(outcome=self.outcome)
        post = self.cast.post.office_clerk if office else self.cast.post.liaison
        said = {"verdict": "none" if office else "waiting", "state_before": "not_due", "text": "已办理"}
        return PerformanceEntry.objects.create(
            obligation=obligation, lane=self.lane, kind=kind, happened_on=on, entered_at=MOMENT, entered_by=post,
            submission_key=f"{kind}{on}{self.lane.pk}",
            source=SourceFactory(kind="office" if office else "agency"), **(said | entry),
        )  # fmt: skip

    def find(self, author=SYSTEM):
        return find_discrepancies([self.lane.pk], law=self.law, author=author)

    def found(self):
        """What is open, as fact and the two words."""
        rows = Discrepancy.objects.filter(state="open").order_by("fact", "pk")
        return [(one.fact, one.court_says, one.agency_says) for one in rows]

    def only(self):
        self.find()
        return Discrepancy.objects.get()


@pytest.fixture
def scene(cast, law, today):
    return Scene(cast, law)


@pytest.fixture
def office(cast):
    return Author(make_aware(datetime(2026, 10, 15, 10, 0)), cast.post.office_clerk)
