"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from binzhou_litigation.navigation import items_for
from organisations.clock import this_moment, today
from organisations.middleware import idle_limit
from organisations.models import Post
from supervision.models import Message
from supervision.views.reminders.messages import KEYS_COOKIE


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame: who acts, for whom, where he or she may go, and which day it is."""
    actor: Post | None = getattr(request, "actor", None)
    return {
        "shell": {
            "nav": _nav(request, actor),
            "actor": _actor(actor),
            "posts": [
                {"pk": post.pk, "label": str(post), "current": post == actor}
                for post in getattr(request, "posts", [])
            ],
            "today": today(),
            "fixed_today": settings.TODAY is not None,
            "unread": Message.objects.visible_to(actor).unread(on=today()).count() if actor else 0,
            "as_of": this_moment(),
            "help_phone": settings.HELP_PHONE,
            "version": settings.VERSION,
            "keys_off": request.COOKIES.get(KEYS_COOKIE) == "off",
            "session_seconds": int(idle_limit(actor.role).total_seconds()) if actor else None,
        }
    }


def _nav(request: HttpRequest, actor: Post | None) -> list[dict[str, Any]]:
    pages = [(item.label, reverse(item.url_name)) for item in items_for(actor)]
    here = max((url for _, url in pages if request.path.startswith(url)), key=len, default="")
    return [{"label": label, "url": url, "active": url == here, "badge": None} for label, url in pages]


def _actor(actor: Post | None) -> dict[str, Any] | None:
    if actor is None:
        return None
    return {
        "pk": actor.pk,
        "name": actor.user.name,
        "post_label": str(actor),
        "scope_label": actor.organisation.region.name,
    }
