"""How each kind of paper is written: what it is about, what its last button says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.models import Decision, Defendant, Hearing, Incoming, Paper
from organisations.requests import SignedInRequest, id_in

Kind = Paper.Kind


@dataclass(frozen=True, slots=True)
class Matter:
    """What a paper is about beside the lane."""

    decision: Decision | None = None
    hearing: Hearing | None = None
    incoming: Incoming | None = None

    def about(self) -> dict[str, Any]:
        """As the fields of a submission."""
        return {"decision": self.decision, "hearing": self.hearing, "incoming": self.incoming}


def _nothing(request: SignedInRequest, lane: Defendant) -> Matter:
    return Matter()


def _decision_or_none(request: SignedInRequest, lane: Defendant) -> Matter:
    about = id_in(request.GET.get("about"))
    of_lane = Decision.objects.filter(case=lane.case, outcomes__defendant=lane)
    found = of_lane.filter(pk=about).first() if about else of_lane.order_by("-decided_on").first()
    return Matter(decision=found)


def _decision(request: SignedInRequest, lane: Defendant) -> Matter:
    matter = _decision_or_none(request, lane)
    if matter.decision is None:
        raise Http404
    return matter


def _hearing(request: SignedInRequest, lane: Defendant) -> Matter:
    about = id_in(request.GET.get("about"))
    told = lane.case.hearings.filter(state__in=(Hearing.State.HELD, Hearing.State.SCHEDULED)).order_by("-day")
    found = get_object_or_404(told, pk=about) if about else told.first()
    if found is None:
        raise Http404
    return Matter(hearing=found)


def _incoming(request: SignedInRequest, lane: Defendant) -> Matter:
    standing = Incoming.objects.standing().filter(defendant=lane)
    return Matter(incoming=get_object_or_404(standing, pk=id_in(request.GET.get("about")) or 0))


@dataclass(frozen=True, slots=True)
class PaperPage:
    """How one kind of paper is written: what it is about, what its last button says. Its form: `paper_words.FORMS`."""

    matter: Callable[[SignedInRequest, Defendant], Matter]
    verb: str = "报送司法局"
    rule: str = ""


PAGES: dict[str, PaperPage] = {
    Kind.LEADER_REPORT: PaperPage(_nothing, "登记汇报"),
    Kind.DEFENCE_REPORT: PaperPage(_nothing),
    Kind.JUDGMENT_FILING: PaperPage(_decision_or_none, "提交备案"),
    Kind.EFFECT_CONFIRMATION: PaperPage(_decision, "提交生效确认"),
    Kind.LOST_CASE_REPORT: PaperPage(_decision),
    Kind.ABSENCE: PaperPage(_hearing),
    Kind.ADVICE_REPLY: PaperPage(_incoming, rule="judicial_advice_reply"),
}

# The names of the pages, by the paper they write.
URL_KINDS: dict[str, str] = {
    "report_up": Kind.LEADER_REPORT,
    "defence_report": Kind.DEFENCE_REPORT,
    "judgment_filing": Kind.JUDGMENT_FILING,
    "effect_confirmation": Kind.EFFECT_CONFIRMATION,
    "lost_report": Kind.LOST_CASE_REPORT,
    "absence": Kind.ABSENCE,
    "advice_reply": Kind.ADVICE_REPLY,
}
