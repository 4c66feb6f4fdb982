"""日报 of working days for offices and liaisons, 周报 on Mondays for leaders: what stands open, in ten lines."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from cases.law import Law
from cases.models import Deadline
from cases.steps import status_of
from organisations.authors import Author
from organisations.models import Post
from organisations.roles import Role
from rules.calendars import DAY
from supervision.messages import Outbox
from supervision.models import Digest, Message
from supervision.recipients import Addressee, Directory

MOST_LINES = 10
AHEAD = 3  # days
MONDAY = 0
DAILY = frozenset({Role.OFFICE_CLERK, Role.OFFICE_HEAD, Role.AGENCY_LIAISON})
WEEKLY = frozenset({Role.LEADER, Role.SUPERVISION})
# Silence must not be ambiguous for them: on Mondays they read 上周无逾期 too.
TOLD_OF_NOTHING = frozenset({Role.OFFICE_HEAD, Role.LEADER})
WHY = {"日报": "每个工作日汇总您范围内的期限", "周报": "每周一汇总您范围内的期限"}


@transaction.atomic
def raise_digests(*, on: date, author: Author, law: Law) -> int:
    """Write the digest of the day for everybody who gets one and has none yet; none on days off."""
    if law.calendar.is_day_off(on):
        return 0
    roles = DAILY | WEEKLY if _is_first_of_week(on, law) else DAILY
    have = Digest.objects.filter(day=on).values("recipient")
    waiting = Post.objects.active(on=on).filter(role__in=roles).exclude(pk__in=have)
    posts = [
        post
        for post in waiting.select_related("user", "organisation__region", "push_setting")
        if _wants(post)
    ]
    digests = Digest.objects.bulk_create(_digests(posts, on, author, law), ignore_conflicts=True)
    _tell([digest for digest in digests if digest.pk], author, law)
    return len(digests)


def _wants(post: Post) -> bool:
    setting = getattr(post, "push_setting", None)
    return setting is None or setting.digest


def _is_first_of_week(on: date, law: Law) -> bool:
    """Monday, or the first working day after a Monday off."""
    return on == law.calendar.next_working_day(on - on.weekday() * DAY)


def _digests(posts: Iterable[Post], on: date, author: Author, law: Law) -> Iterable[Digest]:
    for post in posts:
        kind = "周报" if post.role in WEEKLY else "日报"
        text = text_of(post, on=on)
        if not text and post.role in TOLD_OF_NOTHING and _is_first_of_week(on, law):
            text = "上周无逾期，三日内无到期事项。"
        if text:
            yield Digest(recipient=post, day=on, subject=f"应诉期限{kind}", text=text, raised_at=author.at)


def text_of(post: Post, *, on: date) -> str:
    """What stands overdue or falls due within three days in a post's scope; empty where nothing does."""
    urgent = Deadline.objects.visible_to(post).open().duties().filter(due_on__lte=on + AHEAD * DAY)
    count = urgent.count()
    if not count:
        return ""
    overdue = urgent.filter(due_on__lt=on).count()
    first = urgent.select_related("case", "organisation").order_by("due_on", "pk")[:MOST_LINES]
    lines = [f"已逾期 {overdue} 项，三日内到期 {count - overdue} 项。"]
    lines += [f"{_state(d, on)} {d.organisation.short_name} {d.label} {d.about}" for d in first]
    if count > MOST_LINES:
        lines.append(f"另有 {count - MOST_LINES} 项，请登录平台查看。")
    return "\n".join(lines)


def _state(deadline: Deadline, on: date) -> str:
    status = status_of(deadline, today=on)
    return f"{status.mark} {status.word}"


def _tell(digests: list[Digest], author: Author, law: Law) -> None:
    posts = {digest.recipient_id: digest.recipient for digest in digests}
    directory = Directory.around({post.organisation_id for post in posts.values()}, on=author.on)
    outbox = Outbox(directory, author=author, law=law)
    rows = [
        row
        for digest in digests
        for row in outbox.of_digest(
            digest, Addressee(digest.recipient, WHY["周报" if digest.recipient.role in WEEKLY else "日报"])
        )
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
