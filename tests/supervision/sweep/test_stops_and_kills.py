"""Stops and kills of what raises and sends: nothing lost, nothing doubled to the reader, true due days kept.

Processes are really started, raced, stopped and killed: on SQLite and files, or on PostgreSQL and Redis, as the
settings of the run say. Where Redis is what stops, a server of the test's own is started and killed.
"""

import hashlib
import hmac
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Timer
from time import monotonic, sleep

import pytest
import redis
from celery import Celery
from django.conf import settings as configured
from django.db import connection, connections, transaction
from django.utils.timezone import make_aware

from cases.models import AT_ONCE, Deadline
from organisations.authors import Author
from organisations.models import Organisation, Post, User
from organisations.roles import Role
from supervision import tasks
from supervision.models import Digest, JobRun, Letter, Message, PushSetting, Reminder
from supervision.reminders.delivery import CLAIM, MOST_TRIES, deliver
from supervision.reminders.digests import raise_digests
from supervision.sweep.sweeping import absent_notifications, sweep, urge_due
from tests.courts.confirming_process import Inserts
from tests.factories import DeadlineFactory, LaneFactory, NotificationFactory, organisation
from tests.supervision.sinks import GatewaySink, MailSink

ROOT = Path(__file__).parents[3]
START = "import django; django.setup(); from tests.supervision.sending_process import main; main()"
PATIENCE = 60  # seconds for a process to come to something; reached only where it never does
DUE = date(2026, 10, 13)
SECRET = "a-secret-of-the-gateway-with-32-characters-or-more"
REDIS_SERVER = shutil.which("redis-server")
NEEDS_REDIS = pytest.mark.skipif(REDIS_SERVER is None, reason="there is no redis-server to start and kill")
pytestmark = pytest.mark.usefixtures("committed")


def at(day, hour=7, minute=0, *, number=0):
    """A moment of the day; runs with other numbers are some microseconds later."""
    return Author(make_aware(datetime(day.year, day.month, day.day, hour, minute, 0, number)))


def after(author, later):
    return Author(author.at + later)


def until(met, *, told=lambda: "nothing came"):
    """Wait until it is so."""
    end = monotonic() + PATIENCE
    while not met():
        assert monotonic() < end, told()
        sleep(0.05)


# Processes


class Process:
    """A process with its children in a group of their own; what it says on its error channel is kept in a file."""

    def __init__(self, words, environment, log):
        self.words, self.environment, self.log = words, environment, log
        self._start()

    def _start(self):
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.words,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if "-c" in self.words else log,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def see_to_it(self):
        """With a broker, start it again where it ended, as docker-compose.yml does; without one, nobody would."""
        if not self.alive:
            assert self.environment["REDIS_URL"], f"ended by itself: {self.said()}"
            self._start()

    def kill(self):
        """As when the machine loses power: nobody tidies up, children neither."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._end()

    def _end(self):
        self._process.wait(PATIENCE)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()

    def kill_alone(self):
        """As the kernel's out-of-memory killer does it: children live on."""
        self._process.kill()
        self._process.wait()

    def died(self):
        """Whether it died of the signal; waits for its end."""
        return self._process.wait(PATIENCE) == -signal.SIGKILL

    @property
    def alive(self):
        return self._process.poll() is None

    def said(self):
        return self.log.read_text()

    def ask(self, act, author):
        """Tell it to do something, and do not wait."""
        self._process.stdin.write(json.dumps([act, author.at.isoformat()]) + "\n")
        self._process.stdin.flush()

    def answer(self):
        """What it answered. One that never answers is killed."""
        timer = Timer(PATIENCE, self.kill)
        timer.start()
        line = self._process.stdout.readline()
        timer.cancel()
        assert line, f"ended without an answer: {self.said()}"
        return json.loads(line)


