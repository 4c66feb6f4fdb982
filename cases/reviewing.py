"""核收: the recipient takes a paper, or returns it for the named fields to be mended."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cases.deadlines import sync_deadlines
from cases.law import Law
from cases.models import Defendant, LeaderNotice, MaterialReceipt, Nomination, Paper, PaperReview
from organisations import audit
from organisations.authors import Author
from organisations.models import Post

Verdict = PaperReview.Verdict
OWN_CASE = "您以被诉机关身份办理过本案，须由其他人员核收。"


def acted_for_agency(lane: Defendant, post: Post) -> bool:
    """Whether this person has acted in the lane for the agency: nobody confirms the own case (domain.md §13.10)."""
    user = post.user_id
    return (
        Paper.objects.filter(defendant=lane, submitted_by__user=user).exists()
        or MaterialReceipt.objects.filter(defendant=lane, signed_by__user=user).exists()
        or Nomination.objects.filter(defendant=lane, named_by__user=user).exists()
        or LeaderNotice.objects.filter(defendant=lane, answered_by__user=user).exists()
    )


def require_another(lane: Defendant, post: Post) -> None:
    """Raise PermissionDenied for a person who has acted for the agency in this lane."""
    if acted_for_agency(lane, post):
        raise PermissionDenied(OWN_CASE)


@transaction.atomic
def review(
    paper: Paper, *, verdict: str, note: str, comments: Mapping[str, str], author: Author, law: Law
) -> PaperReview:
    """核收 or 退回补正 of the newest version. A return starts the period for mending it. Raises ValidationError."""
    list(Defendant.objects.select_for_update().filter(pk=paper.defendant_id).values_list("pk"))
    require_another(paper.defendant, author.signer)
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


def standing_return(lane: Defendant, kind: str, subject: str) -> PaperReview | None:
    """The return that the newest version of a paper has not answered yet."""
    newest = Paper.objects.filter(defendant=lane, kind=kind, subject=subject).order_by("-version").first()
    found: PaperReview | None = (
        PaperReview.objects.filter(paper=newest, verdict=Verdict.RETURNED).select_related("paper").first()
        if newest
        else None
    )
    return found
