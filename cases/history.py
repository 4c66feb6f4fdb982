"""What happened in a case, newest first: notifications, papers, changed facts, nominations."""

from dataclasses import dataclass
from datetime import datetime

from cases.models import Case, FactChange, Paper
from organisations.models import Post


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime
    who: str
    text: str


def events_of(case: Case) -> list[Event]:
    """The events of a case, newest first, of what was loaded with it: papers the reader may not see are not there."""
    events = [Event(case.source.stated_at, case.source.organisation.short_name, f"通报本案（{case.source}）")]
    events += [_change(change) for change in case.fact_changes.select_related("source__organisation")]
    for lane in case.defendants.all():
        events += [_paper(paper) for paper in lane.papers.all()]
        events += [
            Event(named.named_at, _who(named.named_by), f"确定 {named} 出庭")
            for named in lane.nominations.all()
        ]
        if receipt := getattr(lane, "receipt", None):
            text = f"签收应诉材料，收到日期 {receipt.received_on}"
            events.append(Event(receipt.signed_at, _who(receipt.signed_by), text))
    return sorted(events, key=lambda event: event.at, reverse=True)


def _who(post: Post) -> str:
    return f"{post.organisation.short_name} {post.user.name}"


def _change(change: FactChange) -> Event:
    mended = "，录入更正" if change.reason == FactChange.Reason.CORRECTION else ""
    return Event(change.at, change.source.organisation.short_name, f"{change}（{change.source}{mended}）")


def _paper(paper: Paper) -> Event:
    late = f"，逾期原因：{paper.late_reason}" if paper.late_reason else ""
    return Event(
        paper.submitted_at, _who(paper.submitted_by), f"报送{paper.get_kind_display()} {paper.number}{late}"
    )
