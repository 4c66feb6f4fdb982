"""动态 and 变更记录 of a case: what happened, newest first, and which facts were changed, two different things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.case_page.acts import Doing
from cases.models import Case, Nomination, Paper, Source
from organisations.models import Post

VERBS: dict[str, str] = {Source.Kind.AGENCY: "登记本案", Source.Kind.HISTORY: "导入本案"}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    at: datetime
    who: str
    text: str
    kind: str = "paper"


def events_of(case: Case, doings: Iterable[Doing]) -> list[Event]:
    """The events of a case, newest first, of what was loaded with it: papers the reader may not see are not there."""
    verb = VERBS.get(case.source.kind, "通报本案")
    events = [Event(case.source.stated_at, case.source.teller, f"{verb}（{case.source}）", "court")]
    events += [Event(one.at, f"{one.unit} {one.person}", one.words, one.sort) for one in doings]
    events += _appearances(case)
    events += [
        Event(
            one.source.stated_at,
            one.source.organisation.short_name,
            with_entry(f"上诉决定：{one}", one.source),
        )
        for decision in case.decisions.all()
        for one in decision.appeal_choices.all()
    ]
    for lane in case.lanes.all():
        events += [_review(paper) for paper in lane.papers.all() if hasattr(paper, "review")]
        events += [_paper(paper) for paper in lane.papers.all()]
        events += [event for named in lane.nominations.all() for event in _nomination(named)]
        if service_receipt := getattr(lane, "service_receipt", None):
            text = f"签收应诉材料，收到日期 {service_receipt.received_on}"
            text = with_entry(text, service_receipt.source)
            events.append(Event(service_receipt.signed_at, _who(service_receipt.signed_by), text))
        events += [
            Event(
                one.returned_at, _who(one.returned_by), f"退回材料：{one.reason}（{one.get_state_display()}）"
            )
            for one in lane.material_returns.all()
        ]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _nomination(named: Nomination) -> list[Event]:
    """Named, confirmed, replaced or declined."""
    events = [Event(named.named_at, _who(named.named_by), with_entry(f"确定 {named} 出庭", named.source))]
    if named.confirmed_at:
        events.append(Event(named.confirmed_at, named.name, "确认出庭"))
    if named.replaced_at:
        reason = named.replaced_reason or "更换出庭负责人"
        events.append(Event(named.replaced_at, named.lane.organisation.short_name, f"{named}：{reason}"))
    return events


def _appearances(case: Case) -> list[Event]:
    """What agencies stated of the days of hearing."""
    said = [one for hearing in case.hearings.all() for one in hearing.appearances.all()]
    return [
        Event(
            one.source.stated_at,
            one.source.organisation.short_name,
            with_entry(f"出庭登记：{one.verdict}", one.source),
        )
        for one in said
        if one.stated_by == Source.Kind.AGENCY
    ]


def with_entry(text: str, source: Source | None) -> str:
    """What was stated; with who entered it for whom, where an office did."""
    return f"{text}（{source.entry}）" if source and source.entry else text


def _who(post: Post) -> str:
    return f"{post.organisation.short_name} {post.user.name}"


def _review(paper: Paper) -> Event:
    made = paper.review
    note = "；".join([*made.comments.values(), made.note] if made.note else made.comments.values())
    said = f"：{note}" if note else ""
    return Event(
        made.reviewed_at, _who(made.reviewed_by), f"{made.get_verdict_display()} {paper.number}{said}"
    )


def _paper(paper: Paper) -> Event:
    late = f"，逾期原因：{paper.late_reason}" if paper.late_reason else ""
    text = f"报送{paper.get_kind_display()} {paper.number}{late}"
    return Event(paper.submitted_at, _who(paper.submitted_by), with_entry(text, paper.source))
