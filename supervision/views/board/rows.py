"""What every list of deadlines shows of one: its state, the step of urging that comes next, the button to act."""

from typing import Any

from cases.case_page.steps import is_past, page_of, status_of
from cases.law import current_law
from cases.models import PLAN_RULE, Deadline
from organisations.access import may
from organisations.clock import today
from organisations.models import Post
from organisations.requests import SignedInRequest
from organisations.roles import Action
from supervision.reminders.ladder import next_step

# The headings of a list of deadlines that sort it.
ORDERS = {
    "label": ("label", "due_on"),
    "due": ("due_on",),
    "unit": ("organisation__position", "organisation", "due_on"),
    "case": ("case__year", "case__type_code", "case__serial"),
}


def with_names(rows: Any) -> Any:
    """The rows with what a list shows of them."""
    return rows.select_related("case__court", "organisation")


def row_of(deadline: Deadline, request: SignedInRequest) -> dict[str, Any]:
    """A deadline with its state, its next step and the button of whoever must act."""
    coming = next_step(deadline, on=today(), law=current_law())
    return {
        "deadline": deadline,
        "status": status_of(deadline, today=today()),
        "next": f"{coming.on:%m-%d} {coming.rung.label}" if coming else "",
        "reminded": getattr(deadline, "reminded", None),
        "action": _action(deadline, request),
    }


def _is_own(actor: Post, deadline: Deadline) -> bool:
    """Whether it is the work of the actor's organisation, or of one that it succeeded."""
    return actor.organisation_id in deadline.organisation.succession()


def _action(deadline: Deadline, request: SignedInRequest) -> dict[str, str]:
    actor = request.actor
    if actor is None or deadline.state != Deadline.State.OPEN:
        return {}
    if deadline.lane_id and may(actor, Action.ACT_FOR_AGENCY):
        page = page_of(deadline.rule, deadline.lane_id, deadline.subject)
        if page and is_past(deadline, today()):
            return page | {"action_label": "出庭登记"}
        if page or deadline.rule in ("answer", "answer_appeal"):
            return page
    if may(actor, Action.REGISTER_PAPERS) and _is_own(actor, deadline):
        label = "报整改方案" if deadline.rule == PLAN_RULE else "办结登记"
        return {"action_url": deadline.complete_url, "action_label": label}
    return {}
