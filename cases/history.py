"""What happened in a case, newest first: notifications, papers, changed facts, nominations."""

from dataclasses import dataclass
from datetime import datetime

from cases.models import Case, FactChange, MaterialReceipt, Nomination, Paper
from organisations.models import Post


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime
    who: str
    text: str


def events_of(case: Case, actor: Post | None) -> list[Event]:
    """The events of a case that the post sees, newest first."""
    events = [Event(case.source.stated_at, case.source.organisation.short_name, f"通报本案（{case.source}）")]
    events += [_change(change) for change in case.fact_changes.select_related("source__organisation")]
    of_case = {"defendant__case": case}
    events += [
        _paper(p)
        for p in Paper.objects.visible_to(actor)
        .filter(**of_case)
        .select_related("submitted_by__user", "submitted_by__organisation")
    ]
    events += [
        Event(r.signed_at, _who(r.signed_by), f"签收应诉材料，收到日期 {r.received_on}")
        for r in MaterialReceipt.objects.filter(**of_case).select_related(
            "signed_by__user", "signed_by__organisation"
        )
    ]
    events += [
        Event(n.named_at, _who(n.named_by), f"确定 {n} 出庭")
        for n in Nomination.objects.filter(**of_case).select_related(
            "named_by__user", "named_by__organisation"
        )
    ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _who(post: object) -> str:
    return f"{post.organisation.short_name} {post.user.name}" if post else "系统"  # type: ignore[attr-defined]


def _change(change: FactChange) -> Event:
    return Event(change.at, change.source.organisation.short_name, f"{change}（{change.source}）")


def _paper(paper: Paper) -> Event:
    late = f"，逾期原因：{paper.late_reason}" if paper.late_reason else ""
    return Event(
        paper.submitted_at, _who(paper.submitted_by), f"报送{paper.get_kind_display()} {paper.number}{late}"
    )
