"""日报 of working days for offices and liaisons, 周报 on Mondays for leaders: what stands open, in ten lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import transaction
from django.db.models import F

from cases.case_page.steps import status_of
from cases.law import Law
from cases.models import Deadline
from organisations.authors import Author
from organisations.models import Post
from organisations.roles import AGENCY_ROLES, Role
from rules.calendars import DAY
from supervision.models import Digest, Message
from supervision.reminders.outbox import Outbox
from supervision.reminders.recipients import Addressee, Directory

Reader = tuple[str, str]  # "unit" with its id, or "region" with its code
MOST_LINES = 10
AHEAD = 3  # days
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
    Digest.objects.bulk_create(_digests(posts, on, author, law), ignore_conflicts=True)
    # Read again: another sweep at the same moment may have been faster with some of them.
    ours = Digest.objects.filter(day=on, raised_at=author.at).select_related("recipient__user")
    _tell(list(ours), author, law)
    return len(ours)


def _wants(post: Post) -> bool:
    setting = getattr(post, "push_setting", None)
    return setting is None or setting.digest


def _is_first_of_week(on: date, law: Law) -> bool:
    """Monday, or the first working day after a Monday off."""
    return on == law.calendar.next_working_day(on - on.weekday() * DAY)


def _digests(posts: Iterable[Post], on: date, author: Author, law: Law) -> Iterable[Digest]:
    standing, tells_of_nothing = Standing.on(on), _is_first_of_week(on, law)
    for post in posts:
        kind = "周报" if post.role in WEEKLY else "日报"
        text = standing.text_of(post)
        if not text and post.role in TOLD_OF_NOTHING and tells_of_nothing:
            text = standing.last_week(post)
        if text:
            yield Digest(recipient=post, day=on, subject=f"应诉期限{kind}", text=text, raised_at=author.at)


@dataclass
class Standing:
    """What stands overdue or falls due within three days, by who reads it; read once for everybody."""

    day: date
    urgent: dict[Reader, list[Deadline]]
    done_late: Counter[Reader]  # duties of the last week

    @classmethod
    def on(cls, day: date) -> Self:
        """As of the morning of the day."""
        duties = Deadline.objects.duties().select_related(*_WHOSE).order_by("due_on", "pk").only(*_SHOWN)
        urgent: dict[Reader, list[Deadline]] = defaultdict(list)
        for deadline in duties.open().filter(due_on__lte=day + AHEAD * DAY):
            for reader in _readers_of(deadline):
                urgent[reader].append(deadline)
        late = duties.filter(met_on__gte=day - 7 * DAY, met_on__gt=F("due_on"))
        return cls(day, urgent, Counter(reader for deadline in late for reader in _readers_of(deadline)))

    def text_of(self, post: Post) -> str:
        """What stands open in a post's scope, in ten lines; empty where nothing does."""
        urgent = self.urgent.get(_reader(post), [])
        if not urgent:
            return ""
        overdue = sum(one.due_on < self.day for one in urgent)
        lines = [f"已逾期 {overdue} 项，三日内到期 {len(urgent) - overdue} 项。"]
        lines += [
            f"{_state(d, self.day)} {d.organisation.short_name} {d.label} {d.about}"
            for d in urgent[:MOST_LINES]
        ]
        if len(urgent) > MOST_LINES:
            lines.append(f"另有 {len(urgent) - MOST_LINES} 项，请登录平台查看。")
        return "\n".join(lines)

    def last_week(self, post: Post) -> str:
        """What is said where nothing is open: whether last week was without a late duty too."""
        done_late = self.done_late[_reader(post)]
        week = f"上周逾期办结 {done_late} 项" if done_late else "上周无逾期"
        return f"{week}；目前无逾期，三日内无到期事项。"


_WHOSE = ("case", "organisation__region", "organisation__successor__successor")
_SHOWN = (
    "rule", "label", "matter", "due_on", "met_on", "state", "case__number", "organisation__short_name",
    "organisation__region__parent", "organisation__successor__successor",
)  # fmt: skip


def _readers_of(deadline: Deadline) -> set[Reader]:
    """The same as `visible_to`: the unit and who stands in its place, its region and the city above it."""
    agency = deadline.organisation
    units = {("unit", str(pk)) for pk in agency.succession()}
    return units | {("region", str(code)) for code in (agency.region_id, agency.region.parent_id) if code}


def _reader(post: Post) -> Reader:
    if post.role in AGENCY_ROLES:
        return "unit", str(post.organisation_id)
    return "region", str(post.organisation.region_id)


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
        for one in _readers(digest, directory)
        for row in outbox.of_digest(digest, one)
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def _readers(digest: Digest, directory: Directory) -> list[Addressee]:
    """The person, and who stands in during a leave."""
    post = digest.recipient
    why = WHY["周报" if post.role in WEEKLY else "日报"]
    copies = f"您是{post.user.name}休假期间的代收人；{why}"
    return [Addressee(post, why), *(Addressee(proxy, copies) for proxy in directory.proxies.get(post.pk, ()))]
