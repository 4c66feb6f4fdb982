"""Chainable questions about cases; every list, page, export and figure starts from `visible_to`."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from organisations.access import NOTHING, agency_q, court_q, may
from organisations.roles import AGENCY_ROLES, Action

if TYPE_CHECKING:
    from cases.models import (
        Candidate,
        Case,
        Deadline,
        Decision,
        Discrepancy,
        Hearing,
        Lane,
        Mandate,
        MandatedEntry,
        Paper,
    )
    from organisations.models import Post


def _later_versions(papers: Any, path: str = "") -> models.QuerySet[Any]:
    """The versions after that of the row which is asked about; `path` leads from the row to its paper."""
    same = {name: models.OuterRef(f"{path}{name}") for name in ("lane", "kind", "subject")}
    later: models.QuerySet[Any] = papers._default_manager.filter(
        **same, version__gt=models.OuterRef(f"{path}version")
    )
    return later


def _reads_what_comes_in(actor: "Post") -> bool:
    """Whether the post reads the papers that are delivered to its organisation."""
    return may(actor, Action.READ_FILINGS) or may(actor, Action.REVIEW_PAPERS)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """A case is seen if, and only if, its court or one of its defendants is in the post's scope."""
        defended = self.model._meta.get_field("lanes").related_model
        lanes = defended._default_manager.filter(agency_q(actor, "organisation"))  # type: ignore[union-attr]
        return self.filter(court_q(actor, "court") | Q(pk__in=lanes.values("case")))

    def standing(self) -> Self:
        """Those that were not voided."""
        return self.filter(voided_at=None)


