"""代录 for a court: what it rests on, and from there the court's own page of the month."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cases.mandates.forms import MandateForm
from cases.mandates.opening import open_court_mandate
from cases.models import Mandate
from cases.requests.lanes import enter_under
from courts.requests import courts_seen_by, month_url
from organisations.clock import today
from organisations.models import Organisation
from organisations.requests import SignedInRequest, author_of, requires
from organisations.roles import Action
from rules.report_periods import period_of

MOST = 10


@requires(Action.ENTER_FOR)
def enter_for(request: SignedInRequest, code: str) -> HttpResponse:
    """What the uploading for the court rests on, who asked, and when."""
    court = get_object_or_404(courts_seen_by(request.actor).select_related("region"), code=code)
    form = MandateForm(request.POST or None, request.FILES or None, initial={"asked_on": today()})
    del form.fields["received_on"]  # a court is never late
    if form.is_valid():
        try:
            mandate = open_court_mandate(court, form.details(), author=author_of(request))
            messages.success(request, "已登记依据。下面与该院自己报送的页面相同。")
            enter_under(request, mandate)
            return redirect(month_url(request, period_of("month", today()).key))
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, court, form)


def _page(request: SignedInRequest, court: Organisation, form: MandateForm) -> HttpResponse:
    own = Mandate.objects.of(request.actor).filter(lane=None, organisation=court)
    context = {
        "court": court,
        "form": form,
        "earlier": own[:MOST],
        "breadcrumbs": [
            {"label": "法院通报", "url": reverse("courts:received")},
            {"label": f"代{court.short_name}录入", "url": ""},
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "courts/notifications/enter_for.html", context, status=status)
