"""Who calls the API: a session of the site, or a token of another system acting in a post."""

import hashlib
import secrets
from datetime import datetime
from typing import Any, cast

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from organisations.clock import this_moment, today
from organisations.models import ApiToken, Post, User
from organisations.requests import SignedInRequest

PREFIX = b"token"
PARAMETERS = frozenset({"page", "format"})  # that every list knows


def issue_token(post: Post, *, label: str, at: datetime) -> str:
    """A new key for the post; it is shown this once, only its hash is kept."""
    key = secrets.token_urlsafe(32)
    ApiToken.objects.create(post=post, label=label, digest=_digest(key), created_at=at)
    return key


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class ApiTokenAuthentication(BaseAuthentication):
    """`Authorization: Token …`"""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if len(words) != 2 or words[0].lower() != PREFIX:  # noqa: PLR2004 - the word and the key
            return None
        token = (
            ApiToken.objects.filter(
                digest=_digest(words[1].decode("latin-1")),
                revoked_at=None,
                post__in=Post.objects.active(on=today()),
            )
            .select_related("post__user", "post__organisation__region")
            .first()
        )
        if token is None:
            raise AuthenticationFailed("令牌不存在或已撤销。")
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=this_moment())
        request._request.actor = token.post  # type: ignore[attr-defined]
        return token.post.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Token"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI description names the token."""

    target_class = ApiTokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token …"}


class HasPost(BasePermission):
    """Signed in, and acting in a post."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return getattr(request._request, "actor", None) is not None


def site_request(request: Request) -> SignedInRequest:
    """The site's own request inside the API's, for what pages and API share."""
    return cast(SignedInRequest, request._request)


def actor_of(request: Request) -> Post:
    """The post in which the caller acts."""
    return request._request.actor  # type: ignore[attr-defined, no-any-return]


class StrictFilters(DjangoFilterBackend):
    """Filters that leave nothing out: a parameter that no list knows is refused, not passed over."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        filterset = self.get_filterset_class(view, queryset)
        known = {*(filterset.base_filters if filterset else ()), *PARAMETERS}
        if request.method == "GET" and (unknown := sorted(request.query_params.keys() - known)):
            names = "、".join(sorted(known - PARAMETERS)) or "没有"
            raise ValidationError(
                {name: [f"没有“{name}”这个参数。可用的筛选：{names}。"] for name in unknown}
            )
        return super().filter_queryset(request, queryset, view)
