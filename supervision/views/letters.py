"""建议书: drafts that wait for a decision, the decision, and what was sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cases.law import current_law
from organisations.access import may, require
from organisations.requests import SignedInRequest, author_of, page_of, requires
from organisations.roles import Action
from supervision.letters.forms import LetterForm
from supervision.letters.letters import discard_letter, sign_letter
from supervision.models import Letter

PER_PAGE = 20


@requires(Action.READ_DEADLINES)
def letters(request: SignedInRequest) -> HttpResponse:
    """建议书 in scope: drafts first for those who decide about them."""
    seen = Letter.objects.visible_to(request.actor).select_related(
        "deadline__case", "organisation", "office", "decided_by__user"
    )
    page = page_of(request, seen.order_by("state", "-drafted_at", "-pk"), PER_PAGE)
    context = {"page": page, "query": "", "breadcrumbs": [{"label": "建议书", "url": ""}]}
    return render(request, "supervision/letters/letters.html", context)


@require_http_methods(["GET", "POST"])
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """One letter: its text, and for a head of the office the signature."""
    found = _letter(request, pk)
    form = LetterForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST":
        _require_own(request, found)
        if form.is_valid():
            try:
                text = form.cleaned_data["text"]
                signed = sign_letter(found, text=text, author=author_of(request), law=current_law())
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, f"已制发 {signed.number}，收文单位的回复期限已起算。")
                return redirect("supervision:letter", pk=pk)
    return _page(request, found, form)


@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """不制发."""
    found = _letter(request, pk)
    _require_own(request, found)
    try:
        discard_letter(found, author=author_of(request))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("supervision:letter", pk=pk)


def _require_own(request: SignedInRequest, found: Letter) -> None:
    """A letter goes out in the name of one office, and its own head decides."""
    require(request.actor, Action.SIGN_LETTERS)
    if request.actor is None or request.actor.organisation_id != found.office_id:
        raise PermissionDenied(f"这份建议书由{found.office.name}负责人审签。")


def _letter(request: SignedInRequest, pk: int) -> Letter:
    seen = Letter.objects.visible_to(request.actor).select_related(
        "deadline__case", "organisation", "office", "decided_by__user"
    )
    return get_object_or_404(seen, pk=pk)


def _page(request: SignedInRequest, found: Letter, form: LetterForm) -> HttpResponse:
    context = {
        "letter": found,
        "form": form,
        "may_sign": may(request.actor, Action.SIGN_LETTERS)
        and found.is_waiting
        and request.actor is not None
        and request.actor.organisation_id == found.office_id,
        "breadcrumbs": [
            {"label": "建议书", "url": reverse("supervision:letters")},
            {"label": str(found), "url": ""},
        ],
    }
    return render(request, "supervision/letters/letter.html", context, status=422 if form.errors else 200)
