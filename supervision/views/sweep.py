"""任务和未送达: whether the jobs run, and what could not be delivered, with the reason."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from organisations import audit
from organisations.access import may, region_q, require
from organisations.clock import this_moment
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action
from supervision.models import Message
from supervision.querysets import MessageQuerySet
from supervision.reminders.delivery import send_again
from supervision.sweep.jobs import damaged_files, jobs_at

PER_PAGE = 30


@requires(Action.CHECK_JOBS)
def jobs(request: SignedInRequest) -> HttpResponse:
    """Every job with its last success, and the messages that were given up."""
    context = {
        "damaged": damaged_files(),
        "jobs": jobs_at(this_moment()),
        "waiting": Message.objects.pushed().filter(state=Message.State.WAITING).count(),
        "outages": _outages(),
        "page": page_of(request, _failed(request), PER_PAGE),
        "query": "",
        # Administrators see that something failed, not what it was about.
        "may_read": may(request.actor, Action.READ_DEADLINES),
        "breadcrumbs": [{"label": "任务和未送达", "url": ""}],
    }
    return render(request, "supervision/sweep/jobs.html", context)


@require_POST
@transaction.atomic
def retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """重发: try again what was given up."""
    require(request.actor, Action.CHECK_JOBS)
    message = get_object_or_404(_failed(request), pk=pk)
    return _sent_again(request, Message.objects.filter(pk=message.pk))


@require_POST
@transaction.atomic
def retry_all(request: SignedInRequest) -> HttpResponse:
    """全部重发: try again everything that was given up, of the own region."""
    require(request.actor, Action.CHECK_JOBS)
    return _sent_again(request, _failed(request))


def _sent_again(request: SignedInRequest, failed: MessageQuerySet) -> HttpResponse:
    count = send_again(failed, author=author_of(request))
    if count:
        audit.record(author_of(request), "message.retry", f"重发 {count} 条消息")
        messages.success(request, f"已排队重发 {count} 条。")
    else:
        messages.info(request, "没有未送达的消息，不需要重发。")
    return redirect("supervision:jobs")


def _outages() -> list[dict[str, object]]:
    """The channels that took nothing when last tried, with how much waits for each and what was answered."""
    waiting = Message.objects.pushed().filter(state=Message.State.WAITING, attempts=0).exclude(error="")
    found = waiting.order_by().values("channel").annotate(count=Count("pk"), reason=Max("error"))
    return [{**row, "channel": Message.Channel(row["channel"]).label} for row in found]


def _failed(request: SignedInRequest) -> MessageQuerySet:
    failed = Message.objects.filter(state=Message.State.FAILED).select_related(
        "recipient__user", "recipient__organisation", "reminder__deadline", "digest"
    )
    if request.actor and may(request.actor, Action.READ_DEADLINES):
        failed = failed.filter(region_q(request.actor, "recipient__organisation"))
    return failed.order_by("-pk")
