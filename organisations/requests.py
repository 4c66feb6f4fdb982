"""What an edge reads from a request: the signed-in person's post, the author of what is done, the address."""

from collections.abc import Callable, Mapping
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict

from organisations.access import require
from organisations.authors import Author, Behalf
from organisations.clock import this_moment
from organisations.models import Post, User
from organisations.roles import Action


class SignedInRequest(HttpRequest):
    """A request after the middleware: somebody is signed in and acts in a post (or has none)."""

    user: User
    actor: Post | None
    posts: list[Post]
    behalf: Behalf | None  # set by the guard of a page where an office enters for another


View = Callable[..., HttpResponse]
LONGEST_QUERY = 8000  # of an address, as long as servers take
LONGEST_ID = 15  # digits; what is longer names nothing in the database


def id_in(text: str | None) -> int | None:
    """The id that an address or a form names, or None when the text is none."""
    return int(text) if text and text.isdecimal() and len(text) <= LONGEST_ID else None


def text_in(request: HttpRequest, name: str, most: int = 500) -> str:
    """A posted text without form: cut, stripped, without the NUL that PostgreSQL refuses."""
    return request.POST.get(name, "").replace("\0", "").strip()[:most]


def query_in(request: HttpRequest) -> QueryDict | None:
    """The filters of the list from which something was posted; None where they are too long to be taken whole."""
    text = request.POST.get("query", "")
    return QueryDict(text) if len(text) <= LONGEST_QUERY else None


def page_of(request: HttpRequest, rows: Any, size: int) -> Page[Any]:
    """The page of a list (a query or a sequence) that the address asks for; the nearest where there is none such."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


# By the word in the address: the fields by which a list is sorted, in this order.
Orders = Mapping[str, tuple[str, ...]]


def sorted_by(request: HttpRequest, rows: Any, orders: Orders) -> Any:
    """The rows (a query) in the order that the address asks for; as they were where it asks for none of `orders`."""
    wanted = request.GET.get("sort", "")
    fields = orders.get(wanted.removeprefix("-"), ())
    sign = "-" if wanted.startswith("-") else ""
    return rows.order_by(*(f"{sign}{field}" for field in fields), "pk") if fields else rows


def turned(now: str, key: str) -> str:
    """What a press on a heading asks for: its order, and the other way round where it is in use."""
    return f"-{key}" if now == key else key


def requires(action: Action) -> Callable[[View], View]:
    """Guard a page without an object: 403 for posts that may not. With an object, look it up first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponse:
            require(request.actor, action)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


UNNAMED = "没有指明要办理哪一项，没有作任何改动。请点页面上的按钮。"


def act_in(request: HttpRequest, *acts: str, name: str = "do") -> str:
    """Which of these acts the pressed button names. An unnamed one is nothing ("") and says so: no act is a default."""
    act = request.POST.get(name, "")
    if act in acts:
        return act
    messages.warning(request, UNNAMED)
    return ""


def author_of(request: HttpRequest) -> Author:
    """The author of what this request does."""
    user = getattr(request, "user", None)
    return Author(
        at=this_moment(),
        post=getattr(request, "actor", None),
        address=client_address(request),
        person=user if isinstance(user, User) else None,
        behalf=getattr(request, "behalf", None),
    )


def client_address(request: HttpRequest) -> str:
    """The IP address of the browser, as the outermost of our `TRUSTED_PROXIES` proxies saw it.

    Each proxy adds the address it was called from at the end of X-Forwarded-For; what stands further left
    may have been written by the caller and is not believed.
    """
    nearest: str = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted: int = settings.TRUSTED_PROXIES
    if not 0 < trusted <= len(hops):
        return nearest
    try:
        return str(ip_address(hops[-trusted]))
    except ValueError:
        return nearest
