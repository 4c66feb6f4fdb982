"""Signing in and out, changing the password, choosing a post; the page of help."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from organisations import accounts as use_cases
from organisations import audit
from organisations.clock import today
from organisations.forms import LoginForm, NewPasswordForm
from organisations.help_texts import FIRST_STEPS, GLOSSARY, KEYS
from organisations.middleware import POST, ROLE, UNSAVED, start_limits
from organisations.models import Post, User
from organisations.requests import SignedInRequest, author_of


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


def help_page(request: HttpRequest) -> HttpResponse:
    """帮助 and 术语."""
    context = {
        "first_steps": FIRST_STEPS,
        "keys": KEYS,
        "glossary": GLOSSARY,
        "breadcrumbs": [{"label": "帮助", "url": ""}],
    }
    return render(request, "help.html", context)


def _record(request: HttpRequest, verb: str, summary: str, about: User | Post | None) -> None:
    with transaction.atomic():
        audit.record(author_of(request), verb, summary, about=about)
