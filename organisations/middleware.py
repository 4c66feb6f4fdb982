"""Sessions that end in time, the active post of a request, and pages that stay private."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now

from organisations.clock import today
from organisations.files import FileDamaged
from organisations.models import Post, User
from organisations.roles import ADMINISTRATORS

GetResponse = Callable[[HttpRequest], HttpResponse]
POST, ROLE, STARTED, SEEN = "post", "role", "started_at", "seen_at"
UNSAVED = "unsaved"  # something was sent after the session had ended
# A session is written at most this often (seconds) to note that it is alive.
SEEN_PRECISION = 20
OPEN_WHILE_PASSWORD_EXPIRED = frozenset({"password_change", "logout", "login", "help"})


def idle_limit(role: str | None) -> timedelta:
    """How long a session in this role may lie idle: 30 minutes, administrators 15."""
    return settings.SESSION_IDLE_ADMINISTRATORS if role in ADMINISTRATORS else settings.SESSION_IDLE


def start_limits(session: SessionBase, post: Post | None) -> None:
    """Let the limits of a session run from now, by the role of its first post."""
    session[STARTED] = session[SEEN] = now().timestamp()
    session[ROLE] = post.role if post else ""


class SessionLimits:
    """End a session after idling (30 minutes; administrators 15) and after twelve hours in any case."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            moment = now().timestamp()
            if _expired(request.session, moment):
                logout(request)
            elif moment - request.session.get(SEEN, 0) > SEEN_PRECISION:
                request.session[SEEN] = moment
                request.session.setdefault(STARTED, moment)
        return self.get_response(request)


def _expired(session: SessionBase, moment: float) -> bool:
    def past(key: str, limit: timedelta) -> bool:
        return bool(moment - session.get(key, moment) >= limit.total_seconds())

    return past(SEEN, idle_limit(session.get(ROLE))) or past(STARTED, settings.SESSION_LIFETIME)


class SignInRequired(LoginRequiredMiddleware):
    """Every page asks for a signed-in person; a part of a page (htmx) gets 401, and the page reacts."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal is not None and request.headers.get("HX-Request") == "true":
            return HttpResponse(
                "登录已过期，请重新登录。", status=401, content_type="text/plain; charset=utf-8"
            )
        if refusal is not None and request.method == "POST":
            # Many addresses take nothing but a press: after signing in, back to the page with the button.
            request.session[UNSAVED] = True
            return redirect_to_login(_page_of_the_button(request))
        return refusal


def _page_of_the_button(request: HttpRequest) -> str:
    """The page of this site from which something was sent; the first page where the browser does not say."""
    page = request.headers.get("Referer", "")
    told = urlsplit(page)
    if not told.netloc or not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return "/"
    return f"{told.path}?{told.query}" if told.query else told.path


class ActiveRole:
    """Give the request its `actor`: the post chosen in this session, else the default one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.posts, request.actor = [], None  # type: ignore[attr-defined]
        user = request.user
        if isinstance(user, User):
            _activate(request, user)
            if _password_expired(user) and not _is_open_then(request):
                return redirect("password_change")
        return self.get_response(request)


def _activate(request: HttpRequest, user: User) -> None:
    active = Post.objects.active(on=today()).filter(user=user)
    posts = list(active.select_related("organisation__region", "user"))
    actor = _chosen(posts, request.session.get(POST))
    request.posts, request.actor = posts, actor  # type: ignore[attr-defined]
    role = actor.role if actor else ""
    if request.session.get(ROLE) != role:
        request.session[ROLE] = role


def _chosen(posts: list[Post], chosen: int | None) -> Post | None:
    return next((post for post in posts if post.pk == chosen), posts[0] if posts else None)


def _password_expired(user: User) -> bool:
    changed = user.password_changed_at
    return user.must_change_password or bool(changed and now() - changed > settings.PASSWORD_LIFETIME)


def _is_open_then(request: HttpRequest) -> bool:
    return resolve(request.path_info).view_name in OPEN_WHILE_PASSWORD_EXPIRED


class PrivatePages:
    """No page of a signed-in person is kept by a browser or a proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class DamagedFiles:
    """Wherever a page needs a kept file that is missing or damaged, the reader is told so (503)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, FileDamaged):
            return None
        return render(request, "organisations/file_damaged.html", status=503)


class PlainAddresses:
    """An address with NUL in it names nothing; no database could even look it up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or any("\0" in each for each in request.GET.values()):
            raise Http404
        return self.get_response(request)
