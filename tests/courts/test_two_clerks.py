"""Two clerks confirm the same upload at the same moment: one effect, a clear word to the other."""

from threading import Barrier, Thread

from django.db import connection

from cases.models import Hearing
from courts.models import Notification
from courts.notifications import AlreadyConfirmed, confirm
from organisations.authors import Author
from tests.courts.court_sheets import hearing, workbook


def test_one_effect_and_the_other_is_told(committed, send, world):
    upload = send(workbook(排庭=[hearing()]))
    told, together = [], Barrier(2)

    def press():
        together.wait()
        try:
            told.append(confirm(upload, author=Author(upload.uploaded_at), law=world.law).number)
        except AlreadyConfirmed as refused:
            told.append(type(refused))
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, told)) == sorted([str(AlreadyConfirmed), f"TB202610-{upload.pk}"])
    assert (Notification.objects.count(), Hearing.objects.count()) == (1, 1)
