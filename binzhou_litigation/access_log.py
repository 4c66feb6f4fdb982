"""The access log without secrets: the token of a calendar feed stands in its address."""

import re
from typing import Any

from gunicorn.glogging import Logger

_TOKEN = re.compile(r"/feeds/[^/\s]+/")


def masked(line: str) -> str:
    """A request line or address with the token of a feed left out."""
    return _TOKEN.sub("/feeds/…/", line)


class MaskedLogger(Logger):  # type: ignore[misc]
    """gunicorn's logger, with masked addresses."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(*args, **kwargs)
        return {name: masked(value) if isinstance(value, str) else value for name, value in atoms.items()}
