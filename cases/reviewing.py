"""核收: the recipient takes a paper, or returns it for the named fields to be mended."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q

from cases.deadlines import sync_deadlines
from cases.law import Law
from cases.models import (
    AppealChoice,
    AppearanceStatement,
    Defendant,
    LeaderNotice,
    MaterialReceipt,
    MaterialReturn,
    Measure,
    Nomination,
    Paper,
    PaperReview,
    PerformanceEntry,
    Source,
)
from organisations import audit
from organisations.access import sees_agency
from organisations.authors import Author
from organisations.models import Organisation, Post

Verdict = PaperReview.Verdict
OWN_CASE = "您以被诉机关身份办理过本案，须由其他人员核收。"


# Everything that is done for an agency in a lane, and everything an office decides there: the path to the lane,
# and the field that says by whom.
Act = tuple[type[Model], str, str]
ACTS: tuple[Act, ...] = (
    (Paper, "defendant", "submitted_by"),
    (MaterialReceipt, "defendant", "signed_by"),
    (MaterialReturn, "defendant", "returned_by"),
    (Nomination, "defendant", "named_by"),
    (LeaderNotice, "defendant", "answered_by"),
    (AppearanceStatement, "defendant", "source__stated_by"),
    (AppealChoice, "defendant", "source__stated_by"),
    (Measure, "paper__defendant", "reported_by"),
)
JUDGEMENTS: tuple[Act, ...] = (
    (PaperReview, "paper__defendant", "reviewed_by"),
    (PerformanceEntry, "defendant", "verdict_by"),
    (Measure, "paper__defendant", "accepted_by"),
    (MaterialReturn, "defendant", "decided_by"),
)


def acted_for_agency(lane: Defendant, post: Post) -> bool:
    """Whether this person has acted in the lane for the agency: nobody confirms the own case (domain.md §13.10)."""
    lines = PerformanceEntry.objects.filter(
        defendant=OuterRef("pk"), source__kind=Source.Kind.AGENCY, entered_by__user=post.user_id
    )
    return _is_in(lane, Q(Exists(lines)) | _any_of(ACTS, post))


def has_judged(lane: Defendant, post: Post) -> bool:
    """Whether this person took, checked or decided something in the lane for an office."""
    return _is_in(lane, _any_of(JUDGEMENTS, post))


def _any_of(acts: Iterable[Act], post: Post) -> Q:
    """Whether the person did one of these in the lane that is asked about."""
    done = (
        Exists(model._default_manager.filter(**{of_lane: OuterRef("pk"), f"{by}__user": post.user_id}))
        for model, of_lane, by in acts
    )
    return reduce(or_, map(Q, done))


def _is_in(lane: Defendant, what: Q) -> bool:
    """One question, however many acts there are."""
    return Defendant.objects.filter(what, pk=lane.pk).exists()


def require_office_of(agency: Organisation, post: Post) -> None:
    """Raise PermissionDenied unless the post sees the agency's region."""
    if not sees_agency(post, agency):
        raise PermissionDenied(f"{agency.name}的事项由其所在地司法局办理。")


def require_checker(lane: Defendant, post: Post) -> None:
    """Raise PermissionDenied unless it is an office of the agency's region, and a person who did not act for it."""
    require_office_of(lane.organisation, post)
    if acted_for_agency(lane, post):
        raise PermissionDenied(OWN_CASE)


@transaction.atomic
def review(
    paper: Paper, *, verdict: str, note: str, comments: Mapping[str, str], author: Author, law: Law
) -> PaperReview:
    """核收 or 退回补正 of the newest version. A return starts the period for mending it. Raises ValidationError."""
    list(Defendant.objects.select_for_update().filter(pk=paper.defendant_id).values_list("pk"))
    require_checker(paper.defendant, author.signer)
    if PaperReview.objects.filter(paper=paper).exists():
        raise ValidationError("这份材料已由其他人员核收，请刷新后查看。")
    same = Paper.objects.filter(defendant=paper.defendant_id, kind=paper.kind, subject=paper.subject)
    if same.filter(version__gt=paper.version).exists():
        raise ValidationError("机关已报送新的一版，请核收最新版。")
    said = {name: text for name, text in comments.items() if text}
    if verdict == Verdict.RETURNED and not said:
        raise ValidationError("退回补正的，请至少对一项写明要补正什么。")
    made = PaperReview.objects.create(
        paper=paper,
        verdict=verdict,
        note=note,
        comments=said if verdict == Verdict.RETURNED else {},
        reviewed_at=author.at,
        reviewed_on=author.on,
        reviewed_by=author.signer,
    )
    sync_deadlines(
        [paper.defendant_id], law=law, author=author, reason=f"{made.get_verdict_display()} {paper.number}"
    )
    audit.record(author, f"paper.{verdict}", f"{made.get_verdict_display()} {paper.number}", about=paper)
    return made


def standing_return(newest: Paper | None) -> PaperReview | None:
    """The return of a last version, which no later one has answered."""
    if newest is None:
        return None
    returned = PaperReview.objects.filter(paper=newest, verdict=Verdict.RETURNED)
    found: PaperReview | None = returned.select_related("paper").first()
    return found
