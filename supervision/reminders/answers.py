"""What waits for one head's own answer, and the answers: told by the next sweep, each once.

A head named for a hearing, or asked to read or approve, is told; when the head approves, says no or says more than
“read”, the liaison is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from cases.law import Law
from cases.models import DECLINED, Deadline, LeaderNotice, Nomination
from organisations.authors import Author
from supervision.models import Message, Reminder
from supervision.querysets import ASKED
from supervision.reminders.outbox import Outbox
from supervision.reminders.recipients import Addressee, Directory

# What is older stood on the desk long enough, and its duty is urged.
SINCE = timedelta(days=3)
RULES = {LeaderNotice.Kind.REPORT: "leader_report", LeaderNotice.Kind.APPROVAL: "defence_report"}
HEAD, LIAISON = "等您本人答复", "您是承办单位的联络员，负责人已答复"


@dataclass(frozen=True, slots=True)
class Matter:
    """A question to a head, or an answer for the liaison: about which lane and duty, in which words."""

    key: str
    lane: int
    rule: str
    text: str
    to_head: bool
    user: int | None = None  # of the head, where the roster knows it
    subject: str = ""  # of the duty, where a lane has several

    @property
    def step(self) -> str:
        return f"{ASKED}{self.key}"

    @property
    def duty(self) -> tuple[int | None, str, str]:
        """By which the duty is found."""
        return (self.lane, self.rule, self.subject)


@transaction.atomic
def tell_of_answers(*, author: Author, law: Law) -> int:
    """Raise one reminder for each matter of the last days that nobody was told of; returns how many."""
    matters = [*_nominations(author), *_notices(author)]
    if not matters:
        return 0
    duties = _locked_duties(matters)
    steps = [one.step for one in matters]
    known = set(Reminder.objects.filter(step__in=steps).values_list("step", flat=True))
    fresh = [one for one in matters if one.step not in known]
    reminders = [(one, _reminder(one, duty, author)) for one in fresh if (duty := duties.get(one.duty))]
    Reminder.objects.bulk_create(reminder for _, reminder in reminders)
    directory = Directory.around({reminder.organisation_id for _, reminder in reminders}, on=author.on)
    outbox = Outbox(directory, author=author, law=law)
    Message.objects.bulk_create(
        row
        for one, reminder in reminders
        for row in outbox.to(reminder, _addressees(one, reminder, directory))
    )
    return len(reminders)


def _locked_duties(matters: list[Matter]) -> dict[tuple[int | None, str, str], Deadline]:
    """The duties by lane, rule and subject (or none), locked: two sweeps at one moment tell each matter once."""
    lanes, rules = {one.lane for one in matters}, {one.rule for one in matters}
    locked = Deadline.objects.select_for_update(of=("self",)).filter(lane__in=lanes, rule__in=rules)
    duties = list(locked.order_by("pk"))
    return {(duty.lane_id, duty.rule, subject): duty for duty in duties for subject in ("", duty.subject)}


def _nominations(author: Author) -> Iterator[Matter]:
    """Heads who have not answered yet, and hearings for which nobody stands since the last head said no."""
    ahead = Nomination.objects.filter(hearing__day__gte=author.on, hearing__state="scheduled")
    ahead = ahead.select_related("hearing__case", "head")
    for one in ahead.filter(replaced_at=None, confirmed_at=None, named_at__gte=author.at - SINCE):
        words = f"请确认出庭：{one.hearing.case.number}，{one.hearing.day} 开庭，拟由您出庭。"
        user = one.head.user_id if one.head else None
        subject = f"hearing:{one.hearing_id}"
        yield Matter(f"named:{one.pk}", one.lane_id, "name_head", words, True, user, subject)
    later = Nomination.objects.filter(
        pk__gt=OuterRef("pk"), lane=OuterRef("lane"), hearing=OuterRef("hearing")
    )
    declined = ahead.filter(replaced_at__gte=author.at - SINCE, replaced_reason__startswith=DECLINED)
    for one in declined.filter(~Exists(later)):
        words = f"{one} 不能出庭，请另行确定：{one.hearing.case.number}，{one.hearing.day} 开庭。{one.replaced_reason}"
        subject = f"hearing:{one.hearing_id}"
        yield Matter(f"no:{one.pk}", one.lane_id, "name_head_again", words, False, subject=subject)


def _notices(author: Author) -> Iterator[Matter]:
    """Matters put before a head and not answered, and the answers that the liaison has to go on with."""
    waited_for = Q(kind=LeaderNotice.Kind.APPROVAL) | ~Q(opinion="")
    answered = Q(answered_at__gte=author.at - SINCE) & waited_for
    asked = LeaderNotice.objects.filter(Q(answered_at=None) | answered, asked_at__gte=author.at - 10 * SINCE)
    for one in asked.select_related("lane__case", "head").annotate(number=F("lane__case__number")):
        rule = RULES[LeaderNotice.Kind(one.kind)]
        if one.answered_at is None:
            words = f"请阅示：{one.number}，{one.get_kind_display()}。"
            yield Matter(f"asked:{one.pk}", one.lane_id, rule, words, to_head=True, user=one.head.user_id)
        else:
            said = "退回修改" if one.agreed is False else "已确认" if one.kind == "approval" else "已阅"
            words = f"{one.head}{said}：{one.number}，{one.get_kind_display()}。{one.opinion}"
            yield Matter(f"back:{one.pk}", one.lane_id, rule, words, to_head=False)


def _reminder(matter: Matter, duty: Deadline, author: Author) -> Reminder:
    return Reminder(
        deadline=duty,
        step=matter.step,
        label="请负责人答复" if matter.to_head else "负责人已答复",
        planned_on=author.on,
        raised_at=author.at,
        raised_by=author.post,
        organisation_id=duty.organisation_id,
        text=matter.text[:500],
    )


def _addressees(matter: Matter, reminder: Reminder, directory: Directory) -> list[Addressee]:
    """The head himself or herself, any head of the unit where the roster names no account; else the liaisons."""
    if not matter.to_head:
        return [
            Addressee(one.post, LIAISON)
            for one in directory.addressees(reminder.organisation_id, ("liaison",))
        ]
    heads = directory.addressees(reminder.organisation_id, ("head",))
    return [Addressee(one.post, HEAD) for one in heads if matter.user in (None, one.post.user_id)]
