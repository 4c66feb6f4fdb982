"""催报 by hand, 电话任务, and what was sent about a case."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.law import current_law
from cases.models import Case, Deadline
from organisations.access import require
from organisations.requests import SignedInRequest, author_of, id_in, query_in
from organisations.roles import Action
from supervision.models import Letter, Message, Reminder
from supervision.reminders.forms import CallForm
from supervision.reminders.urging import note_call, split_by_told_today, urge
from supervision.views.board.board import chosen_duties
from supervision.views.board.rows import row_of, with_names

MOST_URGED = 200


@require_POST
def remind(request: SignedInRequest) -> HttpResponse:
    """催报: first a preview of who gets what and who was already told today, then the sending."""
    require(request.actor, Action.REMIND)
    found = with_names(_picked(request))
    if not found:
        messages.error(request, "请先勾选要提醒的事项。")
        return redirect("supervision:deadlines")
    if request.POST.get("confirmed"):
        urged = urge(found, author=author_of(request), law=current_law())
        skipped = f"；{len(urged.skipped)} 项今天已提醒过，未重复发送" if urged.skipped else ""
        messages.success(request, f"已发出 {len(urged.sent)} 项催报{skipped}。")
        return redirect("supervision:deadlines")
    fresh, skipped_rows = split_by_told_today(found, author=author_of(request))
    context = {
        "fresh": [row_of(deadline, request) for deadline in fresh],
        "skipped": [row_of(deadline, request) for deadline in skipped_rows],
        "breadcrumbs": [
            {"label": "期限", "url": reverse("supervision:deadlines")},
            {"label": "催报预览", "url": ""},
        ],
    }
    return render(request, "supervision/reminders/remind.html", context)


def _picked(request: SignedInRequest) -> Any:
    """The duties that were ticked, or (选中全部符合条件的) the first 200 that the filters of the page leave."""
    duties = Deadline.objects.visible_to(request.actor).duties().open()
    if request.POST.get("all"):
        query = query_in(request)
        if query is None:
            return duties.none()
        _, rows = chosen_duties(request, query)
        return rows.order_by("due_on", "pk")[:MOST_URGED]
    chosen = [id_in(pk) for pk in request.POST.getlist("deadline")[:MOST_URGED]]
    return duties.filter(pk__in=filter(None, chosen))


def call(request: SignedInRequest, pk: int) -> HttpResponse:
    """电话任务: what to say, and what came of it (记一笔)."""
    tasks = Reminder.objects.visible_to(request.actor).filter(phone=True)
    task = get_object_or_404(tasks.select_related("deadline__case", "organisation", "called_by__user"), pk=pk)
    require(request.actor, Action.REMIND)
    form = CallForm(request.POST or None)
    if form.is_valid():
        try:
            note_call(task, note=form.cleaned_data["note"], author=author_of(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "已记一笔，在案件页“已发的提醒和建议书”里可看。")
            return redirect("supervision:desk")
    context = {"task": task, "form": form, "breadcrumbs": [{"label": "电话任务", "url": ""}]}
    return render(request, "supervision/reminders/call.html", context, status=422 if form.errors else 200)


def case_urging(request: SignedInRequest, pk: int) -> HttpResponse:
    """已发的提醒和建议书 of one case, as far as the reader sees its agencies: a part of its page, or a page."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    sent = Reminder.objects.visible_to(request.actor).filter(deadline__case=case)
    messages_sent = Message.objects.select_related("recipient__user")
    context = {
        "case": case,
        "reminders": sent.select_related("deadline", "raised_by__user", "called_by__user").prefetch_related(
            Prefetch("messages", messages_sent)
        )[:MOST_URGED],
        "letters": Letter.objects.visible_to(request.actor)
        .filter(deadline__case=case)
        .select_related("organisation", "deadline"),
        "breadcrumbs": [
            {"label": "案件", "url": reverse("cases:list")},
            {"label": case.number, "url": reverse("cases:detail", args=[pk])},
            {"label": "提醒记录", "url": ""},
        ],
    }
    partial = getattr(request, "htmx", False)
    return render(
        request,
        "supervision/reminders/_urging.html" if partial else "supervision/reminders/case_urging.html",
        context,
    )