@pytest.fixture
def start(committed, tmp_path):
    """Start processes on the database of the test; none outlives it."""
    running = []

    def started(*words, **environment):
        told = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.supervision.quick_settings",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "DATABASE_URL": "" if configured.EMBEDDED else os.environ["DATABASE_URL"],
            "DATA_DIR": str(tmp_path / "data"),
            "DAY": DUE.isoformat(),
            "REDIS_URL": "",
            "EMAIL_URL": "",
            "WEBHOOK_URL": "",
        }
        log = tmp_path / f"process-{len(running)}.log"
        running.append(Process([sys.executable, *words], told | environment, log))
        return running[-1]

    yield started
    for process in running:
        process.kill()


@pytest.fixture
def workers(start):
    """Some `sending_process`es, ready to act."""

    def ready(number, **environment):
        group = [start("-c", START, **environment) for _ in range(number)]
        assert [one.answer() for one in group] == ["ready"] * number
        return group

    return ready


def at_once(group, act, moments):
    """All do the same at the same moment; their answers."""
    for one, author in zip(group, moments, strict=True):
        one.ask(act, author)
    return [one.answer() for one in group]


def threads(number, act):
    """Do something in so many threads at once, each on a connection of its own; what each returned."""
    barrier = Barrier(number)

    def one(_):
        barrier.wait(PATIENCE)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


# The scene


@pytest.fixture
def people(cast):
    """Twelve liaisons of the agency of the scene, each with an address and a telephone.

    They want no digest: one is sent in working hours only, and the processes have the hour of the machine.
    """
    agency = organisation("371602-ZRZY")
    cast.post.liaison.delete()
    cast.post.agency_head.delete()
    users = [User.objects.create_user(f"liaison-{n}", name=f"联络{n}") for n in range(12)]
    for n, user in enumerate(users):
        user.email, user.phone = f"liaison-{n}@example.gov.cn", f"1385430{n:04}"
        user.save()
    posts = [Post.objects.create(user=u, organisation=agency, role=Role.AGENCY_LIAISON) for u in users]
    for post in posts:
        PushSetting.objects.create(post=post, digest=False)
    return posts


@pytest.fixture
def three(people):
    """The first three of them; the others have left."""
    Post.objects.filter(pk__in=[post.pk for post in people[3:]]).delete()
    return people[:3]


@pytest.fixture
def waiting(law, settings):
    """Raise reminders of so many duties so that their messages wait for one channel."""

    def raised(channel, duties=2):
        settings.EMAIL_URL = "smtp://x" if channel == "email" else ""
        settings.WEBHOOK_URL = "http://x" if channel == "webhook" else ""
        for _ in range(duties):
            DeadlineFactory(rule="defence_report", starts_on=date(2026, 10, 8), due_on=DUE)
        urge_due(on=DUE, author=at(DUE), law=law)
        return Message.objects.filter(channel=channel)

    return raised


@pytest.fixture
def through(settings):
    """Let this process send by a sink too."""

    def told(sink):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = sink.url, SECRET

    return told


def states(messages):
    return Counter(messages.values_list("state", flat=True))


# a. killed while mailing


@pytest.mark.parametrize("point", ["MAIL", "DATA", "QUIT"])
def test_a_mail_whose_worker_was_killed_is_read_once(point, three, waiting, workers, through):
    """Killed before the server took the mail, after it took it, and after it said so: of three, while at the second."""
    mails = waiting("email")
    with MailSink(silent_at=point, nth=2) as sink:
        [worker] = workers(1, EMAIL_URL=sink.url)
        worker.ask("deliver", at(DUE, 9))
        assert sink.fell_silent.wait(PATIENCE)
        worker.kill()
        sink.release()
        assert states(mails) == {"sent": 2, "sending": 2, "waiting": 2}
        before = sink.read()

        through(sink)
        soon = after(at(DUE, 9), CLAIM - timedelta(seconds=1))
        assert deliver(author=soon) == {"sent": 1}  # what lay in the dead worker's hands is not free yet
        # Met meanwhile: the parcel still says what it said, for its reader may know it already.
        Deadline.objects.filter(pk=Deadline.objects.earliest("pk").pk).update(state="met", met_on=DUE)
        assert deliver(author=after(at(DUE, 9), CLAIM)) == {"sent": 1}
        assert deliver(author=after(at(DUE, 9), 2 * CLAIM)) == {}

    assert states(mails) == {"sent": 6}
    read = sink.read()
    assert {key: read[key] for key in before} == before
    assert [len(texts) for texts in read.values()] == [1, 1, 1]
    texts = [text for [text] in read.values()]
    assert sorted(to for to, _, _ in texts) == [post.user.email for post in three]
    assert all(text.count(DUE.isoformat()) == 2 for _, _, text in texts)
    assert sorted(sink.times().values()) == ([1, 1, 1] if point == "MAIL" else [1, 1, 2])


