"""导出台账: the cases of the list as a ledger that can be taken in again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases.requests.case_list import chips_of, chosen_cases
from courts.history.exporting import export_ledger as exported
from organisations.clock import today
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action
from organisations.serving import XLSX, download


@requires(Action.TAKE_OUT_LEDGER)
@require_GET
def export_ledger(request: SignedInRequest) -> HttpResponse:
    """What the filters of the list leave, as a ledger; back to the list where that cannot be done."""
    chosen = chosen_cases(request, request.GET)
    if not chosen.form.is_valid():
        messages.error(request, "有筛选条件读不出，没有导出。请按筛选栏里的提示改正。")
        return _list(request)
    words = "；".join(chip["label"] for chip in chips_of(request, chosen))
    try:
        content = exported(chosen.qs, author=author_of(request), chosen=words)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return _list(request)
    return download(content, f"导出台账 {today()}.xlsx", XLSX)


def _list(request: SignedInRequest) -> HttpResponse:
    return redirect(f"{reverse('cases:list')}?{request.GET.urlencode()}")
