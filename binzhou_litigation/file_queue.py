"""Celery's queue of files, for the embedded default: a message counts once it is whole on the disk.

kombu writes a message under its final name; a worker may take it half written, or find it torn after a power cut, and
ends. Here it is written beside, flushed and renamed, and a file that is no message is passed over.
"""

import os
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """A channel whose messages are whole or not there."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        name = os.path.join(self.data_folder_out, f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg")
        with open(f"{name}.part", "wb") as file:
            file.write(dumps(payload).encode())
            file.flush()
            os.fsync(file.fileno())
        os.rename(f"{name}.part", name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        while True:
            try:
                return super()._get(queue)
            except ValueError:
                continue  # no message; it was taken out of the folder already


class Transport(filesystem.Transport):
    """The transport with that channel."""

    Channel = Channel