# b. the gateway


def is_signed(request):
    """As a gateway checks it, by the description of supervision/gateway.py alone."""
    signed = request.headers["X-Timestamp"].encode() + b"." + request.body
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(request.headers["X-Signature"], f"sha256={digest}")


def test_a_text_message_whose_worker_was_killed_is_taken_once(three, waiting, workers, through):
    texts = waiting("webhook")
    with GatewaySink(silent_at="POST", nth=2) as sink:
        [worker] = workers(1, WEBHOOK_URL=sink.url, WEBHOOK_SECRET=SECRET)
        worker.ask("deliver", at(DUE, 9))
        assert sink.fell_silent.wait(PATIENCE)
        worker.kill()
        sink.release()
        assert states(texts) == {"sent": 2, "sending": 2, "waiting": 2}
        through(sink)
        again = after(at(DUE, 9), CLAIM)
        assert deliver(author=again) == {"sent": 2}
        assert deliver(author=after(again, CLAIM)) == {}

    assert states(texts) == {"sent": 6}
    assert all(is_signed(request) for request in sink.came)
    keys = [request.headers["Idempotency-Key"] for request in sink.came]
    assert sorted(Counter(keys).values()) == [1, 1, 2]
    taken = {(key, request.body) for key, request in zip(keys, sink.came, strict=True)}
    assert len(taken) == 3
    assert {json.loads(body)["to"] for _, body in taken} == {post.user.phone for post in three}
    assert all(json.loads(body)["key"] == key for key, body in taken)
    [first, second] = [r for r in sink.came if keys.count(r.headers["Idempotency-Key"]) == 2]
    assert int(first.headers["X-Timestamp"]) == int(at(DUE, 9).at.timestamp())
    assert int(second.headers["X-Timestamp"]) == int(again.at.timestamp())


def test_what_a_gateway_refuses_five_times_is_given_up_with_the_reason(three, waiting, through):
    texts = waiting("webhook")
    with GatewaySink(status=400) as sink:
        through(sink)
        told = [deliver(author=at(DUE, 9 + n)) for n in range(MOST_TRIES + 1)]
    assert told == [{"retry": 3}] * (MOST_TRIES - 1) + [{"failed": 3}, {}]
    assert set(texts.values_list("state", "error")) == {("failed", "消息网关答复 400")}
    assert Counter(Counter(r.headers["Idempotency-Key"] for r in sink.came).values()) == {MOST_TRIES: 3}


def test_a_gateway_that_is_down_for_hours_gets_everything_once_when_it_is_back(three, waiting, through):
    texts = waiting("webhook")
    with GatewaySink(status=503) as sink:
        through(sink)
        told = [deliver(author=at(DUE, 9 + n)) for n in range(MOST_TRIES + 1)]
    assert told == [{"down": 1}] * (MOST_TRIES + 1)
    assert set(texts.values_list("state", "attempts")) == {("waiting", 0)}
    with GatewaySink() as sink:
        through(sink)
        assert deliver(author=at(DUE, 16)) == {"sent": 3}
    assert len({request.headers["Idempotency-Key"] for request in sink.came}) == len(sink.came) == 3


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_gateway_that_leads_elsewhere_is_not_followed(status, three, waiting, through):
    texts = waiting("webhook")
    with GatewaySink() as elsewhere, GatewaySink(status=status, leads_to=elsewhere.url) as sink:
        through(sink)
        assert deliver(author=at(DUE, 9)) == {"retry": 3}
    assert (len(sink.came), elsewhere.came) == (3, [])
    assert set(texts.values_list("state", "error")) == {("waiting", f"消息网关答复 {status}")}


