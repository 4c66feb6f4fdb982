"""How fast the figures of a quarter are over a record of 200,000 cases, and a bulletin's PDF.

Yardstick: one grouped SQL query over the same hearings and statements, by agency and quarter.
"""

import os
import time
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
django.setup()

from django.db import connection
from django.utils.timezone import make_aware

from bench.measuring import Result, best, fresh_database
from bench.record import CASES, fill
from cases.law import current_law
from organisations.authors import Author
from organisations.models import Region
from reports.bulletins.bulletins import draft_bulletin
from reports.figures.figures import figures
from rules.report_periods import parse_report_period

LIMIT, PDF_SECONDS, PDF_BYTES = 5.0, 15, 2_000_000
AS_OF = make_aware(datetime(2026, 11, 23, 8))
YARDSTICK = """
    SELECT lane.organisation_id, strftime('%Y', hearing.day), (strftime('%m', hearing.day) + 2) / 3,
           count(DISTINCT hearing.case_id), sum(said.counts)
    FROM cases_hearing hearing
    JOIN cases_appearancestatement said ON said.hearing_id = hearing.id
    JOIN cases_lane lane ON lane.id = said.lane_id
    WHERE hearing.state = 'held'
    GROUP BY 1, 2, 3
"""


def main() -> None:
    """Measure in a fresh database and print."""
    with fresh_database():
        fill()
        _figures()
        _bulletin()


def _figures() -> None:
    region, period = Region.objects.get(code="371600"), parse_report_period("2026Q3")
    grouped, _ = best(3, _grouped)
    ours, _ = best(3, lambda: figures(period, region, AS_OF))
    print(Result(f"2026Q3 figures over {CASES} cases, against one grouped query", ours, grouped, LIMIT))


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


if __name__ == "__main__":
    main()
