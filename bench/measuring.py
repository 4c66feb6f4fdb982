"""What all measurements share: a fresh database with the reference data, the best of several runs, peak memory."""

import gc
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Result:
    """One measurement beside its yardstick, in seconds, and how many times the yardstick it may take."""

    name: str
    seconds: float
    yardstick: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.yardstick

    def __str__(self) -> str:
        words = "within" if self.ratio <= self.limit else "OVER"
        times = f"{self.seconds:.2f} s / {self.yardstick:.2f} s = {self.ratio:.2f}"
        return f"{self.name}: {times} ({words} {self.limit:g})"


@contextmanager
def fresh_database() -> Iterator[None]:
    """A migrated database of its own with the reference data, and a folder of its own for files."""
    with tempfile.TemporaryDirectory() as folder, override_settings(FILES_DIR=Path(folder)):
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            with open(os.devnull, "w") as nowhere:
                call_command("load_reference_data", stdout=nowhere)
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def best(times: int, work: Callable[[], Given]) -> tuple[float, Given]:
    """The shortest of so many runs, in seconds, and what the last one gave."""
    shortest = float("inf")
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        given = work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, given


def peak_megabytes() -> float:
    """The most memory this process or one of its children ever had, in MB."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(usage.ru_maxrss for usage in usages) / 1024