# R24: what cannot be sent


def test_a_mail_that_cannot_even_be_written_is_given_up_and_holds_up_nobody(three, waiting, through):
    mails = waiting("email")
    User.objects.filter(pk=three[0].user.pk).update(email="liaison@example.gov.cn\n")
    with MailSink() as sink:
        through(sink)
        for n in range(4 * MOST_TRIES):
            with suppress(ValueError):  # as the worker does: the tick fails, the next one comes
                deliver(author=after(at(DUE, 9), n * CLAIM / 2))
    assert states(mails.exclude(recipient=three[0])) == {"sent": 4}
    assert len(sink.came) == 2
    assert states(mails.filter(recipient=three[0])) == {"failed": 2}


def test_a_mail_without_an_address_left_is_not_called_sent(three, waiting, through):
    mails = waiting("email")
    User.objects.filter(pk=three[0].user.pk).update(email="")
    with MailSink() as sink:
        through(sink)
        deliver(author=at(DUE, 9))
    assert len(sink.came) == 2
    assert "sent" not in states(mails.filter(recipient=three[0]))


# c. two schedulers, two workers


@pytest.fixture
def duties(cast):
    """Duties of each ladder, in every stage of it during the days that follow."""
    lane = LaneFactory()
    for n in range(12):
        due = DUE + timedelta(days=n)
        DeadlineFactory(lane=lane, rule="defence_report", starts_on=date(2026, 10, 8), due_on=due)
        DeadlineFactory(lane=lane, rule="obligation_compensation_pay", starts_on=date(2026, 9, 8), due_on=due)
        DeadlineFactory(lane=lane, rule="name_head", starts_on=due, due_on=due)


def told_of():
    """Who was told of what by which way; a doubled one would be there twice."""
    return sorted(
        Message.objects.values_list(
            "reminder__deadline",
            "reminder__step",
            "reminder__planned_on",
            "digest__day",
            "recipient",
            "channel",
        ),
        key=str,
    )


def everything():
    """What there is after a sweep, without what differs from run to run."""
    return {
        "reminders": sorted(Reminder.objects.values_list("deadline", "step", "planned_on", "text")),
        "messages": told_of(),
        "letters": sorted(Letter.objects.values_list("deadline", "kind", "state")),
        "digests": sorted(Digest.objects.values_list("recipient", "day", "text")),
        "regular": sorted(
            Deadline.objects.filter(lane=None).values_list("organisation", "rule", "subject", "due_on")
        ),
        "look_on": sorted(Deadline.objects.exclude(lane=None).values_list("pk", "look_on")),
    }


def undisturbed(author, law):
    """What one sweep alone makes of it."""
    with transaction.atomic():
        sweep(on=author.on, author=author, law=law)
        expected = everything()
        transaction.set_rollback(True)
    return expected


def test_schedulers_at_once_raise_everything_once(duties, workers, law):
    group = workers(4)
    for day in [DUE, DUE + timedelta(days=1), DUE + timedelta(days=8)]:
        before = Reminder.objects.count()
        expected = undisturbed(at(day, 9), law)
        told = at_once(group, "sweep", [at(day, 9, number=n) for n in range(len(group))])
        assert everything() == expected
        raised = sum((Counter(one) for one in told), Counter())
        assert raised.total() == Reminder.objects.count() - before > 0
    assert Letter.objects.filter(kind="performance").exists()
    assert Letter.objects.filter(kind="appearance").exists()
    assert expected["regular"]
    assert expected["digests"]
    assert ["Traceback" in one.said() for one in group] == [False] * len(group)


def test_schedulers_at_once_at_the_very_same_moment_raise_everything_once(duties, workers, law):
    group = workers(2)
    expected = undisturbed(at(DUE, 9), law)
    at_once(group, "sweep", [at(DUE, 9)] * 2)
    assert everything() == expected


