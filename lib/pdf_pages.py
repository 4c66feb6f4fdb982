"""The pages of an attached PDF as pictures, drawn in a process of its own with limits on memory and time.

So a reader sees a judgment without saving it, and no browser runs what somebody uploaded.
"""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

CHILD = Path(__file__).with_name("page_child.py")
TIMEOUT_SECONDS = 20  # on a machine that is busy; the child allows itself less processor time


class Page(NamedTuple):
    """One page as a JPEG, of so many."""

    of: int
    picture: bytes


class NoPreview(ValueError):
    """The page cannot be drawn: the file is damaged, wants too much, or has no such page."""


def page_of(path: Path, number: int) -> Page:
    """Page `number`, from 1. Raises NoPreview."""
    command = [sys.executable, "-I", str(CHILD), str(path.absolute()), str(number)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_SECONDS, check=True)
    except subprocess.SubprocessError as error:
        raise NoPreview(str(path)) from error
    count, _, picture = done.stdout.partition(b"\n")
    if not picture:
        raise NoPreview(f"{path} has {int(count)} pages")
    return Page(int(count), picture)
