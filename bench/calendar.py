"""How long the impact list of a new calendar takes over 100,000 open deadlines, and carrying it out.

Yardstick: a minute for the list, which shows its progress meanwhile.
"""

import os
from datetime import date, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
django.setup()

from django.db import connection
from django.utils.timezone import make_aware

from bench import duties
from bench.measuring import best, fresh_database, peak_megabytes
from cases.deadlines.sync import sync_deadlines
from cases.law import current_law
from cases.models import CalendarNotice, Deadline, ServiceReceipt
from cases.work_calendar.impact import assess, carry_out
from cases.work_calendar.notices import read_lines
from organisations.authors import Author
from organisations.models import Organisation, Post, User

LANES, SECONDS = 34_000, 60
LINES = """放假 元旦 2027-01-01 2027-01-04
放假 春节 2027-02-06 2027-02-12
放假 清明节 2027-04-03 2027-04-05
放假 劳动节 2027-05-01 2027-05-05
放假 端午节 2027-06-09
放假 中秋节 2027-09-15
放假 国庆节 2027-10-01 2027-10-07"""
AUTHOR_AT = make_aware(datetime(2026, 12, 18, 9))


def main() -> None:
    """Measure in a fresh database and print."""
    duties._CASE = f"(i % {LANES} + 1)"
    with fresh_database():
        duties.fill_lanes(LANES)
        office = Organisation.objects.get(code="BZ-SF")
        user = User.objects.create(username="office", name="经办")
        author = Author(AUTHOR_AT, Post.objects.create(user=user, organisation=office, role="office_clerk"))
        _sign(author)
        law = current_law()
        sync_deadlines(range(1, LANES + 1), law=law, author=author, reason="签收")
        count = Deadline.objects.open().count()
        notice = CalendarNotice.objects.create(
            year=2027, number=1, published_on=date(2026, 11, 4), notice="2027年放假安排（测试）",
            ranges=read_lines(LINES, 2027), entered_at=AUTHOR_AT, entered_by=author.post,
        )  # fmt: skip
        took, _ = best(1, lambda: assess(notice))
        words = "within" if took <= SECONDS else "OVER"
        print(
            f"impact list over {count} open deadlines: {took:.1f} s ({words} {SECONDS}), {notice.moves.count()} move"
        )
        print(f"    progress {notice.progress}, memory {peak_megabytes():.0f} MB")
        notice.state, notice.approved_at = "approved", AUTHOR_AT
        other = User.objects.create(username="head", name="负责人")
        notice.approved_by = Post.objects.create(user=other, organisation=office, role="office_head")
        notice.save()
        carried, _ = best(1, lambda: carry_out(notice, author=author))
        print(f"    carried out in {carried:.1f} s")


def _sign(author: Author) -> None:
    """Every lane was signed for in the middle of December, so that its periods end in January."""
    ServiceReceipt.objects.bulk_create(
        ServiceReceipt(
            lane_id=lane, received_on=date(2026, 12, 15 + lane % 4), method="direct", signed_at=AUTHOR_AT,
            signed_by=author.post, source_id=1,
        )
        for lane in range(1, LANES + 1)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
