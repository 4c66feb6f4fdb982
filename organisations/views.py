"""Signing in, changing the password, choosing a post; the three administrators' lists."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from organisations import audit
from organisations.accounts import create_account, end_account, give_post, reset_password, take_post
from organisations.clock import today
from organisations.forms import AccountForm, LoginForm, NewPasswordForm, PostForm
from organisations.middleware import POST, ROLE
from organisations.models import AuditEntry, Post, User
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action

PER_PAGE = 50


class SignIn(LoginView):
    """登录. A new session key, and the default post."""

    template_name = "registration/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        post = Post.objects.active(on=today()).filter(user=form.get_user()).first()
        self.request.session[ROLE] = post.role if post else ""
        self.request.actor = post  # type: ignore[attr-defined]
        with transaction.atomic():
            audit.record(author_of(self.request), "session.start", f"{form.get_user().name} 登录", about=form.get_user())
        return response


class SignOut(LogoutView):
    """退出, by POST only; the browser is asked to forget what it kept."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class ChangePassword(PasswordChangeView):
    """修改密码. Other sessions of the account end."""

    template_name = "registration/password_change.html"
    form_class = NewPasswordForm
    success_url = "/"

    def form_valid(self, form: Any) -> HttpResponse:
        author = author_of(self.request)
        with transaction.atomic():
            form.save(at=author.at)
            audit.record(author, "password.change", "修改密码", about=form.user)
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, "密码已修改。其他设备上的登录已退出。")
        return redirect("home")


@login_not_required
def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords: the lock is for this account from this address only."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {"lock_minutes": minutes, "failure_limit": settings.AXES_FAILURE_LIMIT, "retry_after": minutes * 60}
    return render(request, "429.html", context, status=429)


@require_http_methods(["GET", "POST"])
def role(request: SignedInRequest) -> HttpResponse:
    """切换身份: the session gets a new key, since its rights change."""
    if request.method == "GET":
        return render(request, "registration/role.html", {"breadcrumbs": [{"label": "切换身份", "url": ""}]})
    chosen = next((post for post in request.posts if str(post.pk) == request.POST.get("post")), None)
    if chosen is None:
        messages.error(request, "请选择一个身份。")
        return redirect("role")
    request.session.cycle_key()
    request.session[POST], request.session[ROLE] = chosen.pk, chosen.role
    if request.POST.get("default"):
        with transaction.atomic():
            request.user.posts.update(is_default=False)
            request.user.posts.filter(pk=chosen.pk).update(is_default=True)
    return redirect("home")


@requires(Action.MANAGE_ACCOUNTS)
def accounts(request: SignedInRequest) -> HttpResponse:
    """账号 list and the form for a new one. Its posts are given by another person."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, password = create_account(**form.cleaned_data, author=author_of(request))
        messages.success(request, f"已建立账号 {user.username}，初始密码 {password}，只显示这一次；首次登录须修改。")
        return redirect("organisations:accounts")
    query = request.GET.get("q", "").strip()
    users = User.objects.filter(Q(username__contains=query) | Q(name__contains=query)).order_by("username")
    context = {
        "form": form,
        "query": query,
        "page": Paginator(users.prefetch_related("posts__organisation"), PER_PAGE).get_page(request.GET.get("page")),
        "breadcrumbs": [{"label": "账号", "url": ""}],
    }
    return render(request, "organisations/accounts.html", context, status=_status(form))


@requires(Action.MANAGE_ACCOUNTS)
@require_POST
def account_action(request: SignedInRequest, pk: int) -> HttpResponse:
    """重置密码 or 停用; the person who does it never learns a password that lasts."""
    user = get_object_or_404(User, pk=pk)
    if request.POST.get("action") == "reset":
        password = reset_password(user, author=author_of(request))
        messages.success(request, f"{user.name} 的初始密码为 {password}，只显示这一次；登录后须修改。")
    elif request.POST.get("action") == "end":
        end_account(user, author=author_of(request))
        messages.success(request, f"账号 {user.username} 已停用，已有登录随即失效。")
    return redirect("organisations:accounts")


@requires(Action.GRANT_POSTS)
def grants(request: SignedInRequest) -> HttpResponse:
    """授权: which person acts in which role for which organisation."""
    form = PostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        post = give_post(**form.cleaned_data, author=author_of(request))
        messages.success(request, f"{post.user.name} 已获身份：{post}。")
        return redirect("organisations:grants")
    posts = Post.objects.select_related("user", "organisation").order_by("user__username", "pk")
    context = {
        "form": form,
        "page": Paginator(posts, PER_PAGE).get_page(request.GET.get("page")),
        "breadcrumbs": [{"label": "授权", "url": ""}],
    }
    return render(request, "organisations/grants.html", context, status=_status(form))


@requires(Action.GRANT_POSTS)
@require_POST
def end_grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """撤销身份: it ends with the day before."""
    post = get_object_or_404(Post, pk=pk)
    take_post(post, author=author_of(request))
    messages.success(request, f"{post.user.name} 的身份 {post} 已撤销。")
    return redirect("organisations:grants")


@requires(Action.READ_AUDIT)
def audit_trail(request: SignedInRequest) -> HttpResponse:
    """审计记录, newest first."""
    query = request.GET.get("q", "").strip()
    entries = AuditEntry.objects.visible_to(request.actor).order_by("-pk")
    if query:
        entries = entries.filter(Q(summary__contains=query) | Q(username=query) | Q(verb=query))
    context = {
        "query": query,
        "page": Paginator(entries, PER_PAGE).get_page(request.GET.get("page")),
        "breadcrumbs": [{"label": "审计记录", "url": ""}],
    }
    return render(request, "organisations/audit.html", context)


def help_page(request: HttpRequest) -> HttpResponse:
    """帮助 and 术语."""
    return render(request, "help.html", {"breadcrumbs": [{"label": "帮助", "url": ""}]})


def _status(form: Form) -> int:
    return 422 if form.is_bound and cast(bool, form.errors) else 200