def test_workers_at_once_send_each_mail_once(people, waiting, workers):
    mails = waiting("email", duties=3)
    with MailSink() as sink:
        group = workers(4, EMAIL_URL=sink.url)
        told = at_once(group, "deliver", [at(DUE, 9, number=n) for n in range(len(group))])
        assert sum(one.get("sent", 0) for one in told) == len(people)
    assert states(mails) == {"sent": 3 * len(people)}
    assert list(sink.times().values()) == [1] * len(people)
    texts = [text for [text] in sink.read().values()]
    assert sorted(to for to, _, _ in texts) == sorted(post.user.email for post in people)
    assert all(text.count(DUE.isoformat()) == 3 for _, _, text in texts)
    assert ["Traceback" in one.said() for one in group] == [False] * len(group)


@pytest.mark.parametrize("point", ["first", "half", "last"])
def test_a_scheduler_that_was_killed_leaves_nothing_half_done(point, duties, workers, law):
    """Killed once it has added something, half of it, or all of it: the next one ends where one alone would have."""
    inserts = Inserts()
    with connection.execute_wrapper(inserts):
        expected = undisturbed(at(DUE, 9), law)
    fatal = {"first": 1, "half": inserts.done // 2, "last": inserts.done}[point]
    [one] = workers(1, DIE_AFTER=str(fatal))
    one.ask("sweep", at(DUE, 9, number=1))
    assert one.died()
    there = everything()
    for what in ("reminders", "letters", "digests", "regular"):  # each as a whole or not at all
        assert there[what] in ([], expected[what])
    sweep(on=DUE, author=at(DUE, 9, number=2), law=law)
    assert everything() == expected


# d. the same task twice in threads


def test_the_same_sweep_in_several_threads_has_the_effect_of_one(duties, law, settings):
    settings.TODAY = DUE
    expected = undisturbed(Author(tasks.this_moment()), law)
    raised = threads(4, tasks.sweep)
    assert sum(raised) == len(expected["reminders"]) > 0
    assert everything() == expected


def test_the_same_delivery_in_several_threads_sends_each_mail_once(people, waiting, through):
    mails = waiting("email", duties=1)
    with MailSink() as sink:
        through(sink)
        mails.update(next_try_at=at(DUE - timedelta(days=1)).at)
        sent = threads(4, tasks.deliver)
    assert sum(sent) == len(people)
    assert states(mails) == {"sent": len(people)}
    assert list(sink.times().values()) == [1] * len(people)


# The platform as it runs: beat and worker


class Redis:
    """A Redis server of the test's own, which keeps nothing when it is killed."""

    def __init__(self, folder):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis(port=self.port)
        self._folder = folder

    def start(self):
        quiet = ["--save", "", "--appendonly", "no", "--dir", str(self._folder)]
        self._process = subprocess.Popen(
            [REDIS_SERVER, "--bind", "127.0.0.1", "--port", str(self.port), *quiet], stdout=subprocess.DEVNULL
        )
        until(self._answers)

    def stop(self):
        self._process.kill()
        self._process.wait()

    def _answers(self):
        with suppress(redis.ConnectionError):
            return self.client.ping()
        return False


@contextmanager
def own_redis(folder):
    server = Redis(folder)
    server.start()
    try:
        yield server
    finally:
        server.client.close()
        server.stop()


@pytest.fixture
def broker(tmp_path):
    """The address of the broker as the settings have it: none means files; Redis is one of the test's own."""
    if not configured.REDIS_URL:
        yield ""
        return
    if REDIS_SERVER is None:
        pytest.skip("there is no redis-server to start and kill")
    with own_redis(tmp_path) as server:
        yield server.url


@pytest.fixture
def own(tmp_path):
    """A Redis server that the test may stop."""
    with own_redis(tmp_path) as server:
        yield server


SOLO = ("worker", "-B", "-P", "solo")
APART = (("worker", "--concurrency", "2"), ("beat",))


@pytest.fixture
def platform(start):
    """Start worker and beat as docs/operations.md does: one process without a broker, two with Redis."""

    def started(url, day=DUE, parts=None, **environment):
        parts = parts or (APART if url else (SOLO,))
        told = environment | {"REDIS_URL": url, "DAY": day.isoformat()}
        return [start("-m", "celery", "-A", "binzhou_litigation", *part, **told) for part in parts]

    return started


def killed(processes):
    for process in processes:
        process.kill()


def came_to(met, processes):
    """Wait until they have brought it about."""

    def seen():
        for process in processes:
            process.see_to_it()
        return met()

    until(seen, told=lambda: "\n".join(process.said() for process in processes))


def covered(day, processes):
    """Wait until the sweep of the day is done."""
    came_to(JobRun.objects.filter(job="sweep", covered=day).exists, processes)


def raised_for(deadline, processes):
    """Wait until a reminder of the duty is there; the reminders of it."""
    mine = Reminder.objects.filter(deadline=deadline)
    came_to(mine.exists, processes)
    return list(mine.values_list("step", "planned_on"))


def duty(due=DUE):
    return DeadlineFactory(rule="defence_report", starts_on=due - timedelta(days=5), due_on=due)


def every_reminder_once():
    """Each duty of the test was urged by its step of the day alone, and its people told once."""
    assert sorted(Reminder.objects.values_list("deadline", "step", "planned_on")) == sorted(
        (d.pk, "day0", d.due_on) for d in Deadline.objects.filter(rule="defence_report")
    )
    assert Message.objects.filter(reminder__isnull=False).count() == Reminder.objects.count()


# e. stopped for days


def test_a_scheduler_that_stood_still_over_the_fifth_makes_up_for_it(cast, law, broker, platform):
    """Beat and worker run on the 3rd, are killed, and run again from the 7th."""
    third, seventh = date(2026, 11, 3), date(2026, 11, 7)
    deadline = duty(date(2026, 11, 5))
    NotificationFactory(month=date(2026, 11, 1), kind="schedule")
    first = platform(broker, third)
    covered(third, first)
    killed(first)
    assert absent_notifications(on=third, law=law) == []

    second = platform(broker, seventh)
    covered(seventh, second)
    killed(second)
    steps = [(r.step, r.planned_on, r.is_late) for r in deadline.reminders.order_by("pk")]
    # t-1 of the 4th and day0 of the 5th are superseded.
    assert steps == [("t-3", date(2026, 11, 2), True), ("t+1", date(2026, 11, 6), True)]
    due = Deadline.objects.get(pk=deadline.pk)
    assert (due.due_on, due.original_due_on) == (date(2026, 11, 5), date(2026, 11, 5))
    told = deadline.reminders.values_list("step", "messages__recipient", "messages__channel")
    assert sorted(told) == [(step, cast.post.liaison.pk, "in_app") for step in ("t+1", "t-3")]

    absent = absent_notifications(on=seventh, law=law)
    assert {row["since"] for row in absent} == {"2026-11-05"}
    courts = Organisation.objects.courts().exclude(level="provincial").count()
    assert len(absent) == 3 * courts - 1
    assert {"court": "鲁1602", "kind": "schedule"}.items() not in [row.items() for row in absent]
    assert absent == absent_notifications(on=seventh - timedelta(days=1), law=law)


@pytest.mark.parametrize(
    ("last", "next_", "months"),
    [
        (date(2026, 10, 30), date(2026, 11, 7), ["2026-10"]),
        (date(2026, 10, 30), date(2027, 2, 7), ["2026-10", "2026-11", "2026-12", "2027-01"]),
    ],
    ids=["over the 5th", "for three months"],
)
def test_regular_work_of_a_month_in_which_nobody_swept_has_its_true_day(cast, law, last, next_, months):
    LaneFactory()
    sweep(on=last, author=at(last, 9), law=law)
    monthly = Deadline.objects.filter(
        rule="monthly_analysis", organisation=cast.post.office_clerk.organisation
    )
    before = set(monthly.values_list("subject", flat=True))
    for _ in range(2):
        sweep(on=next_, author=at(next_, 9), law=law)
        fresh = {d.subject: d for d in monthly.exclude(subject__in=before)}
        assert sorted(fresh) == [f"period:{month}" for month in months]
        assert [d.due_on for d in fresh.values()] == [
            law.due("monthly_analysis", d.starts_on).due_on for d in fresh.values()
        ]
        assert {d.starts_on + timedelta(days=1) for d in fresh.values()} == {
            _first_after(month) for month in months
        }
    raised = Reminder.objects.filter(deadline__in=monthly, raised_at=at(next_, 9).at)
    assert all(r.planned_on <= next_ for r in raised)
    assert monthly.count() == len(before) + len(months)


def _first_after(month):
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=32)).replace(day=1)


