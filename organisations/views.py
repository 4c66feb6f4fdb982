"""Signing in, changing the password, choosing a post; the three administrators' lists."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from organisations import accounts as use_cases
from organisations import audit
from organisations.clock import today
from organisations.forms import AccountForm, LoginForm, NewPasswordForm, PostForm
from organisations.help_texts import FIRST_STEPS, GLOSSARY, KEYS
from organisations.middleware import POST, ROLE, UNSAVED, start_limits
from organisations.models import AuditEntry, Organisation, Post, User
from organisations.requests import SignedInRequest, act_in, author_of, page_of, requires
from organisations.roles import Action

PER_PAGE = 50


class SignIn(LoginView):
    """登录. A new session key, and the default post."""

    template_name = "registration/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        unsaved = self.request.session.pop(UNSAVED, False)
        response = super().form_valid(form)
        if unsaved:
            messages.warning(self.request, "登录已过期，刚才按的没有保存，请再按一次。")
        post = (
            Post.objects.active(on=today()).filter(user=user).select_related("organisation", "user").first()
        )
        start_limits(self.request.session, post)
        self.request.actor = post  # type: ignore[attr-defined]
        _record(self.request, "session.start", f"{user.name} 登录", user)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        # Only names of accounts are kept: a password typed into the wrong field must not enter the trail.
        named = User.objects.filter(username=form.data.get("username", "").replace("\0", "")).first()
        who = f"账号 {named.username}" if named else "不存在的账号"
        locked = getattr(self.request, "axes_locked_out", False)
        _record(self.request, "session.locked" if locked else "session.refused", f"{who} 登录未成功", named)
        return self.render_to_response(self.get_context_data(form=form), status=422)


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """退出, by POST only; the browser is asked to forget what it kept."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            _record(request, "session.end", f"{request.user.name} 退出", request.user)
        response = super().post(request, *args, **kwargs)
        messages.success(request, "已退出登录。已保存的内容都在，下次登录可继续。")
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class ChangePassword(PasswordChangeView):
    """修改密码. Other sessions of the account end."""

    template_name = "registration/password_change.html"
    form_class = NewPasswordForm
    extra_context = {"breadcrumbs": [{"label": "修改密码", "url": ""}]}

    def form_valid(self, form: Any) -> HttpResponse:
        use_cases.change_password(
            form.user, form.cleaned_data["new_password1"], author=author_of(self.request)
        )
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, "密码已修改，其他设备上的登录已退出。")
        return redirect("home")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]
) -> HttpResponse:
    """Too many wrong passwords: the lock is for this account from this address only."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"lock_minutes": minutes, "failure_limit": settings.AXES_FAILURE_LIMIT}
    answer = render(request, "429.html", context, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: SignedInRequest) -> HttpResponse:
    """切换身份: the session gets a new key, since its rights change."""
    if request.method != "POST":
        return render(request, "registration/role.html", {"breadcrumbs": [{"label": "切换身份", "url": ""}]})
    chosen = next((post for post in request.posts if str(post.pk) == request.POST.get("post")), None)
    if chosen is None:
        messages.error(request, "请选择一个身份。")
        return redirect("role")
    request.session.cycle_key()
    request.session[POST], request.session[ROLE] = chosen.pk, chosen.role
    request.actor = chosen
    _record(request, "session.role", f"{request.user.name} 切换身份：{chosen}", chosen)
    if request.POST.get("default"):
        use_cases.prefer_post(chosen)
    return redirect("home")


@requires(Action.MANAGE_ACCOUNTS)
def accounts(request: SignedInRequest) -> HttpResponse:
    """账号 list and the form for a new one. Its posts are given by another person."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, password = use_cases.create_account(**form.cleaned_data, author=author_of(request))
        return _first_password(request, user, password)
    searched = _searched(request)
    users = User.objects.filter(Q(username__contains=searched) | Q(name__contains=searched)).order_by(
        "username"
    )
    context = _list_context(request, users.prefetch_related("posts__organisation"), "账号") | {"form": form}
    return render(request, "organisations/accounts.html", context, status=_status(form))


