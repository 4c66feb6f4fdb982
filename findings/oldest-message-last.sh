#!/usr/bin/env bash
# After a restart of the machine, a queue of files hands out the newest messages first.
#
# Versions: kombu 5.7.0 (the filesystem transport of Celery)
# Guess: the folder is a queue: what was put in first comes out first, also after the worker was down for a night.
# Behaviour: a file's name begins with the milliseconds since the machine started, and names are sorted as text. After a
# restart the clock begins near zero, so all that waited from before comes last. Without a restart the order turns whenever
# the number gains a digit: at 10 000, 100 000, ... and 1 000 000 000 ms, which is after 11.6 days.
#
# Output:
#   without a restart:   ['第1封', '第2封', '第3封']
#   after a restart:     ['第3封', '第1封', '第2封']
#   on the twelfth day:  ['第3封', '第1封', '第2封']
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check kombu==5.7.0

venv/bin/python - <<'PYTHON'
from pathlib import Path

from kombu import Connection
from kombu.transport import filesystem


folder = Path("messages")
folder.mkdir()
options = {"data_folder_in": "messages", "data_folder_out": "messages", "control_folder": "control"}

with Connection("filesystem://", transport_options=options) as connection:
    queue = connection.SimpleQueue("reminders")

    def order(*uptimes: float) -> list[str]:
        """Put one message at each time since the start of the machine, in this order; then take all."""
        for number, uptime in enumerate(uptimes, start=1):
            filesystem.monotonic = lambda uptime=uptime: uptime
            queue.put(f"第{number}封")
        return [queue.get(timeout=1).payload for _ in uptimes]

    steady = order(500_000.0, 500_060.0, 500_120.0)
    restarted = order(500_000.0, 500_060.0, 45.0)  # the third one 45 seconds after a restart
    twelfth_day = order(999_940.0, 999_999.0, 1_000_000.0)

print("without a restart:  ", steady)
print("after a restart:    ", restarted)
print("on the twelfth day: ", twelfth_day)
assert steady == ["第1封", "第2封", "第3封"]
assert restarted == twelfth_day == ["第3封", "第1封", "第2封"]
PYTHON
