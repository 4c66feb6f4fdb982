"""`make year SEED=7 CASES=30 MONTHS=12`: a year on a database of its own, its differences, and how it grows.

On SQLite, or on the PostgreSQL that DATABASE_URL names, beside its database.
"""

import argparse
import os
import sys
from tempfile import TemporaryDirectory

import django

from tests.year.database import own_database, url_of_year


def main() -> int:
    """Play the year; 1 where product and oracle differ."""
    asked = _asked()
    url = url_of_year(os.environ.get("DATABASE_URL", ""))
    with TemporaryDirectory() as folder, own_database(url):
        os.environ |= {"DATA_DIR": folder, "DATABASE_URL": url, "REDIS_URL": ""}
        os.environ.setdefault("SECRET_KEY", "only-for-the-year-and-longer-than-fifty-characters-as-it-asks")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")
        django.setup()
        from tests.year.report import play

        return play(asked.seed, asked.cases, asked.months)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cases", type=int, default=30)
    parser.add_argument("--months", type=int, default=12)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
