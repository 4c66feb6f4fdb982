"""消息中心与提醒设置: what was told, why, and how it should reach the person."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from organisations import audit
from organisations.clock import this_moment, today
from organisations.requests import SignedInRequest, act_in, author_of, page_of
from rules.calendars import DAY
from supervision.board.feeds import open_feed, revoke_feed
from supervision.models import CalendarFeed, LeaveProxy, Message
from supervision.reminders.forms import LeaveForm, PushForm
from supervision.reminders.outbox import setting_of

PER_PAGE = 30
# Single-key shortcuts are switched off for a browser, not for a person: hands differ from desk to desk.
KEYS_COOKIE, KEYS_LAST = "keys", 400 * 24 * 3600
TABS = {"all": "全部", "unread": "未读"}


def inbox(request: SignedInRequest) -> HttpResponse:
    """消息中心: newest first, each with the reason why it came."""
    tab = request.GET.get("tab", "all")
    messages = Message.objects.visible_to(request.actor).in_app()
    if tab == "unread":
        messages = Message.objects.visible_to(request.actor).unread(on=today())
    related = messages.select_related("reminder__deadline__case", "digest", "notice").order_by(
        "-sent_at", "-pk"
    )
    context = {
        "tab": tab if tab in TABS else "all",
        "tabs": TABS,
        "page": page_of(request, related, PER_PAGE),
        "breadcrumbs": [{"label": "消息", "url": ""}],
    }
    return render(request, "supervision/reminders/inbox.html", context)


@require_POST
def read_message(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a message: it is marked read; the duty it tells of stays."""
    messages = Message.objects.visible_to(request.actor).select_related(
        "reminder__deadline", "digest", "notice"
    )
    message = get_object_or_404(messages, pk=pk)
    if message.read_at is None:
        message.read_at = this_moment()
        message.save(update_fields=["read_at"])
    return redirect(message.home_url or "supervision:inbox")


@require_POST
def later(request: SignedInRequest, pk: int) -> HttpResponse:
    """稍后提醒: out of sight until tomorrow; 待办 is not touched by it."""
    message = get_object_or_404(Message.objects.visible_to(request.actor).unread(on=today()), pk=pk)
    message.hidden_until = today() + DAY
    message.save(update_fields=["hidden_until"])
    messages.success(request, "明天再提醒；待办仍在工作台。")
    return redirect(f"{reverse('supervision:desk')}?tab=read")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """全部标为已读. 待办 are not touched by it."""
    unread = Message.objects.visible_to(request.actor).unread(on=today())
    count = unread.update(read_at=this_moment())
    messages.success(request, f"已将 {count} 条消息标为已读；待办不受影响。")
    return redirect("supervision:inbox")


@transaction.atomic
def settings(request: SignedInRequest) -> HttpResponse:
    """提醒设置: channels, hours, 代收人, 日历订阅."""
    if request.actor is None:
        return redirect("home")
    form = PushForm(request.POST or None, instance=setting_of(request.actor.pk))
    if form.is_valid():
        form.save()
        audit.record(author_of(request), "push.set", "修改提醒设置")
        messages.success(request, "已保存提醒设置。")
        return redirect("supervision:settings")
    return _settings_page(request, form, LeaveForm(actor=request.actor, today=today()))


@require_POST
def keys(request: SignedInRequest) -> HttpResponse:
    """Single-key shortcuts of this browser, on or off (WCAG 2.1.4)."""
    answer = redirect("supervision:settings")
    wanted = act_in(request, "on", "off", name="keys")
    if not wanted:
        return answer
    off = wanted == "off"
    messages.success(request, "已关闭这个浏览器的单键快捷键。" if off else "已打开这个浏览器的单键快捷键。")
    answer.set_cookie(
        KEYS_COOKIE, wanted, max_age=KEYS_LAST, secure=request.is_secure(), httponly=True,
        samesite="Lax",
    )  # fmt: skip
    return answer


@require_POST
@transaction.atomic
def add_leave(request: SignedInRequest) -> HttpResponse:
    """代收人: copies go to a colleague of the own organisation for these days."""
    if request.actor is None:
        return redirect("home")
    form = LeaveForm(request.POST, actor=request.actor, today=today())
    if not form.is_valid():
        return _settings_page(request, PushForm(instance=setting_of(request.actor.pk)), form, status=422)
    leave = form.save()
    audit.record(author_of(request), "leave.add", f"设置代收人 {leave}", about=leave)
    messages.success(request, "已设置代收人，休假期间的消息同时抄送。")
    return redirect("supervision:settings")


@require_POST
@transaction.atomic
def drop_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """取消代收."""
    leave = get_object_or_404(LeaveProxy.objects.visible_to(request.actor), pk=pk)
    audit.record(author_of(request), "leave.drop", f"取消代收 {leave}", about=leave)
    leave.delete()
    messages.success(request, "已取消代收。")
    return redirect("supervision:settings")


@require_POST
def new_feed(request: SignedInRequest) -> HttpResponse:
    """建立或重置日历订阅: the address is shown this once."""
    if request.actor is None:
        return redirect("home")
    token = open_feed(author=author_of(request))
    address = request.build_absolute_uri(reverse("supervision:feed", args=[token]))
    form, leave = (
        PushForm(instance=setting_of(request.actor.pk)),
        LeaveForm(actor=request.actor, today=today()),
    )
    return _settings_page(request, form, leave, address=address)


@require_POST
def stop_feed(request: SignedInRequest) -> HttpResponse:
    """停用日历订阅."""
    revoke_feed(author=author_of(request))
    messages.success(request, "已停用，原地址不再有效。")
    return redirect("supervision:settings")


def _settings_page(
    request: SignedInRequest, form: PushForm, leave: LeaveForm, *, status: int = 200, address: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "leave_form": leave,
        "leaves": LeaveProxy.objects.visible_to(request.actor).filter(last__gte=today()),
        "feed": CalendarFeed.objects.visible_to(request.actor).live().first(),
        "address": address,
        "breadcrumbs": [
            {"label": "消息", "url": reverse("supervision:inbox")},
            {"label": "提醒设置", "url": ""},
        ],
    }
    return render(
        request, "supervision/reminders/settings.html", context, status=422 if form.errors else status
    )
