"""Sessions that end in time, the active post of a request, and pages that stay private."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.timezone import now

from organisations.clock import today
from organisations.models import Post
from organisations.roles import ADMINISTRATORS

GetResponse = Callable[[HttpRequest], HttpResponse]
POST, ROLE, STARTED, SEEN = "post", "role", "started_at", "seen_at"
# A session is written at most this often (seconds) to note that it is alive.
SEEN_PRECISION = 20
OPEN_WHILE_PASSWORD_EXPIRED = frozenset({"password_change", "logout", "login", "help"})


class SessionLimits:
    """End a session after idling (30 minutes; administrators 15) and after twelve hours in any case."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            moment = now().timestamp()
            if self._expired(request, moment):
                logout(request)
            elif moment - request.session.get(SEEN, 0) > SEEN_PRECISION:
                request.session[SEEN] = moment
                request.session.setdefault(STARTED, moment)
        return self.get_response(request)

    def _expired(self, request: HttpRequest, moment: float) -> bool:
        def past(key: str, limit: timedelta) -> bool:
            return moment - request.session.get(key, moment) >= limit.total_seconds()

        return past(SEEN, _idle_limit(request)) or past(STARTED, settings.SESSION_LIFETIME)


def _idle_limit(request: HttpRequest) -> timedelta:
    is_administrator = request.session.get(ROLE) in ADMINISTRATORS
    return settings.SESSION_IDLE_ADMINISTRATORS if is_administrator else settings.SESSION_IDLE


class ActiveRole:
    """Give the request its `actor`: the post chosen in this session, else the default one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.posts, request.actor = [], None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            posts = list(
                Post.objects.active(on=today())
                .filter(user=request.user)
                .select_related("organisation__region", "user")
            )
            request.posts, request.actor = posts, _chosen(posts, request.session.get(POST))  # type: ignore[attr-defined]
            if request.actor and request.session.get(ROLE) != request.actor.role:  # type: ignore[attr-defined]
                request.session[ROLE] = request.actor.role  # type: ignore[attr-defined]
            if _password_expired(request) and resolve(request.path_info).url_name not in OPEN_WHILE_PASSWORD_EXPIRED:
                return redirect("password_change")
        return self.get_response(request)


def _chosen(posts: list[Post], chosen: int | None) -> Post | None:
    return next((post for post in posts if post.pk == chosen), posts[0] if posts else None)


def _password_expired(request: HttpRequest) -> bool:
    user = request.user
    changed = user.password_changed_at  # type: ignore[union-attr]
    return user.must_change_password or bool(changed and now() - changed > settings.PASSWORD_LIFETIME)  # type: ignore[union-attr]


class PrivatePages:
    """No page of a signed-in person is kept by a browser or a proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
