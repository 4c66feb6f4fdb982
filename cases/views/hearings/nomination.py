"""确定出庭负责人, and the head's own answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from cases.hearings import nominations
from cases.hearings.forms import DeclineForm, HeadChoiceForm
from cases.law import current_law
from cases.models import Hearing, Lane, Nomination
from cases.requests.lanes import entered_lane, page_after, under
from cases.requests.nominations import to_answer
from cases.views.duty_page import DutyPage, answer
from organisations.clock import today
from organisations.requests import SignedInRequest, act_in, author_of, id_in


def appoint(request: SignedInRequest, pk: int) -> HttpResponse:
    """确定出庭负责人 for the hearing named in the address, else the next one."""
    lane = entered_lane(request, pk)
    hearing = hearing_named(request, lane, Hearing.State.SCHEDULED)
    if hearing is None:
        messages.info(request, "本案目前没有待开的庭。法院排庭后可确定出庭负责人。")
        return redirect(page_after(request, lane))
    if hearing.day < today():
        messages.info(request, "开庭日期已过，不能再确定出庭负责人；请登记当天的出庭情况。")
        return redirect(under(request, f"{reverse('cases:appearance', args=[pk])}?about={hearing.pk}"))
    return _choice(request, lane, hearing)


def _choice(request: SignedInRequest, lane: Lane, hearing: Hearing) -> HttpResponse:
    may = nominations.choices_for(lane, hearing)
    form = HeadChoiceForm(request.POST or None, heads=may)
    standing = set(Nomination.objects.filter(hearing=hearing, replaced_at=None).values_list("pk", flat=True))

    def act() -> HttpResponse:
        cleaned = form.cleaned_data
        named = nominations.name_head(
            lane,
            hearing,
            cleaned["head"],
            reason=cleaned["reason"],
            author=author_of(request),
            law=current_law(),
        )
        asked = "，已列入本人待确认" if cleaned["head"].user_id and not named.confirmed_at else ""
        kept = "仍由" if named.pk in standing else "已确定"
        messages.success(request, f"{kept} {cleaned['head']} 于 {hearing.day} 出庭{asked}。")
        return redirect(page_after(request, lane))

    shown = {
        "absence_url": under(request, f"{reverse('cases:absence', args=[lane.pk])}?about={hearing.pk}"),
        "hearing": hearing,
        "together": [one for one in nominations.heard_together(hearing) if one != hearing],
        "conflicts": [one for head in may for one in nominations.conflicts(head, hearing)],
        "named": Nomination.objects.filter(lane=lane, hearing=hearing).select_related("named_by__user"),
        "roster_is_empty": not may,
        "roster_url": _roster(request),
    }
    return answer(request, lane, form, DutyPage("确定出庭负责人", act, "name_head", shown))


def _roster(request: SignedInRequest) -> str:
    """Where a head is put on the roster: by the agency itself, or by the office that enters for it."""
    behalf = author_of(request).behalf
    return reverse("cases:entered_head", args=[behalf.mandate]) if behalf else reverse("cases:roster")


def hearing_named(request: SignedInRequest, lane: Lane, *states: str) -> Hearing | None:
    hearings = lane.case.hearings.filter(state__in=states)
    about = id_in(request.GET.get("about"))
    return hearings.filter(pk=about).first() if about else hearings.order_by("day").first()


def confirm_head(request: SignedInRequest, pk: int) -> HttpResponse:
    """The head's page: one button to confirm, one way to say that it cannot be."""
    nomination = to_answer(request, pk)
    if nomination.replaced_at:
        messages.info(
            request,
            f"这次开庭的出庭负责人已于 {localtime(nomination.replaced_at):%m-%d %H:%M} 更换，不需要再确认。",
        )
        return redirect("supervision:desk")
    act = act_in(request, "confirm", "decline") if request.method == "POST" else ""
    if act == "confirm":
        nominations.confirm_head(nomination, author=author_of(request))
        messages.success(request, "已确认出庭。")
        return redirect("supervision:desk")
    decline = DeclineForm(request.POST or None)
    if act == "decline" and decline.is_valid():
        return _decline(request, nomination, decline.cleaned_data["reason"])
    context = {
        "nomination": nomination,
        "form": decline,
        "breadcrumbs": [{"label": "确认出庭", "url": ""}],
    }
    return render(
        request, "cases/hearings/confirm_head.html", context, status=422 if request.method == "POST" else 200
    )


def _decline(request: SignedInRequest, nomination: Nomination, reason: str) -> HttpResponse:
    nominations.decline_head(nomination, reason=reason, author=author_of(request), law=current_law())
    messages.success(request, "已记录。本单位“确定出庭负责人”的待办已重新打开，联络员在工作台和案件页可见。")
    return redirect("supervision:desk")
