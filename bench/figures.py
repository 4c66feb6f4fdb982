"""How fast the figures of a quarter are over a record of 200,000 cases, and a bulletin's PDF.

Yardstick: one grouped SQL query over the same hearings and statements, by agency and quarter.
"""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from django.utils.timezone import make_aware

from bench.record import CASES, fill
from cases.law import current_law
from organisations.authors import Author
from organisations.models import Region
from reports.bulletins import draft_bulletin
from reports.figures import figures
from rules.report_periods import parse_report_period

LIMIT, PDF_SECONDS, PDF_BYTES = 5.0, 15, 2_000_000
AS_OF = make_aware(datetime(2026, 11, 23, 8))
YARDSTICK = """
    SELECT lane.organisation_id, strftime('%Y', hearing.day), (strftime('%m', hearing.day) + 2) / 3,
           count(DISTINCT hearing.case_id), sum(said.counts)
    FROM cases_hearing hearing
    JOIN cases_appearancestatement said ON said.hearing_id = hearing.id
    JOIN cases_defendant lane ON lane.id = said.defendant_id
    WHERE hearing.state = 'held'
    GROUP BY 1, 2, 3
"""


def main() -> None:
    """Measure in a fresh database and print."""
    with tempfile.TemporaryDirectory() as folder, override_settings(FILES_DIR=Path(folder)):
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            call_command("load_reference_data", stdout=open(os.devnull, "w"))  # noqa: SIM115
            fill()
            _figures()
            _bulletin()
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def _figures() -> None:
    region, period = Region.objects.get(code="371600"), parse_report_period("2026Q3")
    grouped = _best(3, _grouped)
    ours = _best(3, lambda: figures(period, region, AS_OF))
    word = "within" if ours / grouped <= LIMIT else "OVER"
    print(
        f"2026Q3 figures over {CASES} cases, against one grouped query: "
        f"{ours:.2f} s / {grouped:.2f} s = {ours / grouped:.2f} ({word} {LIMIT:.0f})"
    )


def _grouped() -> None:
    with connection.cursor() as cursor:
        cursor.cursor.connection.execute(YARDSTICK).fetchall()


def _bulletin() -> None:
    region, period = Region.objects.get(code="371600"), parse_report_period("2026Q3")
    started = time.perf_counter()
    bulletin = draft_bulletin(
        kind="quarterly", period=period, region=region, author=Author(AS_OF), law=current_law()
    )
    seconds, size = time.perf_counter() - started, bulletin.pdf.size if bulletin.pdf else 0
    word = "within" if seconds <= PDF_SECONDS and size <= PDF_BYTES else "OVER"
    print(
        f"quarterly bulletin with its PDF: {seconds:.1f} s, {size / 1000:.0f} KB ({word} {PDF_SECONDS} s, 2 MB)"
    )


def _best(times: int, work: Callable[[], object]) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return min(taken)


if __name__ == "__main__":
    main()
