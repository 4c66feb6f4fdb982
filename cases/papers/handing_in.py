"""From draft to paper: everything that handing in brings about, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.decisions.appeals import AppealDetails, decide_appeal, is_appealable
from cases.law import Law
from cases.models import ClaimOutcome, Decision, Draft, LeaderNotice, Paper
from cases.papers.drafts import as_it_stands
from cases.papers.judgment_filing import StatedDecision, file_judgment
from cases.papers.leaders import ask_leaders, require_approval
from cases.papers.submission import Submission, submit
from cases.record.locks import lock_lanes
from cases.rectification.measures import write_measures
from organisations.authors import Author
from organisations.files import Attachment, read
from organisations.models import Head


@dataclass(frozen=True, slots=True)
class Along:
    """What comes along with some papers: leaders to tell, a decision nobody told of, claims, measures, a signature."""

    leaders: Sequence[Head] = ()
    stated: StatedDecision | None = None
    claims: Sequence[tuple[str, str]] = ()
    measures: Sequence[tuple[str, str, date]] = ()
    signed_online: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished draft: the paper it says, and what comes along."""

    submission: Submission
    along: Along = field(default_factory=Along)


@transaction.atomic
def hand_in(draft: Draft, finished: Finished, *, author: Author, law: Law) -> Paper:
    """Make the paper of a draft, with the draft's files, and end the draft. Raises ValidationError.

    The draft's key makes a second press harmless: whoever comes second finds the draft gone and the paper there.
    """
    lock_lanes([draft.lane_id])
    Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    lane, along = draft.lane, finished.along
    approval = require_approval(lane, as_it_stands(draft)) if along.signed_online else None
    if finished.submission.kind == Paper.Kind.JUDGMENT_FILING:
        paper = file_judgment(lane, finished.submission, stated=along.stated, author=author, law=law)
        _with_decision(paper, along, author, law)
    else:
        paper = submit(lane, finished.submission, author=author, law=law)
    if along.leaders:
        ask_leaders(
            lane, along.leaders, kind=LeaderNotice.Kind.REPORT, content={"paper": paper.number}, author=author,
            paper=paper,
        )  # fmt: skip
    if approval:
        approval.paper = paper
        approval.save(update_fields=["paper"])
    write_measures(paper, along.measures)
    draft.delete()
    return paper


def _with_decision(paper: Paper, along: Along, author: Author, law: Law) -> None:
    decision = paper.decision
    assert decision is not None
    outcome = decision.outcomes.filter(lane=paper.lane_id).first()
    if outcome and along.claims:
        outcome.claims.all().delete()
        ClaimOutcome.objects.bulk_create(
            ClaimOutcome(outcome=outcome, claim=claim, code=code) for claim, code in along.claims
        )
    if paper.content.get("appeal") in ("yes", "no"):
        _decide_appeal(paper, decision, author, law)


def _decide_appeal(paper: Paper, decision: Decision, author: Author, law: Law) -> None:
    choice = paper.content["appeal"]
    last = decision.appeal_choices.filter(lane=paper.lane_id).first()
    if (last and last.choice == choice) or not is_appealable(decision, paper.lane):
        return
    try:
        details = AppealDetails(choice, author.on, "随备案填报")
        decide_appeal(decision, paper.lane, details, author=author, law=law)
    except ValidationError as error:
        raise ValidationError({"appeal": error.messages}) from error


def files_of(draft: Draft) -> tuple[Attachment, ...]:
    """The files of a draft in their order, as they are kept."""
    return tuple(Attachment(page.name, read(page.file), page.file.media_type) for page in draft.files.all())