# f. beat and worker, killed and stopped


def test_a_platform_that_was_killed_goes_on_where_it_stood(cast, broker, platform, tmp_path):
    one = duty()
    first = platform(broker)
    assert raised_for(one, first) == [("day0", DUE)]
    killed(first)
    two = duty()
    second = platform(broker)
    assert raised_for(two, second) == [("day0", DUE)]
    killed(second)
    three = duty()
    for file in (tmp_path / "data").glob("celerybeat-schedule*"):
        file.unlink()
    third = platform(broker)
    assert raised_for(three, third) == [("day0", DUE)]
    four = duty()
    assert raised_for(four, third) == [("day0", DUE)]
    every_reminder_once()


def test_a_worker_killed_beside_its_beat_is_replaced_by_another_with_a_beat(cast, broker, platform):
    """Its own beat lives on, so that two tick from then: everything is still raised once."""
    first = platform(broker)
    assert raised_for(duty(), first) == [("day0", DUE)]
    first[0].kill_alone()
    two = duty()
    second = platform(broker)
    assert raised_for(two, second) == [("day0", DUE)]
    assert raised_for(duty(), second) == [("day0", DUE)]
    assert all(one.alive for one in second)
    every_reminder_once()


def test_messages_of_another_release_and_torn_ones_stop_nobody(cast, broker, platform, tmp_path):
    running = platform(broker)
    assert raised_for(duty(), running) == [("day0", DUE)]
    _put_strange_messages(broker, tmp_path / "data" / "queue")
    two = duty()
    assert raised_for(two, running) == [("day0", DUE)]
    came_to(lambda: "no_longer_there" in running[0].said(), running)
    assert raised_for(duty(), running) == [("day0", DUE)]
    assert all(one.alive for one in running)
    every_reminder_once()


