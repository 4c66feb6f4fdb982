"""What the commands about a period in a region ask for, and how they refuse."""

from argparse import ArgumentParser

UNUSABLE = 2


def ask_for_period_and_region(parser: ArgumentParser) -> None:
    """--period, --region and --json."""
    parser.add_argument("--period", required=True, help="如 2026-10、2026Q3、2026H1、2026")
    parser.add_argument("--region", required=True, help="区划代码，如 371600")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
