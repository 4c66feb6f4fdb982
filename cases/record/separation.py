"""回避: who acted in a lane for the agency or entered for it, who judged there for an office; nobody does both."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q

from cases.models import (
    AppealChoice,
    AppearanceStatement,
    Discrepancy,
    Lane,
    LeaderNotice,
    MandatedEntry,
    MaterialReturn,
    Nomination,
    Paper,
    PaperReview,
    PerformanceEntry,
    RectificationMeasure,
    ServiceReceipt,
    Source,
)
from organisations.access import sees_agency
from organisations.models import Organisation, Post

OWN_CASE = "您以被诉机关身份办理过本案，或者为其代录过，须由其他人员核收。"


# Everything that is done for an agency in a lane, and everything an office decides there: the path to the lane,
# and the field that says by whom.
Act = tuple[type[Model], str, str]


ACTS: tuple[Act, ...] = (
    (Paper, "lane", "submitted_by"),
    (ServiceReceipt, "lane", "signed_by"),
    (MaterialReturn, "lane", "returned_by"),
    (Nomination, "lane", "named_by"),
    (LeaderNotice, "lane", "answered_by"),
    (AppearanceStatement, "lane", "source__stated_by"),
    (AppealChoice, "lane", "source__stated_by"),
    (RectificationMeasure, "paper__lane", "reported_by"),
    (MandatedEntry, "mandate__lane", "mandate__opened_by"),
)


JUDGEMENTS: tuple[Act, ...] = (
    (PaperReview, "paper__lane", "reviewed_by"),
    (PerformanceEntry, "lane", "verdict_by"),
    (RectificationMeasure, "paper__lane", "accepted_by"),
    (MaterialReturn, "lane", "decided_by"),
    (Discrepancy, "lane", "decided_by"),
)


def acted_for_agency(lane: Lane, post: Post) -> bool:
    """Whether this person has acted in the lane for the agency: nobody confirms the own case (domain.md §13.10)."""
    lines = PerformanceEntry.objects.filter(
        lane=OuterRef("pk"), source__kind=Source.Kind.AGENCY, entered_by__user=post.user_id
    )
    return _is_in(lane, Q(Exists(lines)) | _any_of(ACTS, post))


def has_judged(lane: Lane, post: Post) -> bool:
    """Whether this person took, checked or decided something in the lane for an office."""
    return _is_in(lane, _any_of(JUDGEMENTS, post))


def _any_of(acts: Iterable[Act], post: Post) -> Q:
    """Whether the person did one of these in the lane that is asked about."""
    done = (
        Exists(model._default_manager.filter(**{of_lane: OuterRef("pk"), f"{by}__user": post.user_id}))
        for model, of_lane, by in acts
    )
    return reduce(or_, map(Q, done))


def _is_in(lane: Lane, what: Q) -> bool:
    """One question, however many acts there are."""
    return Lane.objects.filter(what, pk=lane.pk).exists()


def require_office_of(agency: Organisation, post: Post) -> None:
    """Raise PermissionDenied unless the post sees the agency's region."""
    if not sees_agency(post, agency):
        raise PermissionDenied(f"{agency.name}的事项由其所在地司法局办理。")


def require_checker(lane: Lane, post: Post) -> None:
    """Raise PermissionDenied unless it is an office of the agency's region, and a person who did not act for it."""
    require_office_of(lane.organisation, post)
    if acted_for_agency(lane, post):
        raise PermissionDenied(OWN_CASE)
