"""出庭登记, and who of several defendants comes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from cases.hearings import appearances, designation, nominations
from cases.hearings.forms import AppearanceForm, DesignationForm
from cases.law import current_law
from cases.models import AppearanceStatement, Hearing, Lane, Nomination
from cases.requests.lanes import entered_lane, own_lane, page_after
from cases.views.duty_page import DutyPage, answer
from cases.views.hearings.nomination import hearing_named
from organisations.conflicts import conflict
from organisations.models import Head
from organisations.overtaken import Overtaken
from organisations.requests import SignedInRequest, author_of


def designate(request: SignedInRequest, pk: int) -> HttpResponse:
    """共同被告: whose head appears."""
    lane = own_lane(request, pk)
    form = DesignationForm(request.POST or None, lanes=lane.case.lanes.select_related("organisation"))

    def act() -> HttpResponse:
        cleaned = form.cleaned_data
        designation.designate(
            lane.case, cleaned["lane"], ground=cleaned["ground"], author=author_of(request), law=current_law()
        )
        messages.success(request, f"已登记：由{cleaned['lane'].organisation.name}负责人出庭。")
        return redirect("cases:detail", lane.case_id)

    return answer(request, lane, form, DutyPage("共同被告出庭机关", act, "name_head"))


def appearance(request: SignedInRequest, pk: int) -> HttpResponse:
    """出庭登记 of the agency, for the hearing named in the address."""
    lane = entered_lane(request, pk)
    hearing = hearing_named(request, lane, Hearing.State.SCHEDULED, Hearing.State.HELD)
    if hearing is None:
        raise Http404
    before = AppearanceStatement.objects.filter(hearing=hearing, lane=lane, stated_by="agency").first()
    may = nominations.choices_for(lane, hearing)
    form = AppearanceForm(
        request.POST or None, initial=_stated(before) | _planned(lane, hearing, before), heads=may
    )
    seen = request.POST.get("revision")
    if form.is_valid() and before and seen is not None and seen != str(before.source_id):
        theirs = Overtaken(_stated(before), before.source_id, str(before.source))
        return conflict(request, form, theirs)

    def act() -> HttpResponse:
        appearances.state_appearance(
            lane, hearing, form.statement(), author=author_of(request), law=current_law()
        )
        messages.success(request, "已登记出庭情况。")
        return redirect(page_after(request, lane))

    shown = {
        "hearing": hearing,
        "revision": before.source_id if before else "",
        "together": [one for one in nominations.heard_together(hearing) if one != hearing],
    }
    return answer(request, lane, form, DutyPage("出庭登记", act, shown=shown))


def _planned(lane: Lane, hearing: Hearing, before: AppearanceStatement | None) -> dict[str, Any]:
    """Until something was stated, the head who was to come."""
    if before:
        return {}
    named = Nomination.objects.filter(lane=lane, hearing=hearing, replaced_at=None).first()
    return {"head": named.head_id if named else None}


def _stated(said: AppearanceStatement | None) -> dict[str, Any]:
    if said is None:
        return {}
    words = {True: "yes", False: "no", None: ""}
    head = Head.objects.filter(organisation=said.lane.organisation_id, name=said.head_name).first()
    answers: dict[str, Any] = {name: words[getattr(said, name)] for name in AppearanceForm.ANSWERS}
    return answers | {
        "head": head.pk if head else None,
        "id_certificate": said.id_certificate,
        "held_on": said.held_on if said.held_on != said.hearing.day else None,
        "note": said.note,
    }
