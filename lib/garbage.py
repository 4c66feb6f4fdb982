"""Python's cyclic garbage collector, and when it had better wait."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_waits() -> Iterator[None]:
    """No cyclic collection inside: for work that makes very many objects and keeps them all until its end.

    The collector would walk over all of them again and again and find nothing: a quarter of the time of a large
    confirmation. Reference counting goes on; what cycles there are go when the block ends.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