class LaneQuerySet(models.QuerySet["Lane"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Lanes of visible cases: joint defendants see each other's lane."""
        cases = self.model._meta.get_field("case").related_model
        return self.filter(case__in=cases._default_manager.visible_to(actor))  # type: ignore[union-attr]

    def own(self, actor: "Post | None") -> Self:
        """Lanes in which the post may act: those of its own organisation, in cases that were not voided."""
        if actor is None or actor.role not in AGENCY_ROLES:
            return self.none()
        return self.filter(agency_q(actor, "organisation"), case__voided_at=None)


class OfLaneQuerySet(models.QuerySet[Any]):
    """For everything that hangs on a defendant's lane."""

    def visible_to(self, actor: "Post | None") -> Self:
        cases = self.model._meta.get_field("lane").related_model._meta.get_field("case").related_model
        return self.filter(lane__case__in=cases._default_manager.visible_to(actor))


class OwnLaneQuerySet(models.QuerySet[Any]):
    """For what an agency keeps to itself until it hands it in."""

    def visible_to(self, actor: "Post | None") -> Self:
        if actor is None or actor.role not in AGENCY_ROLES:
            return self.none()
        return self.filter(agency_q(actor, "lane__organisation"))


class PaperPartQuerySet(models.QuerySet[Any]):
    """For what belongs to a paper."""

    def visible_to(self, actor: "Post | None") -> Self:
        papers = self.model._meta.get_field("paper").related_model
        return self.filter(paper__in=papers._default_manager.visible_to(actor))


class RectificationMeasureQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Measures of the own agency, or of those of the region."""
        return self.filter(agency_q(actor, "organisation"))

    def standing(self) -> Self:
        """Those of the last version of a paper, and of plans that were not withdrawn."""
        later = _later_versions(self.model._meta.get_field("paper").related_model, "paper__")
        return self.filter(~models.Exists(later), plan__withdrawn_at=None)


class WatchQuerySet(models.QuerySet[Any]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(post=actor) if actor else self.none()


class NoteQuerySet(models.QuerySet[Any]):
    """For what an organisation keeps to itself."""

    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(organisation=actor.organisation_id) if actor else self.none()


class HearingQuerySet(models.QuerySet["Hearing"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Hearings of visible cases; asked case by case, since lists want the next few of many."""
        cases = self.model._meta.get_field("case").related_model
        seen = cases._default_manager.visible_to(actor)  # type: ignore[union-attr]
        return self.filter(models.Exists(seen.filter(pk=models.OuterRef("case"))))

    def held(self) -> Self:
        return self.filter(state="held")

    def upcoming(self, *, on: date) -> Self:
        return self.filter(state="scheduled", day__gte=on)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, actor: "Post | None") -> Self:
        cases = self.model._meta.get_field("case").related_model
        return self.filter(case__in=cases._default_manager.visible_to(actor))  # type: ignore[union-attr]


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """What the post's own agency handed in, what reached its office, and for offices what their region handed in.

        The record of telling the leaders stays in the agency. Courts and joint defendants see no papers.
        """
        if actor is None:
            return self.none()
        in_scope = agency_q(actor, "lane__organisation")
        if actor.role not in AGENCY_ROLES:
            in_scope &= ~Q(kind="leader_report")
        if not _reads_what_comes_in(actor):
            return self.filter(in_scope)
        received = self.model._default_manager.filter(deliveries__recipient=actor.organisation_id)
        return self.filter(in_scope | Q(pk__in=received.values("pk")))

    def newest(self) -> Self:
        """The last version of each paper."""
        return self.filter(~models.Exists(_later_versions(self.model)))

    def received_by(self, actor: "Post | None") -> Self:
        """Papers delivered to the post's own organisation, for those who read for it."""
        if actor is None or not _reads_what_comes_in(actor):
            return self.none()
        return self.filter(deliveries__recipient=actor.organisation_id)


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Deadlines in scope: an agency sees its own lanes, a court none (it owes nothing here)."""
        return self.filter(agency_q(actor, "organisation"))

    def explained_to(self, actor: "Post | None") -> Self:
        """Whoever sees a case may ask how the days on its page came about."""
        cases = self.model._meta.get_field("case").related_model
        seen = Q(case__in=cases._default_manager.visible_to(actor))  # type: ignore[union-attr]
        return self.filter(seen | agency_q(actor, "organisation"))

    def duties(self) -> Self:
        return self.filter(is_duty=True)

    def open(self) -> Self:
        return self.filter(state="open")

    def overdue(self, *, on: date) -> Self:
        return self.open().filter(due_on__lt=on)

    def urged_in_vain(self, *, on: date) -> Self:
        """Overdue, and every step of urging was taken: a person of the office goes on with them."""
        return self.overdue(on=on).filter(is_duty=True, look_on=date.max)


class DeadlineOrderQuerySet(models.QuerySet[Any]):
    """For what a person registered and may withdraw."""

    def visible_to(self, actor: "Post | None") -> Self:
        """What concerns organisations in scope."""
        names = {field.name for field in self.model._meta.fields}
        path = "organisation" if "organisation" in names else "deadline__organisation"
        return self.filter(agency_q(actor, path))

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class DiscrepancyQuerySet(models.QuerySet["Discrepancy"]):
    """Differing statements. Those about cases that were voided meanwhile stay on record."""

    def visible_to(self, actor: "Post | None") -> Self:
        """Of an agency its own lanes, of a court its own cases, of offices those of the region's agencies and courts.

        Joint defendants do not see what is asked of each other.
        """
        return self.filter(agency_q(actor, "lane__organisation") | court_q(actor, "lane__case__court"))

    def open(self) -> Self:
        return self.filter(state="open")

    def asked(self) -> Self:
        """Open ones about which both sides were asked for material."""
        return self.open().exclude(asked_at=None)

    def asked_of(self, actor: "Post | None") -> Self:
        """Of these the ones that the post's organisation sees and has not answered since."""
        since = Q(answers__answered_at__gte=F("asked_at"))
        own = Q(answers__answered_by__organisation=actor.organisation_id if actor else None)
        return (
            self.visible_to(actor).asked().exclude(pk__in=self.model.objects.filter(since, own).values("pk"))
        )

    def of(self, first: date, last: date) -> Self:
        """Those that belong to the days."""
        return self.filter(fact_on__range=(first, last))


def _concerned_q(actor: "Post | None", path: str) -> Q:
    """代录: for those who act for the agency or the court, and those of its office who enter for it or check."""
    if actor and may(actor, Action.NOTIFY):
        return Q(**{path: actor.organisation_id})
    acts = (Action.ACT_FOR_AGENCY, Action.ENTER_FOR, Action.REVIEW_PAPERS)
    return agency_q(actor, path) if any(may(actor, one) for one in acts) else NOTHING


class MandateQuerySet(models.QuerySet["Mandate"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """The agency or court that is entered for, and the offices of its region."""
        return self.filter(_concerned_q(actor, "organisation"))

    def of(self, actor: "Post | None") -> Self:
        """Those under which the post may go on entering: its own, in cases that were not voided."""
        return self.filter(opened_by=actor, lane__case__voided_at=None) if actor else self.none()


class MandatedEntryQuerySet(models.QuerySet["MandatedEntry"]):
    def visible_to(self, actor: "Post | None") -> Self:
        return self.filter(_concerned_q(actor, "mandate__organisation"))

    def unanswered(self) -> Self:
        return self.filter(answer="")

    def contested(self) -> Self:
        """Those with which the agency does not agree, and about which the office did nothing yet."""
        return self.filter(answer="contested", decided_at=None)


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, actor: "Post | None") -> Self:
        """Those of the agencies in scope: the office of their region asks, and who reads there reads along."""
        return self.filter(agency_q(actor, "agency_lane__organisation"))

    def open(self) -> Self:
        return self.filter(state="open")
