"""整改方案: the plan of a unit that was asked to put something right."""

from django.http import Http404, HttpResponse

from cases.law import current_law
from cases.models import PLAN_RULE
from cases.rectification import measures
from cases.rectification.forms import PlanForm
from cases.views.deadlines.completion import completed
from cases.views.deadlines.rehearsed import acted_on
from organisations.clock import today
from organisations.requests import SignedInRequest, author_of
from organisations.roles import Action


def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """整改方案 of a unit that a bulletin asks to put something right."""
    deadline = acted_on(request, pk, Action.REGISTER_PAPERS)
    if deadline.rule != PLAN_RULE:
        raise Http404
    form = PlanForm(request.POST or None, request.FILES or None, initial={"done_on": today()})

    def act() -> None:
        author = author_of(request)
        measures.hand_in_plan(deadline, form.done(), form.measures(), author=author, law=current_law())

    return completed(request, deadline, form, "整改方案", act)
