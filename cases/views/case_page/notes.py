"""关注 and 记一笔 on the page of a case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cases.case_list import watching
from cases.case_list.forms import NoteForm
from cases.models import Case
from organisations.requests import SignedInRequest, act_in, author_of, requires
from organisations.roles import Action


@require_POST
@requires(Action.READ_CASES)
def watch(request: SignedInRequest, pk: int) -> HttpResponse:
    """关注, or no longer."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    if wanted := act_in(request, "yes", "no", name="wanted"):
        watching.watch(case, wanted=wanted == "yes", author=author_of(request))
    return redirect("cases:detail", pk)


@require_POST
@requires(Action.READ_CASES)
def note(request: SignedInRequest, pk: int) -> HttpResponse:
    """记一笔, read in the own organisation."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        watching.note(case, author=author_of(request), **form.cleaned_data)
        messages.success(request, "已记下，本单位可见。")
    else:
        messages.warning(request, "没有记下：请写 1 至 500 个字。")
    return redirect("cases:detail", pk)
