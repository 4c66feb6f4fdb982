"""动态 and 变更记录 of a case: what happened, newest first, and which facts were changed, two different things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.models import Case, CaseNote, Paper, Source
from organisations.models import Post


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime
    who: str
    text: str
    kind: str = "paper"


def events_of(case: Case, notes: Iterable[CaseNote]) -> list[Event]:
    """The events of a case, newest first, of what was loaded with it: papers the reader may not see are not there."""
    told = "登记本案" if case.source.kind == Source.Kind.AGENCY else "通报本案"
    events = [
        Event(case.source.stated_at, case.source.organisation.short_name, f"{told}（{case.source}）", "court")
    ]
    events += [Event(note.written_at, _who(note.written_by), f"记：{note.text}", "note") for note in notes]
    for lane in case.defendants.all():
        events += [_paper(paper) for paper in lane.papers.all()]
        events += [
            Event(named.named_at, _who(named.named_by), f"确定 {named} 出庭")
            for named in lane.nominations.all()
        ]
        if receipt := getattr(lane, "receipt", None):
            text = f"签收应诉材料，收到日期 {receipt.received_on}"
            events.append(Event(receipt.signed_at, _who(receipt.signed_by), text))
        events += [
            Event(
                one.returned_at, _who(one.returned_by), f"退回材料：{one.reason}（{one.get_state_display()}）"
            )
            for one in lane.material_returns.all()
        ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _who(post: Post) -> str:
    return f"{post.organisation.short_name} {post.user.name}"


def _paper(paper: Paper) -> Event:
    late = f"，逾期原因：{paper.late_reason}" if paper.late_reason else ""
    return Event(
        paper.submitted_at, _who(paper.submitted_by), f"报送{paper.get_kind_display()} {paper.number}{late}"
    )
