"""呈阅 and 审签 before a head."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases.models import LeaderNotice, Paper
from cases.papers import leaders
from cases.papers.kinds import KINDS
from cases.papers.known_facts import facts_of
from cases.papers.labels import fields_of
from cases.papers.matters import Matter
from organisations.requests import SignedInRequest, act_in, author_of, text_in


def leader_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """呈阅 before a head: 已知悉, with or without an opinion."""
    notice = get_object_or_404(
        LeaderNotice.objects.visible_to(request.actor).select_related(
            "lane__case__court",
            "lane__organisation",
            "lane__service_receipt",
            "head",
            "paper",
            "asked_by__user",
        ),
        pk=pk,
    )
    if request.method == "POST":
        return _answer_notice(request, notice)
    return _page(request, notice)


def _page(
    request: SignedInRequest, notice: LeaderNotice, typed: str = "", *, status: int = 200
) -> HttpResponse:
    context = {
        "typed": typed,
        "notice": notice,
        "may_answer": leaders.is_for(notice, request.actor) and notice.answered_at is None,
        "facts": facts_of(notice.lane, KINDS[Paper.Kind.DEFENCE_REPORT], Matter()),
        "content": _shown(notice),
        "files": [name.rpartition(" ")[0] for name in notice.content.get("attachments", [])],
        "breadcrumbs": [{"label": notice.get_kind_display(), "url": ""}],
    }
    return render(request, "cases/papers/leader_notice.html", context, status=status)


def _answer_notice(request: SignedInRequest, notice: LeaderNotice) -> HttpResponse:
    opinion, act = text_in(request, "opinion"), act_in(request, "agree", "refuse")
    if not act:
        return _page(request, notice, opinion, status=422)
    agreed = act == "agree"
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