def _put_strange_messages(broker, queue):
    folders = {"data_folder_in": str(queue / "messages"), "data_folder_out": str(queue / "messages")}
    folders["control_folder"] = str(queue / "control")
    other = Celery("other", broker=broker or "filesystem://", set_as_current=False)
    other.conf.update(broker_transport_options={} if broker else folders, task_ignore_result=True)
    other.send_task("supervision.tasks.no_longer_there", queue="celery")
    other.send_task("supervision.tasks.sweep", kwargs={"region": "371602"}, queue="celery")
    other.send_task("supervision.tasks.sweep", args=["2026-13-45"], queue="celery")
    other.close()


@pytest.mark.skipif(bool(configured.REDIS_URL), reason="messages are files only without a broker")
def test_an_empty_message_file_stops_nobody(cast, platform, tmp_path):
    """A full disk or a power cut leaves such a file; and each is one for a moment, before its message is written."""
    running = platform("")
    assert raised_for(duty(), running) == [("day0", DUE)]
    torn = tmp_path / "data" / "queue" / "messages" / "0_torn.celery.msg"
    torn.touch()
    came_to(lambda: not torn.exists(), running)
    assert raised_for(duty(), running) == [("day0", DUE)]
    assert running[0].alive


def _two_more_lost(beat):
    failed = _lost_ticks(beat)
    until(lambda: _lost_ticks(beat) >= failed + 2, told=beat.said)


@NEEDS_REDIS
def test_redis_stopped_over_some_ticks_costs_nothing(cast, own, platform):
    running = platform(own.url)
    assert raised_for(duty(), running) == [("day0", DUE)]
    own.stop()
    # Two ticks are lost before the duty comes up, so that the worker is through with what it had in hand; two after.
    _two_more_lost(running[1])
    two = duty()
    _two_more_lost(running[1])
    own.start()
    assert raised_for(two, running) == [("day0", DUE)]
    assert raised_for(duty(), running) == [("day0", DUE)]
    every_reminder_once()


