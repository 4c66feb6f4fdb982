"""出庭负责人: naming, the head's own answer, who of several defendants comes, what happened on the day."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from cases import heads, leaders
from cases.head_forms import AppearanceForm, DeclineForm, DesignationForm, HeadChoiceForm
from cases.law import current_law
from cases.models import AppearanceStatement, Defendant, Hearing, LeaderNotice, Nomination, Paper
from cases.paper_facts import facts_of
from cases.paper_words import fields_of
from cases.views.lanes import Step, answer, own_lane
from organisations.access import require
from organisations.clock import today
from organisations.conflicts import conflict
from organisations.models import Head
from organisations.overtaken import Overtaken
from organisations.requests import SignedInRequest, author_of, id_in, text_in
from organisations.roles import Action


def appoint(request: SignedInRequest, pk: int) -> HttpResponse:
    """确定出庭负责人 for the hearing named in the address, else the next one."""
    lane = own_lane(request, pk)
    hearing = _hearing(request, lane, Hearing.State.SCHEDULED)
    if hearing is None:
        messages.info(request, "本案目前没有待开的庭。法院排庭后可确定出庭负责人。")
        return redirect("cases:detail", lane.case_id)
    if hearing.day < today():
        messages.info(request, "开庭日期已过，不能再确定出庭负责人；请登记当天的出庭情况。")
        return redirect(f"{reverse('cases:appearance', args=[pk])}?about={hearing.pk}")
    may = heads.choices_for(lane, hearing)
    form = HeadChoiceForm(request.POST or None, heads=may)
    standing = set(Nomination.objects.filter(hearing=hearing, replaced_at=None).values_list("pk", flat=True))

    def act() -> HttpResponse:
        told = form.cleaned_data
        named = heads.name_head(
            lane, hearing, told["head"], reason=told["reason"], author=author_of(request), law=current_law()
        )
        asked = "，已列入本人待确认" if told["head"].user_id and not named.confirmed_at else ""
        kept = "仍由" if named.pk in standing else "已确定"
        messages.success(request, f"{kept} {told['head']} 于 {hearing.day} 出庭{asked}。")
        return redirect("cases:detail", lane.case_id)

    shown = {
        "hearing": hearing,
        "together": [one for one in heads.heard_together(hearing) if one != hearing],
        "conflicts": [one for head in may for one in heads.conflicts(head, hearing)],
        "named": Nomination.objects.filter(defendant=lane, hearing=hearing).select_related("named_by__user"),
        "roster_is_empty": not may,
    }
    return answer(request, lane, form, Step("确定出庭负责人", act, "name_head", shown))


def _hearing(request: SignedInRequest, lane: Defendant, *states: str) -> Hearing | None:
    told = lane.case.hearings.filter(state__in=states)
    about = id_in(request.GET.get("about"))
    return told.filter(pk=about).first() if about else told.order_by("day").first()


def confirm_head(request: SignedInRequest, pk: int) -> HttpResponse:
    """The head's page: one button to confirm, one way to say that it cannot be."""
    nomination = to_answer(request, pk)
    if nomination.replaced_at:
        messages.info(
            request,
            f"这次开庭的出庭负责人已于 {localtime(nomination.replaced_at):%m-%d %H:%M} 更换，不需要再确认。",
        )
        return redirect("supervision:desk")
    decline = DeclineForm(request.POST if request.POST.get("do") == "decline" else None)
    if request.method == "POST" and not decline.is_bound:
        heads.confirm_head(nomination, author=author_of(request))
        messages.success(request, "已确认出庭。")
        return redirect("supervision:desk")
    if decline.is_bound and decline.is_valid():
        reason = decline.cleaned_data["reason"]
        heads.decline_head(nomination, reason=reason, author=author_of(request), law=current_law())
        messages.success(
            request, "已记录。本单位“确定出庭负责人”的待办已重新打开，联络员在工作台和案件页可见。"
        )
        return redirect("supervision:desk")
    context = {
        "nomination": nomination,
        "form": decline,
        "breadcrumbs": [{"label": "确认出庭", "url": ""}],
    }
    return render(request, "cases/confirm_head.html", context, status=422 if decline.is_bound else 200)


def to_answer(request: SignedInRequest, pk: int) -> Nomination:
    """A nomination that the caller sees (else 404) and may answer (else 403)."""
    nomination = get_object_or_404(
        Nomination.objects.visible_to(request.actor).select_related(
            "hearing__case__court", "defendant__organisation", "head"
        ),
        pk=pk,
    )
    require(request.actor, Action.CONFIRM_HEAD)
    if not Defendant.objects.own(request.actor).filter(pk=nomination.defendant_id).exists():
        raise PermissionDenied("这次开庭由其他机关的负责人确认。")
    named = nomination.head.user_id if nomination.head else None
    if named and request.actor and named != request.actor.user_id:
        raise PermissionDenied(f"这次开庭由{nomination}本人确认。")
    return nomination


