"""分办 and 转交: who in a unit deals with a case. Duties stay the unit's; this says whom to call and who is asked."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Case, Handler
from organisations import audit
from organisations.access import may
from organisations.authors import Author
from organisations.contacts import Contact
from organisations.models import Organisation, Post
from organisations.roles import ADMINISTRATORS, Action, Role

WORKING = (Action.ACT_FOR_AGENCY, Action.CONFIRM_HEAD, Action.REVIEW_PAPERS)


def may_assign(actor: Post | None) -> bool:
    """Those who work on cases, and the heads over them."""
    return any(may(actor, action) for action in WORKING)


def colleagues(organisation: Organisation, *, on: date) -> QuerySet[Post]:
    """The people of a unit who can be given a case."""
    staff = Post.objects.active(on=on).filter(organisation=organisation).exclude(role__in=ADMINISTRATORS)
    return staff.select_related("user").order_by("user__name", "pk")


@transaction.atomic
def assign(cases: Iterable[Case], post: Post, *, author: Author) -> int:
    """Give these cases to a colleague of the own unit, whoever had them before; returns how many changed hands.

    Raises ValidationError for a person of another unit, or one who has left.
    """
    unit = author.signer.organisation
    if not colleagues(unit, on=author.on).filter(pk=post.pk).exists():
        raise ValidationError("承办人须是本单位在岗人员。")
    chosen = {case.pk: case for case in cases}
    # The cases are locked, since a case without handler has no row to lock.
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk").values_list("pk"))
    held = Handler.objects.filter(case__in=chosen, organisation=unit)
    for already in held.filter(post=post):
        del chosen[already.case_id]
    held.filter(case__in=chosen).delete()
    Handler.objects.bulk_create(
        Handler(case=case, organisation=unit, post=post, since=author.at, given_by=author.signer)
        for case in chosen.values()
    )
    if chosen:
        words = f"{len(chosen)} 件案件由{post.user.name}承办"
        audit.record(author, "case.assign", words, cases=sorted(chosen))
    return len(chosen)


def handlers_of(cases: Iterable[int], *, on: date) -> dict[tuple[int, int], Contact]:
    """Who deals with each case in each unit, where that was settled and the person is still there. One query."""
    staff = Post.objects.active(on=on)
    handlers = Handler.objects.filter(case__in=set(cases), post__in=staff)
    return {
        (one.case_id, one.organisation_id): Contact(
            one.organisation.short_name, one.post.user.name, one.post.user.phone or one.organisation.phone
        )
        for one in handlers.select_related("post__user", "organisation")
    }


def contact_in(case: Case, unit: Organisation, *, on: date) -> Contact:
    """Whom to call in a unit about a case: its 承办人, else its liaison; perhaps nobody but the unit. One query."""
    handled = Handler.objects.filter(case=case, organisation=unit, post=OuterRef("pk"))
    staff = Post.objects.active(on=on).filter(organisation=unit).annotate(handles=Exists(handled))
    reachable = staff.filter(Q(handles=True) | Q(role=Role.AGENCY_LIAISON)).select_related("user")
    post = reachable.order_by("-handles", "pk").first()
    phone = (post.user.phone if post else "") or unit.phone
    return Contact(unit.short_name, post.user.name if post else "", phone)