@requires(Action.MANAGE_ACCOUNTS)
@require_POST
def account_action(request: SignedInRequest, pk: int) -> HttpResponse:
    """重置密码, 停用 or 启用."""
    user, author = get_object_or_404(User, pk=pk), author_of(request)
    try:
        match act_in(request, "reset", "resume", "end", name="action"):
            case "reset":
                return _first_password(request, user, use_cases.reset_for_colleague(user, author=author))
            case "resume":
                return _first_password(request, user, use_cases.resume_account(user, author=author))
            case "end":
                use_cases.end_account(user, author=author)
                messages.success(request, f"账号 {user.username} 已停用，已有登录随即失效。")
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("organisations:accounts")


@requires(Action.GRANT_POSTS)
def grants(request: SignedInRequest) -> HttpResponse:
    """授权: which person acts in which role for which organisation."""
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            post = use_cases.give_post(**form.cleaned_data, author=author_of(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{post.user.name} 已获身份：{post}。")
            return redirect("organisations:grants")
    searched, day = _searched(request), today()
    posts = Post.objects.filter(Q(user__username__contains=searched) | Q(user__name__contains=searched))
    posts = posts.select_related("user", "organisation").order_by("user__username", "pk")
    context = _list_context(request, posts, "授权") | {
        "form": form,
        "today": day,
        "organisations": Organisation.objects.existing(on=day).values_list("name", flat=True),
    }
    return render(request, "organisations/grants.html", context, status=_status(form))


@requires(Action.GRANT_POSTS)
@require_POST
def end_grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """撤销身份: it ends with the day before."""
    post = get_object_or_404(Post, pk=pk)
    try:
        use_cases.take_post(post, author=author_of(request))
        messages.success(request, f"{post.user.name} 的身份 {post} 已撤销。")
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("organisations:grants")


@requires(Action.READ_AUDIT)
def audit_trail(request: SignedInRequest) -> HttpResponse:
    """审计记录, newest first."""
    searched = _searched(request)
    entries = AuditEntry.objects.visible_to(request.actor).order_by("-pk")
    if searched:
        named = Q(username=searched) | Q(verb=searched) | Q(address=searched)
        entries = entries.filter(Q(summary__contains=searched) | named)
    return render(request, "organisations/audit.html", _list_context(request, entries, "审计记录"))


def help_page(request: HttpRequest) -> HttpResponse:
    """帮助 and 术语."""
    context = {
        "first_steps": FIRST_STEPS,
        "keys": KEYS,
        "glossary": GLOSSARY,
        "breadcrumbs": [{"label": "帮助", "url": ""}],
    }
    return render(request, "help.html", context)


def _first_password(request: SignedInRequest, user: User, password: str) -> HttpResponse:
    """Shown in this answer, not after a redirect: so it is kept nowhere, not even in a cookie."""
    context = {
        "account": user,
        "password": password,
        "breadcrumbs": [
            {"label": "账号", "url": reverse("organisations:accounts")},
            {"label": "初始密码", "url": ""},
        ],
    }
    return render(request, "organisations/first_password.html", context)


def _searched(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()


def _list_context(request: HttpRequest, rows: QuerySet[Any], label: str) -> dict[str, Any]:
    """One page of a searchable list."""
    searched = _searched(request)
    return {
        "searched": searched,
        "query": urlencode({"q": searched}) if searched else "",
        "page": page_of(request, rows, PER_PAGE),
        "breadcrumbs": [{"label": label, "url": ""}],
    }


def _record(request: HttpRequest, verb: str, summary: str, about: User | Post | None) -> None:
    with transaction.atomic():
        audit.record(author_of(request), verb, summary, about=about)


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200
