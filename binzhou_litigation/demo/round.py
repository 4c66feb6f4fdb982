"""One whole round on the sample workbooks: notifications in, agencies' answers, reminders, the quarter's bulletin."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import get_current_timezone

from binzhou_litigation.demo.accounts import HAND_AGENCY, make_accounts, make_clerks, make_liaisons
from binzhou_litigation.demo.acts import Agencies
from binzhou_litigation.demo.samples import SAMPLE_COURTS, SAMPLE_MONTHS, WORKBOOKS
from cases.deadlines.completion import Done, complete
from cases.law import Law
from cases.models import Deadline, Lane
from cases.record.reference_data import load_causes_and_domains
from courts.models import Upload
from courts.notifications.confirmation import confirm
from courts.uploads.planning import month_of, plan_upload
from organisations.authors import Author
from organisations.models import Post, Region, User
from organisations.reference import load_organisations
from reports.bulletins.bulletins import draft_bulletin
from reports.bulletins.duties import issue_and_meet
from rules.report_periods import parse_report_period
from supervision.sweep.sweeping import sweep

QUARTER, CITY = "2026Q3", "371600"
ISSUED_MONTH, ISSUED_NUMBER = "2026-09", "滨政办字〔2026〕9号"
SWEEP_EVERY = timedelta(days=4)
LEFT_OPEN = timedelta(days=10)
Say = Callable[[str], None]


class NotADemonstration(Exception):
    """The database holds real accounts; a demonstration must not touch it."""


def is_done() -> bool:
    """Whether the round was made here before."""
    return Upload.objects.filter(
        state=Upload.State.CONFIRMED, file_name=f"{SAMPLE_COURTS[-1]}-{SAMPLE_MONTHS[-1]}.xlsx"
    ).exists()


def make_round(*, today: date, law: Law, say: Say) -> None:
    """The round, with every act on the day it would have happened, up to today."""
    if User.objects.exists() and not is_demonstration():
        raise NotADemonstration("数据库中已有正式账号，演示数据不能写入。请改用空的 DATA_DIR。")
    load_organisations()
    load_causes_and_domains()
    make_accounts()
    clerks = make_clerks(list(SAMPLE_COURTS))
    for month in SAMPLE_MONTHS:
        _one_month(month, clerks, today, law, say)
    issue_month(today=today, law=law)
    draft_quarter(today=today, law=law)


def is_demonstration() -> bool:
    """Whether the accounts here are those of the demonstration."""
    return User.objects.filter(username="court1602", name="周书记员").exists()


def draft_quarter(*, today: date, law: Law) -> Path:
    """The quarterly bulletin of the city, drafted by its legal affairs office; returns where its PDF lies."""
    drafter = Post.objects.select_related("organisation__region", "user").get(user__username="office")
    bulletin = draft_bulletin(
        kind="quarterly",
        period=parse_report_period(QUARTER),
        region=Region.objects.get(code=CITY),
        author=_at(today, drafter, hour=16),
        law=law,
    )
    out = Path(settings.DATA_DIR) / "out" / f"季通报-{QUARTER}.pdf"
    out.parent.mkdir(exist_ok=True)
    if bulletin.pdf:
        out.write_bytes(bulletin.pdf.path.read_bytes())
    return out


def issue_month(*, today: date, law: Law) -> None:
    """The bulletin of the quarter's last month, issued, so that leaders have one to confirm."""
    head = Post.objects.select_related("organisation__region", "user").get(user__username="officehead")
    author = _at(today, head, hour=15)
    region = Region.objects.get(code=CITY)
    draft = draft_bulletin(
        kind="monthly", period=parse_report_period(ISSUED_MONTH), region=region, author=author, law=law
    )
    issue_and_meet(draft, ISSUED_NUMBER, author=author, law=law)


def _do_regular_work(day: date, today: date, law: Law) -> None:
    """What offices and agencies owe regularly within the next days is done in time, up to ten days before today.

    The city's monthly bulletin of the last month of the quarter is issued on the platform itself.
    """
    head = Post.objects.select_related("organisation__region", "user").get(user__username="officehead")
    soon = Deadline.objects.open().duties().filter(lane=None, due_on__lt=day + SWEEP_EVERY)
    issued = {"rule": "monthly_bulletin", "subject": f"period:{ISSUED_MONTH}", "organisation__region": CITY}
    for duty in soon.filter(due_on__lt=today - LEFT_OPEN).exclude(**issued):
        deed = Done(min(duty.due_on, day), "演示数据：已按期办结")
        complete(duty, deed, author=_at(max(day, duty.starts_on), head, hour=16), law=law)


def _one_month(month: str, clerks: dict[str, Post], today: date, law: Law, say: Say) -> None:
    period = month_of(month)
    told_on = min(law.notification_day(period.first).due_on, today)
    for court, clerk in clerks.items():
        path = WORKBOOKS / f"{court}-{month}.xlsx"
        author = _at(told_on, clerk, hour=9)
        upload = plan_upload(
            path.read_bytes(),
            name=path.name,
            court=clerk.organisation,
            month=period,
            kind="auto",
            author=author,
            law=law,
        )
        upload = confirm(upload, author=author, law=law)
        added, changed = (upload.effects["rows"].get(status, 0) for status in ("added", "changed"))
        say(f"{month} {clerk.organisation.name}：回执 {upload.number}，新增 {added} 行、变更 {changed} 行")
    checker = Post.objects.select_related("organisation__region", "user").get(user__username="office")
    agencies = Agencies(make_liaisons(), law, today, checker)
    lanes = Lane.objects.select_related("case", "organisation__region").order_by("pk")
    if month == SAMPLE_MONTHS[-1]:
        lanes = lanes.exclude(organisation__code=HAND_AGENCY)
    agencies.make_rosters()
    agencies.act(lanes, told_on=told_on)
    _sweep_until(told_on, min(period.last + timedelta(days=5), today), today, law)


def _sweep_until(first: date, last: date, today: date, law: Law) -> None:
    day = first
    while day < last:
        sweep(on=day, author=_at(day, None, hour=9), law=law)
        _do_regular_work(day, today, law)
        day += SWEEP_EVERY
    sweep(on=last, author=_at(last, None, hour=9), law=law)


def _at(day: date, post: Post | None, *, hour: int) -> Author:
    return Author(datetime.combine(day, time(hour), get_current_timezone()), post)
