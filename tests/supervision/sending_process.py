"""A worker in a process of its own, which can be raced against others and killed at any moment.

Run with Django set up: `main` reads one act a line, `["sweep", "2026-10-13T07:00:00+08:00"]`, and answers each in
JSON. With DIE_AFTER it dies of SIGKILL after so many statements that add something.
"""

import json
import os
import sys
from datetime import datetime

from django.db import connection

from cases.law import current_law
from organisations.authors import Author
from supervision.reminders import delivery
from supervision.sweep import sweeping
from tests.courts.confirming_process import Inserts


def main() -> None:
    print('"ready"', flush=True)
    with connection.execute_wrapper(Inserts(fatal=int(os.environ.get("DIE_AFTER", "0")))):
        for line in sys.stdin:
            act, moment = json.loads(line)
            print(json.dumps(ACTS[act](Author(datetime.fromisoformat(moment)))), flush=True)
    connection.close()


def sweep(author: Author) -> dict[str, int]:
    return sweeping.sweep(on=author.on, author=author, law=current_law())["raised"]


def deliver(author: Author) -> dict[str, int]:
    return delivery.deliver(author=author)


ACTS = {"sweep": sweep, "deliver": deliver}
