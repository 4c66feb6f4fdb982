"""上诉决定."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from cases.decisions.appeals import APPEAL_RULES, AppealDetails, decide_appeal
from cases.decisions.forms import AppealForm
from cases.law import current_law
from cases.models import Decision
from cases.requests.lanes import entered_lane, page_after
from cases.views.duty_page import DutyPage, answer
from organisations.requests import SignedInRequest, author_of, id_in


def appeal(request: SignedInRequest, pk: int) -> HttpResponse:
    """登记上诉决定 about the decision named in the address."""
    lane = entered_lane(request, pk)
    of_lane = Decision.objects.filter(case=lane.case, outcomes__lane=lane)
    decision = get_object_or_404(of_lane, pk=id_in(request.GET.get("about")) or 0)
    form = AppealForm(request.POST or None)

    def act() -> HttpResponse:
        decide_appeal(
            decision, lane, AppealDetails(**form.cleaned_data), author=author_of(request), law=current_law()
        )
        messages.success(request, "已登记上诉决定。")
        return redirect(page_after(request, lane))

    period = lane.deadlines.filter(rule__in=APPEAL_RULES, subject=f"decision:{decision.pk}").first()
    shown = {"decision": decision, "period": period, "verb": "登记上诉决定"}
    return answer(request, lane, form, DutyPage("上诉决定", act, shown=shown))
