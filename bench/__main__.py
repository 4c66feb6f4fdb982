"""`make bench`: every measurement in a process of its own, so that none pays for another's memory."""

import subprocess
import sys

for part in (
    "bench.intake",
    "bench.figures",
    "bench.sweep",
    "bench.calendar",
    "bench.board",
    "bench.workspace",
):
    print(f"== {part}", flush=True)
    subprocess.run([sys.executable, "-m", part], check=True)