def leader_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """呈阅 before a head: 已知悉, with or without an opinion."""
    notice = get_object_or_404(
        LeaderNotice.objects.visible_to(request.actor).select_related(
            "defendant__case__court",
            "defendant__organisation",
            "defendant__receipt",
            "head",
            "paper",
            "asked_by__user",
        ),
        pk=pk,
    )
    if request.method == "POST":
        return _answer_notice(request, notice)
    context = {
        "notice": notice,
        "may_answer": leaders.is_for(notice, request.actor) and notice.answered_at is None,
        "facts": facts_of(notice.defendant, Paper.Kind.DEFENCE_REPORT),
        "content": _shown(notice),
        "files": [name.rpartition(" ")[0] for name in notice.content.get("attachments", [])],
        "breadcrumbs": [{"label": notice.get_kind_display(), "url": ""}],
    }
    return render(request, "cases/leader_notice.html", context)


def _answer_notice(request: SignedInRequest, notice: LeaderNotice) -> HttpResponse:
    opinion, agreed = text_in(request, "opinion"), request.POST.get("do") != "refuse"
    try:
        leaders.answer_notice(notice, opinion=opinion, agreed=agreed, author=author_of(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("cases:leader_notice", notice.pk)
    messages.success(request, "已阅示。" if agreed else "已退回修改，联络员在报送页可见。")
    return redirect("supervision:desk")


def _shown(notice: LeaderNotice) -> list[tuple[str, str]]:
    """What is to be approved, in the words of the form."""
    said, fields = notice.content, fields_of(Paper.Kind.DEFENCE_REPORT)
    return [
        (str(field.label), "\n".join(said[name])) for name, field in fields.items() if said.get(name, [""])[0]
    ]


def designate(request: SignedInRequest, pk: int) -> HttpResponse:
    """共同被告: whose head appears."""
    lane = own_lane(request, pk)
    form = DesignationForm(request.POST or None, lanes=lane.case.defendants.select_related("organisation"))

    def act() -> HttpResponse:
        told = form.cleaned_data
        heads.designate(
            lane.case, told["lane"], ground=told["ground"], author=author_of(request), law=current_law()
        )
        messages.success(request, f"已登记：由{told['lane'].organisation.name}负责人出庭。")
        return redirect("cases:detail", lane.case_id)

    return answer(request, lane, form, Step("共同被告出庭机关", act, "name_head"))


def appearance(request: SignedInRequest, pk: int) -> HttpResponse:
    """出庭登记 of the agency, for the hearing named in the address."""
    lane = own_lane(request, pk)
    hearing = _hearing(request, lane, Hearing.State.SCHEDULED, Hearing.State.HELD)
    if hearing is None:
        raise Http404
    before = AppearanceStatement.objects.filter(hearing=hearing, defendant=lane, stated_by="agency").first()
    may = heads.choices_for(lane, hearing)
    form = AppearanceForm(
        request.POST or None, initial=_stated(before) | _planned(lane, hearing, before), heads=may
    )
    seen = request.POST.get("revision")
    if form.is_valid() and before and seen is not None and seen != str(before.source_id):
        theirs = Overtaken(_stated(before), before.source_id, str(before.source))
        return conflict(request, form, theirs)

    def act() -> HttpResponse:
        heads.state_appearance(lane, hearing, form.told(), author=author_of(request), law=current_law())
        messages.success(request, "已登记出庭情况。")
        return redirect("cases:detail", lane.case_id)

    shown = {
        "hearing": hearing,
        "revision": before.source_id if before else "",
        "together": [one for one in heads.heard_together(hearing) if one != hearing],
    }
    return answer(request, lane, form, Step("出庭登记", act, shown=shown))


def _planned(lane: Defendant, hearing: Hearing, before: AppearanceStatement | None) -> dict[str, Any]:
    """Until something was stated, the head who was to come."""
    if before:
        return {}
    named = Nomination.objects.filter(defendant=lane, hearing=hearing, replaced_at=None).first()
    return {"head": named.head_id if named else None}


def _stated(said: AppearanceStatement | None) -> dict[str, Any]:
    if said is None:
        return {}
    words = {True: "yes", False: "no", None: ""}
    head = Head.objects.filter(organisation=said.defendant.organisation_id, name=said.head_name).first()
    told: dict[str, Any] = {name: words[getattr(said, name)] for name in AppearanceForm.ANSWERS}
    return told | {
        "head": head.pk if head else None,
        "id_certificate": said.id_certificate,
        "note": said.note,
    }


def nomination_of(request: SignedInRequest, pk: int) -> Nomination:
    """A standing nomination that the reader sees, for its certificate."""
    try:
        return (
            Nomination.objects.visible_to(request.actor)
            .select_related("hearing__case__court", "defendant__organisation", "head")
            .get(pk=pk, replaced_at=None)
        )
    except Nomination.DoesNotExist as error:
        raise Http404 from error
