"""What the pages of cases show from above: the next step of urging before it happens, saved views."""

from typing import Any

from django import template

from cases.law import current_law
from cases.models import Case
from organisations.access import sees_agency
from organisations.clock import today
from organisations.models import Post
from supervision.board.forms import SavedViewForm
from supervision.models import SavedView
from supervision.reminders.ladder import next_step

register = template.Library()


@register.inclusion_tag("supervision/reminders/_next_steps.html")
def next_steps_of(case: Case, actor: Post | None) -> dict[str, Any]:
    """The coming steps of a case whose lanes and deadlines are loaded, as far as the reader sees the agency."""
    law, on = current_law(), today()
    lanes = [lane for lane in case.lanes.all() if sees_agency(actor, lane.organisation)]
    running = [(lane, deadline) for lane in lanes for deadline in lane.deadlines.all()]
    coming = [(lane, deadline, next_step(deadline, on=on, law=law)) for lane, deadline in running]
    steps = [
        (step.on, lane.organisation.short_name, deadline, step) for lane, deadline, step in coming if step
    ]
    return {"case": case, "sees": bool(lanes), "coming": sorted(steps, key=lambda each: each[0])}


@register.inclusion_tag("supervision/board/_case_views.html", takes_context=True)
def saved_views_of_cases(context: dict[str, Any], query: str) -> dict[str, Any]:
    """常用视图 of the case list, and the form to save the filters in use."""
    actor = context["request"].actor
    views = (
        SavedView.objects.visible_to(actor).filter(page=SavedView.Page.CASES).select_related("owner__user")
    )
    token = context.get("csrf_token")
    return {
        "views": views,
        "view_form": SavedViewForm(),
        "query": query,
        "shell": context["shell"],
        "csrf_token": token,
    }
