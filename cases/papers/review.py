"""核收: the recipient takes a paper, or returns it for the named fields to be mended."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import (
    Paper,
    PaperReview,
)
from cases.record.locks import lock_lanes
from cases.record.separation import require_checker
from organisations import audit
from organisations.authors import Author

Verdict = PaperReview.Verdict


@transaction.atomic
def review(
    paper: Paper, *, verdict: str, note: str, comments: Mapping[str, str], author: Author, law: Law
) -> PaperReview:
    """核收 or 退回补正 of the newest version. A return starts the period for mending it. Raises ValidationError."""
    lock_lanes([paper.lane_id])
    require_checker(paper.lane, author.signer)
    if PaperReview.objects.filter(paper=paper).exists():
        raise ValidationError("这份材料已由其他人员核收，请刷新后查看。")
    same = Paper.objects.filter(lane=paper.lane_id, kind=paper.kind, subject=paper.subject)
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
        [paper.lane_id], law=law, author=author, reason=f"{made.get_verdict_display()} {paper.number}"
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
