"""What an edge reads from a request: the signed-in person's post and the author of what is done."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from organisations.access import require
from organisations.authors import Author
from organisations.clock import this_moment
from organisations.models import Post, User
from organisations.roles import Action


class SignedInRequest(HttpRequest):
    """A request after the middleware: somebody is signed in and acts in a post (or has none)."""

    user: User
    actor: Post | None
    posts: list[Post]


View = Callable[..., HttpResponse]


def requires(action: Action) -> Callable[[View], View]:
    """Guard a page without an object: 403 for posts that may not. With an object, look it up first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponse:
            require(request.actor, action)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def author_of(request: HttpRequest) -> Author:
    """The author of what this request does."""
    return Author(
        at=this_moment(), post=getattr(request, "actor", None), address=request.META.get("REMOTE_ADDR", "")
    )
