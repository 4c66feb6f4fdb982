"""Serving on one machine without any server: gunicorn, and one Celery worker with its beat, side by side."""

import signal
import socket
import subprocess
import sys
import time
from types import FrameType

ADDRESS = "127.0.0.1:8000"
WEB = ["-m", "gunicorn", "binzhou_litigation.wsgi", "--workers", "2", "--log-level", "warning", "--bind"]
WORKER = ["-m", "celery", "-A", "binzhou_litigation", "worker", "-B", "-P", "solo", "--loglevel", "WARNING"]


def is_taken(address: str) -> bool:
    """Whether something listens on the address (host:port) already."""
    host, _, port = address.rpartition(":")
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, int(port))) == 0


def serve(address: str) -> int:
    """Run both until one ends or the terminal says stop; then end the other. Returns the exit code."""
    children = [subprocess.Popen([sys.executable, *arguments]) for arguments in ([*WEB, address], WORKER)]

    def stop(number: int, frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    stop(0, None)
    return max(abs(child.wait()) for child in children if child.args[2] == "gunicorn")  # type: ignore[index]
