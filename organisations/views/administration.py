"""The three administrators' pages: 账号, 授权, 审计记录."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from organisations import accounts as use_cases
from organisations.clock import today
from organisations.contacts import change_contact
from organisations.forms import AccountForm, ContactForm, PostForm
from organisations.models import AuditEntry, Organisation, Post, User
from organisations.requests import SignedInRequest, act_in, author_of, page_of, requires
from organisations.roles import Action

PER_PAGE = 50


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
def account(request: SignedInRequest, pk: int) -> HttpResponse:
    """One account: how its person is reached; 重置密码, 停用 and 启用, each with what it does."""
    user = get_object_or_404(User, pk=pk)
    form = ContactForm(initial={"phone": user.phone, "email": user.email})
    if request.method == "POST":
        try:
            return _acted_on(request, user)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
            return redirect("organisations:account", pk)
    return _account_page(request, user, form)


def _acted_on(request: SignedInRequest, user: User) -> HttpResponse:
    author = author_of(request)
    match act_in(request, "reset", "resume", "end", "contact", name="action"):
        case "reset":
            return _first_password(request, user, use_cases.reset_for_colleague(user, author=author))
        case "resume":
            return _first_password(request, user, use_cases.resume_account(user, author=author))
        case "end":
            use_cases.end_account(user, author=author)
            messages.success(request, f"账号 {user.username} 已停用，已有登录随即失效。")
        case "contact":
            form = ContactForm(request.POST)
            if not form.is_valid():
                return _account_page(request, user, form)
            change_contact(user, **form.cleaned_data, author=author)
            messages.success(request, f"已保存 {user.username} 的电话和邮箱。")
    return redirect("organisations:account", user.pk)


def _account_page(request: SignedInRequest, user: User, form: ContactForm) -> HttpResponse:
    context = {
        "account": user,
        "form": form,
        "posts": Post.objects.filter(user=user).active(on=today()).select_related("organisation"),
        "breadcrumbs": [
            {"label": "账号", "url": reverse("organisations:accounts")},
            {"label": user.username, "url": ""},
        ],
    }
    return render(request, "organisations/account.html", context, status=_status(form))


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
def end_grant(request: SignedInRequest, pk: int) -> HttpResponse:
    """撤销身份: first what that means, then the deed; it ends with the day before."""
    post = get_object_or_404(Post.objects.select_related("user", "organisation"), pk=pk)
    if request.method != "POST":
        return _end_grant_page(request, post)
    try:
        use_cases.take_post(post, author=author_of(request))
        messages.success(request, f"{post.user.name} 的身份 {post} 已撤销。")
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return redirect("organisations:grants")


def _end_grant_page(request: SignedInRequest, post: Post) -> HttpResponse:
    active = Post.objects.active(on=today()).exclude(pk=post.pk)
    context = {
        "post": post,
        "others": active.filter(user=post.user).select_related("organisation"),
        "colleagues": active.filter(organisation=post.organisation, role=post.role).select_related("user"),
        "breadcrumbs": [
            {"label": "授权", "url": reverse("organisations:grants")},
            {"label": "撤销身份", "url": ""},
        ],
    }
    return render(request, "organisations/end_grant.html", context)


@requires(Action.READ_AUDIT)
def audit_trail(request: SignedInRequest) -> HttpResponse:
    """审计记录, newest first."""
    searched = _searched(request)
    entries = AuditEntry.objects.visible_to(request.actor).order_by("-pk")
    if searched:
        named = Q(username=searched) | Q(verb=searched) | Q(address=searched)
        entries = entries.filter(Q(summary__contains=searched) | named)
    return render(request, "organisations/audit.html", _list_context(request, entries, "审计记录"))


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


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200