@NEEDS_REDIS
def test_redis_that_forgets_everything_loses_no_message(people, waiting, own, platform):
    """Emptied with ticks waiting in it, and again while the worker sends."""
    mails = waiting("email", duties=2)
    with MailSink(silent_at="DATA", nth=3) as sink:
        [beat] = platform(own.url, parts=APART[1:], EMAIL_URL=sink.url)
        came_to(lambda: own.client.llen("celery") >= 4, [beat])
        assert states(mails) == {"waiting": 2 * len(people)}
        mails.update(next_try_at=at(DUE - timedelta(days=1)).at)
        own.client.flushall()
        [worker] = platform(own.url, parts=APART[:1], EMAIL_URL=sink.url)
        came_to(sink.fell_silent.is_set, [beat, worker])
        own.client.flushall()
        sink.release()
        # The sink closed on the third mail without an answer: it is tried again, under the same key.
        came_to(lambda: _all_sent(mails), [beat, worker])
    assert [len(texts) for texts in sink.read().values()] == [1] * len(people)
    assert sorted(sink.times().values()) == [1] * (len(people) - 1) + [2]
    assert all(text.count(DUE.isoformat()) == 2 for [(_, _, text)] in sink.read().values())


def _lost_ticks(beat):
    # Beat either gives up a tick, or stands still until it has its connection.
    return beat.said().count("Message Error") + beat.said().count("beat: Connection error")


def _all_sent(mails):
    # A mail that is tried again waits two minutes for it; here nobody waits that long.
    mails.filter(state="waiting", attempts__gt=0).update(next_try_at=at(DUE - timedelta(days=1)).at)
    return set(states(mails)) == {"sent"}


# g. the clock


def test_a_clock_that_was_set_back_doubles_nothing_and_tells_nothing_early(cast, law):
    duty()
    for n, day in enumerate([DUE, DUE - timedelta(days=1), DUE, DUE - timedelta(days=1), DUE]):
        sweep(on=day, author=at(day, 9, number=n), law=law)
        every_reminder_once()
    assert Digest.objects.values("recipient", "day").distinct().count() == Digest.objects.count()
    due = Deadline.objects.get(rule="defence_report")
    assert (due.due_on, due.look_on) == (DUE, DUE + timedelta(days=1))


def test_a_clock_an_hour_behind_sends_nothing_twice(three, waiting, through):
    mails = waiting("email")
    with MailSink() as sink:
        through(sink)
        told = [deliver(author=at(DUE, hour)) for hour in (9, 8, 9, 10)]
    assert told == [{"sent": 3}, {}, {}, {}]
    assert states(mails) == {"sent": 6}
    assert list(sink.times().values()) == [1, 1, 1]


def test_a_clock_that_was_a_day_ahead_takes_no_digest_of_the_true_day(cast, law):
    duty()
    tomorrow = DUE + timedelta(days=1)
    sweep(on=tomorrow, author=at(tomorrow, 9), law=law)
    sweep(on=DUE, author=at(DUE, 9, 10), law=law)
    assert Digest.objects.filter(day=DUE, recipient=cast.post.liaison).count() == 1


# The digests, whose messages go the same way


def test_a_digest_is_told_once_to_each_however_often_it_is_raised(cast, law):
    duty()
    for n in range(2):
        raise_digests(on=DUE, author=at(DUE, 9, number=n), law=law)
    digests = Digest.objects.filter(day=DUE)
    assert digests.count() > 0
    told = Counter(Message.objects.in_app().values_list("digest", flat=True))
    assert told == Counter(digests.values_list("pk", flat=True))


def test_a_duty_touched_after_it_was_urged_is_not_urged_again(cast, law):
    duty()
    for _ in range(2):
        urge_due(on=DUE, author=at(DUE), law=law)
        Deadline.objects.update(look_on=AT_ONCE)
    every_reminder_once()
