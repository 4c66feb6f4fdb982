"""How fast the sweep is over a million open duties of which one in a hundred is due, and when nothing is.

Yardsticks: one indexed query for the due ones and a bulk insert of as many reminder rows; one indexed query.
"""

import os
from datetime import date, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
django.setup()

from django.utils.timezone import make_aware

from bench.duties import fill_duties, fill_lanes, make_liaisons
from bench.measuring import Result, best, fresh_database, peak_megabytes
from cases.law import current_law
from cases.models import AT_ONCE, Deadline
from organisations.authors import Author
from supervision.models import Message, Reminder
from supervision.sweep.sweeping import sweep, urge_due

DUTIES, SHARE_DUE = 1_000_000, 100
LIMIT, LIMIT_IDLE, MEGABYTES = 3.0, 1.5, 300
ON = date(2026, 11, 6)
AUTHOR = Author(make_aware(datetime(2026, 11, 6, 9)))


def main() -> None:
    """Measure in a fresh database and print."""
    with fresh_database():
        fill_lanes()
        make_liaisons()
        fill_duties(DUTIES, due=ON, share_due=SHARE_DUE)
        law = current_law()
        plain, _ = best(2, _plain)
        Reminder.objects.all().delete()
        ours, raised = best(1, lambda: urge_due(on=ON, author=AUTHOR, law=law))
        print(
            Result(
                f"urging {sum(raised.values())} of {DUTIES} duties, against query and insert",
                ours,
                plain,
                LIMIT,
            )
        )
        print(
            f"    messages {Message.objects.count()}, memory {peak_megabytes():.0f} MB (within {MEGABYTES})"
        )
        query, _ = best(20, lambda: list(_due().values_list("pk", flat=True)))
        idle, _ = best(20, lambda: urge_due(on=ON, author=AUTHOR, law=law))
        print(
            f"    nothing due: {idle * 1000:.2f} ms / {query * 1000:.2f} ms = {idle / query:.2f} (within {LIMIT_IDLE})"
        )
        sweep(on=ON, author=AUTHOR, law=law)
        whole, _ = best(5, lambda: sweep(on=ON, author=AUTHOR, law=law))
        print(f"    the whole sweep with nothing due: {whole * 1000:.1f} ms")


def _due():
    return Deadline.objects.open().duties().filter(look_on__lte=ON).order_by("look_on")


def _plain() -> int:
    Reminder.objects.all()._raw_delete("default")
    found = list(_due())
    Reminder.objects.bulk_create(
        Reminder(
            deadline_id=deadline.pk, step="day0", label="到期当日提醒联络员", planned_on=ON, raised_at=AUTHOR.at,
            organisation_id=deadline.organisation_id, text="应诉情况报告今日 24:00 截止",
        )
        for deadline in found
    )  # fmt: skip
    assert found[0].look_on == AT_ONCE
    return len(found)


if __name__ == "__main__":
    main()
