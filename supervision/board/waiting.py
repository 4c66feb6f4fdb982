"""What waits beside the deadlines, for each role: to confirm, to answer, to read, to check, to call, to sign."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from cases.case_page.steps import page_of
from cases.matching.queue import count_of
from cases.models import (
    Candidate,
    Deadline,
    Discrepancy,
    Draft,
    LeaderNotice,
    MandatedEntry,
    MaterialReturn,
    Nomination,
    Paper,
    PaperDelivery,
    PerformanceEntry,
    RectificationMeasure,
)
from cases.papers.drafts import as_it_stands
from cases.papers.leaders import last_approvals
from organisations.access import agency_q, may
from organisations.models import Post
from organisations.roles import Action, Role
from supervision.models import Assignment, Letter, Reminder

MOST = 20


def waiting_for(actor: Post | None, *, on: date) -> dict[str, Any]:
    """Everything, under the names that the desk shows it by; each part is empty for roles that it does not concern."""
    return {
        "to_confirm": _to_confirm(actor, on),
        "to_answer": _to_answer(actor),
        "to_review": _to_review(actor, on),
        "answered": _answered(actor),
        "to_call": _to_call(actor, on),
        "to_sign": _to_sign(actor),
    }


def _to_confirm(actor: Post | None, on: date) -> Any:
    """For a head: the hearings for which he or she was named and has not confirmed yet."""
    if actor is None or actor.role != Role.AGENCY_HEAD:
        return []
    mine = Q(head=None) | Q(head__user=None) | Q(head__user=actor.user_id)
    return Nomination.objects.filter(
        mine,
        lane__organisation=actor.organisation_id,
        replaced_at=None,
        confirmed_at=None,
        hearing__day__gte=on,
        hearing__state="scheduled",
    ).select_related("hearing__case__court")


def _to_answer(actor: Post | None) -> Any:
    """For a head: matters put before him or her, unanswered."""
    if actor is None or actor.role != Role.AGENCY_HEAD:
        return []
    mine = Q(head__user=None) | Q(head__user=actor.user_id)
    waiting = LeaderNotice.objects.visible_to(actor).filter(mine, answered_at=None)
    return waiting.select_related("lane__case__court", "head")[:MOST]


def _to_review(actor: Post | None, on: date) -> list[dict[str, Any]]:
    """What waits beside the deadlines: for an office to read, take and check, for an agency to mend."""
    if actor is None or actor.role == Role.AGENCY_HEAD:
        return []
    if actor.role == Role.AGENCY_LIAISON:
        return [*_mandated(actor), *_measures_waiting(actor, on), *_asked(actor, on)]
    counts = _papers_waiting(actor)
    if may(actor, Action.REVIEW_PAPERS):
        inside = agency_q(actor, "lane__organisation")
        entries = PerformanceEntry.objects.filter(inside, verdict="waiting").order_by().values("pk")
        measures = (
            RectificationMeasure.objects.visible_to(actor)
            .standing()
            .filter(accepted_at=None)
            .exclude(done_on=None)
        )
        done = measures.order_by().values("pk")
        returns = MaterialReturn.objects.filter(inside, state="waiting").order_by().values("pk")
        waiting = entries.union(done, returns, all=True).count()
        counts.append(("待核查的履行、整改和退回材料", reverse("cases:to_check"), waiting))
        contested = MandatedEntry.objects.visible_to(actor).contested().count()
        counts.append(("代录有不同意见、待处理", f"{reverse('cases:mandated')}?show=contested", contested))
    if may(actor, Action.RECONCILE):
        differing = Discrepancy.objects.visible_to(actor).open().count()
        counts.append(("法院与机关说法不一致、待核对", reverse("reports:reconcile"), differing))
        alike = count_of(Candidate.objects.visible_to(actor).open())
        counts.append(("疑似同一案、待确认", reverse("reports:candidates"), alike))
    if may(actor, Action.REMIND):
        assigned = Assignment.objects.visible_to(actor).waiting().filter(office=actor.organisation).count()
        counts.append(("领导转办、待报告", reverse("supervision:assignments"), assigned))
        in_vain = Deadline.objects.visible_to(actor).urged_in_vain(on=on).count()
        counts.append(
            ("多次催办未果、须由人跟进", f"{reverse('supervision:deadlines')}?state=in_vain", in_vain)
        )
    return [{"label": label, "url": url, "count": count} for label, url, count in counts if count]


def _answered(actor: Post | None) -> list[dict[str, Any]]:
    """For a liaison: reports that a head has confirmed or sent back, and that still lie as drafts."""
    if actor is None or actor.role != Role.AGENCY_LIAISON:
        return []
    of_unit = Draft.objects.visible_to(actor).filter(kind=Paper.Kind.DEFENCE_REPORT)
    drafts = of_unit.select_related("lane__case").prefetch_related("files")[:MOST]
    approvals = last_approvals([draft.lane_id for draft in drafts])
    found = []
    for draft in drafts:
        said = approvals.get(draft.lane_id)
        if said and said.answered_at and (not said.agreed or said.content == as_it_stands(draft)):
            url = page_of(Paper.Kind.DEFENCE_REPORT, draft.lane_id, "")["action_url"]
            found.append({"notice": said, "case": draft.lane.case, "url": url})
    return found


def _measures_waiting(actor: Post, on: date) -> list[dict[str, Any]]:
    """The measures that the agency has still to carry out."""
    waiting = RectificationMeasure.objects.visible_to(actor).standing().filter(done_on=None, accepted_at=None)
    totals = waiting.aggregate(count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
    if not totals["count"]:
        return []
    late = f"{totals['late']} 件已过完成期限" if totals["late"] else ""
    return [
        {
            "label": "未完成的整改措施",
            "url": reverse("cases:to_check"),
            "count": totals["count"],
            "late": late,
        }
    ]


def _mandated(actor: Post) -> list[dict[str, Any]]:
    """What an office entered for the agency, and the agency has not said yet whether it is right."""
    waiting = MandatedEntry.objects.visible_to(actor).unanswered().count()
    url = f"{reverse('cases:mandated')}?show=unanswered"
    return [{"label": "代录事项待确认", "url": url, "count": waiting}] if waiting else []


def _asked(actor: Post, on: date) -> list[dict[str, Any]]:
    """Where the court says otherwise, the office asked for material and the agency sent none; the nearest day first."""
    asked = Discrepancy.objects.all().asked_of(actor).order_by("answer_due_on", "pk")
    found = list(asked.values_list("pk", "answer_due_on"))
    if not found:
        return []
    over = sum(due_on < on for _, due_on in found if due_on)
    return [
        {
            "label": "与法院通报不一致、请补充材料",
            "url": reverse("reports:reconcile_item", args=[found[0][0]]),
            "count": len(found),
            "late": f"{over} 件已过补充材料截止日" if over else "",
        }
    ]


def _papers_waiting(actor: Post) -> list[tuple[str, str, int]]:
    """Papers delivered to the reader's office: not opened yet; in the last version, and neither taken nor returned."""
    unread, newest = Q(opened_at=None), Q(paper__review=None, paper__in=Paper.objects.newest())
    mine = PaperDelivery.objects.filter(recipient=actor.organisation_id)
    found = mine.aggregate(unread=Count("pk", filter=unread), waiting=Count("pk", filter=newest))
    filings = reverse("cases:filings")
    counts = [("未阅报告和备案", f"{filings}?new=1", found["unread"])]
    if may(actor, Action.REVIEW_PAPERS):
        counts.append(("待核收的材料", f"{filings}?unreviewed=1", found["waiting"]))
    return counts


def _to_call(actor: Post | None, on: date) -> Any:
    """电话任务 of the office, the oldest first."""
    if not may(actor, Action.REMIND):
        return []
    waiting = Reminder.objects.visible_to(actor).to_call(on=on)
    related = waiting.select_related("deadline__case", "organisation")
    return related.order_by("planned_on", "pk")[:MOST]


def _to_sign(actor: Post | None) -> int:
    """How many drafted letters wait for a decision."""
    if not may(actor, Action.REMIND):
        return 0
    return Letter.objects.visible_to(actor).waiting().count()
