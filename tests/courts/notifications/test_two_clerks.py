"""Two clerks confirm at the same moment: one effect of one upload, one dispute out of the words of two courts."""

from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import connection

from cases.intake.intake import Intake
from cases.models import Case, Hearing
from courts.models import Notification
from courts.notifications.confirmation import AlreadyConfirmed, confirm
from organisations.authors import Author
from tests.courts.court_sheets import hearing, judgment, workbook


@pytest.fixture
def at_once(committed, world, monkeypatch):
    """Confirm the uploads at the same moment, each in a thread of its own; what each clerk is told."""
    write = Intake.write
    monkeypatch.setattr(Intake, "write", lambda intake: sleep(0.3) or write(intake))

    def press(upload, together, told):
        together.wait()
        try:
            told.append(confirm(upload, author=Author(upload.uploaded_at), law=world.law).number)
        except AlreadyConfirmed as refused:
            told.append(type(refused).__name__)
        finally:
            connection.close()

    def confirm_all(*uploads):
        told, together = [], Barrier(len(uploads))
        threads = [Thread(target=press, args=(upload, together, told)) for upload in uploads]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sorted(told)

    return confirm_all


def test_one_effect_and_the_other_is_told(at_once, send):
    upload = send(workbook(排庭=[hearing()]))
    assert at_once(upload, upload) == ["AlreadyConfirmed", f"TB202610-{upload.pk}"]
    assert (Notification.objects.count(), Hearing.objects.count()) == (1, 1)


def test_linked_cases_of_two_courts_come_together(at_once, send, world):
    first = send(workbook(排庭=[hearing(1)]))
    appeal = send(
        workbook(
            裁判=[judgment("（2026）鲁16行终5号", "驳回上诉，维持原判", 关联案号="（2026）鲁1602行初1号")]
        ),
        court=world.appeal_court,
    )
    assert at_once(first, appeal) == sorted(f"TB202610-{upload.pk}" for upload in (first, appeal))
    later = Case.objects.get(number="（2026）鲁16行终5号")
    assert later.origin == Case.objects.get(number="（2026）鲁1602行初1号")
    assert later.dispute == later.origin.dispute
