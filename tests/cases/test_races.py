"""Two people at the same moment: one waits for the other, nobody for each other, and the second is told in words."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from binzhou_litigation.lost_races import BUSY
from cases.deadlines import completion, incoming, orders
from cases.deadlines.incoming import Received, register_incoming
from cases.deadlines.orders import Order, order, resume, withdraw
from cases.deadlines.sync import sync_deadlines
from cases.models import Case, Deadline, DeadlineOrder, Dispute, Incoming, Lane
from cases.papers import drafts, handing_in
from cases.registration import cases as registration
from cases.registration import mistakes
from rules.case_numbers import parse_case_number
from tests.factories import LaneFactory, at

TODAY = date(2026, 10, 15)
PATIENCE = 0.7  # seconds to wait for one who cannot come, since somebody else holds the lock


@pytest.fixture
def meet(monkeypatch):
    """Whoever has come through the named function waits a moment for the other to come as far."""

    def waiting(*places):
        together = Barrier(2)
        for module, name, before in places:
            monkeypatch.setattr(module, name, _pausing(getattr(module, name), together, before))

    return waiting


def _pausing(act, together, before):
    def paused(*args, **kwargs):
        if before:
            with suppress(BrokenBarrierError):
                together.wait(PATIENCE)
            return act(*args, **kwargs)
        done = act(*args, **kwargs)
        with suppress(BrokenBarrierError):
            together.wait(PATIENCE)
        return done

    return paused


def both(*acts):
    """What each came to: its result, or what it raised."""

    def closing(act):
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        return [one.result() for one in [pool.submit(closing, act) for act in acts]]


@pytest.fixture
def paused_deadline(committed, cast, law):
    """A deadline whose period stands still, with the order that stopped it."""
    lane, author = LaneFactory(), at(TODAY, cast.post.office_clerk)
    sync_deadlines([lane.pk], law=law, author=author, reason="通报")
    deadline = Deadline.objects.get(lane=lane, rule="material_receipt")
    told = Order(kind="pause", ground="court", document="裁定书", first=TODAY)
    return deadline, order(deadline, told, author=author, law=law)


def test_resuming_and_withdrawing_one_pause_do_not_wait_for_each_other(paused_deadline, cast, law, meet):
    """One took the lane and then the order, the other the order and then the lane: PostgreSQL ended one of them."""
    deadline, made = paused_deadline
    author = at(TODAY, cast.post.office_clerk)
    meet((orders, "lock_holder", False), (orders, "sync_holder", True))
    came = both(
        lambda: resume(deadline, last=TODAY, document="恢复审理通知", author=author, law=law),
        lambda: withdraw(made, author=author, law=law),
    )
    assert not [one for one in came if isinstance(one, OperationalError)]
    made.refresh_from_db()
    assert made.withdrawn_at is not None


def test_handing_in_and_saving_one_draft_do_not_wait_for_each_other(committed, cast, law, meet):
    lane, author = LaneFactory(), at(TODAY, cast.post.liaison)
    place = drafts.Place(lane, "leader_report", "")
    typed = {"reported_on": ["2026-10-15"], "reported_to": ["方局长"]}
    draft = drafts.save_draft(place, typed=typed, key="k", revision=0, author=author)
    submission = handing_in.Submission("leader_report", {"reported_on": "2026-10-15"}, "k")
    meet((handing_in, "submit", True), (drafts, "lock_lanes", False))
    came = both(
        lambda: handing_in.hand_in(draft, handing_in.Finished(submission), author=author, law=law),
        lambda: drafts.save_draft(
            place, typed=typed | {"instruction": ["阅"]}, key="n", revision=1, author=author
        ),
    )
    assert not [one for one in came if isinstance(one, OperationalError)]
    assert lane.papers.count() == 1


def test_two_codefendants_who_register_one_case_at_one_moment_leave_one_case(
    committed, cast, client_of, monkeypatch, meet
):
    monkeypatch.setattr("django.conf.settings.TODAY", TODAY)
    meet((registration, "_create", True))
    typed = {
        "number": "（2026）鲁1602行初87号", "plaintiffs": "张三", "role": "acted",
        "received_on": "2026-10-14", "method": "direct",
    }  # fmt: skip
    clients = [client_of(person) for person in (cast.liaison, cast.other_liaison)]
    came = both(*(lambda client=client: client.post("/cases/new/", typed) for client in clients))
    assert sorted(one.status_code for one in came) == [302, 422]
    refused = next(one for one in came if one.status_code == 422)
    assert "（2026）鲁1602行初87号 已在平台中，被告不含本单位" in refused.content.decode()
    assert (Case.objects.count(), Lane.objects.count(), Dispute.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("whose", ["lane", "organisation"])
def test_one_incoming_paper_registered_twice_at_one_moment_is_one_paper_and_one_duty(
    committed, cast, law, meet, whose
):
    lane = LaneFactory()
    about = {"lane": lane} if whose == "lane" else {"organisation": lane.organisation}
    meet((incoming, "kept_fields", True))
    letter = Received("letter_received", TODAY, "滨建〔2026〕3号")
    author = at(TODAY, cast.post.liaison)
    came = both(*[lambda: register_incoming(letter, author=author, law=law, **about)] * 2)
    (refused,) = [one for one in came if isinstance(one, Exception)]
    assert isinstance(refused, ValidationError)
    assert refused.message_dict == {"document": ["这份来文已经登记过。"]}
    assert (Incoming.objects.count(), Deadline.objects.filter(rule="letter_reply").count()) == (1, 1)


def losing(times, act):
    """The act, once a database has ended it so many times for the sake of another."""
    left = [times]

    def lost(*args, **kwargs):
        if left[0]:
            left[0] -= 1
            raise OperationalError("database is locked")
        return act(*args, **kwargs)

    return lost


@pytest.fixture
def unit_duty(committed, cast, law, monkeypatch):
    """A duty of a unit, and what its liaison types to say that it is done."""
    monkeypatch.setattr("django.conf.settings.TODAY", TODAY)
    author = at(TODAY, cast.post.liaison)
    letter = Received("letter_received", TODAY, "滨建〔2026〕3号")
    register_incoming(letter, organisation=cast.post.liaison.organisation, author=author, law=law)
    return Deadline.objects.get(rule="letter_reply"), {"done_on": "2026-10-15", "how": "已书面回复"}


@pytest.mark.parametrize(("times", "status", "state"), [(1, 302, "met"), (2, 503, "open")])
def test_a_request_that_lost_a_race_is_answered_once_more_and_then_told_in_words(
    unit_duty, cast, client_of, monkeypatch, times, status, state
):
    duty, typed = unit_duty
    monkeypatch.setattr(completion, "complete", losing(times, completion.complete))
    answer = client_of(cast.liaison).post(f"/deadlines/{duty.pk}/complete/", typed)
    duty.refresh_from_db()
    assert (answer.status_code, duty.state) == (status, state)
    assert (BUSY in answer.content.decode()) == (status == 503)


def test_the_api_says_so_in_its_own_shape(unit_duty, cast, client_of, monkeypatch):
    monkeypatch.setattr("cases.case_list.watching.note", losing(2, None))
    case = LaneFactory().case
    answer = client_of(cast.liaison).post(
        f"/api/v1/cases/{case.pk}/note/", {"text": "已沟通", "key": "a"}, content_type="application/json"
    )
    assert (answer.status_code, answer.json()) == (503, {"code": "busy", "message": BUSY, "errors": []})


def test_a_fault_that_no_second_try_mends_is_no_lost_race(unit_duty, cast, client_of, monkeypatch):
    duty, typed = unit_duty
    broken = OperationalError("no such table: cases_deadline")
    monkeypatch.setattr(completion, "complete", lambda *_, **__: (_ for _ in ()).throw(broken))
    client = client_of(cast.liaison)
    client.raise_request_exception = False
    assert client.post(f"/deadlines/{duty.pk}/complete/", typed).status_code == 500
    assert DeadlineOrder.objects.count() == 0


def test_two_wrong_cases_that_get_one_number_at_one_moment_leave_one_of_them_asked_again(
    committed, cast, law, meet
):
    wrong = [LaneFactory().case, LaneFactory().case]
    right, author = parse_case_number("（2026）鲁1602行初76号").first, at(TODAY, cast.post.clerk)
    meet((mistakes, "lock_lanes_of_cases", False))
    came = both(
        *(
            lambda case=case: mistakes.correct_number(case, right, reason="误录", author=author, law=law)
            for case in wrong
        )
    )
    # SQLite lets one transaction begin at a time: the second finds the case of the first and goes over into it.
    words = ["（2026）鲁1602行初76号 刚由他人登记。请再看一次将发生的变化。"]
    refused = [one.messages[0] for one in came if isinstance(one, ValidationError)]
    assert refused == (words if connection.vendor == "postgresql" else [])
    assert Case.objects.standing().filter(number=right.display).count() == 1
