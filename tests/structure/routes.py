"""The table of routes: who gets which answer from which page.

`routes.csv` has one line per name of an address: its name, its arguments (`pk=@case month=2026-10`), its query
(`month=2026-10`), and for each role the status of a GET. 302 is the way to sign in, or a page that only leads on;
403: the role sees but does not act; 404: the object is not within its sight; 405: the page is for POST only.

After adding a page run `ROUTES=write pytest tests/structure/test_routes.py -k table`: it adds the missing lines
with the answers given now. Read every one of them before keeping it. Arguments are filled in by hand.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).parent / "routes.csv"
# The columns, by the part in tests/conftest.py; the court, agency and office of another county stand for all strangers.
ROLES = (
    "anonymous",
    "clerk",
    "city_clerk",
    "liaison",
    "other_liaison",
    "foreign_liaison",
    "agency_head",
    "office_clerk",
    "office_head",
    "city_office_clerk",
    "city_office_head",
    "foreign_office_clerk",
    "foreign_office_head",
    "leader",
    "supervision",
    "assessment",
    "political_legal",
    "government_office",
    "system_admin",
    "security_admin",
    "audit_admin",
    "without_post",
    "inactive",
)


@dataclass
class Route:
    """One line of the table."""

    name: str
    arguments: dict[str, str] = field(default_factory=dict)
    query: str = ""
    expected: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> tuple[str, tuple[str, ...]]:
        """Its name and the arguments it gives: one name may stand for several addresses."""
        return self.name, tuple(sorted(self.arguments))

    def as_row(self) -> dict[str, str]:
        told = " ".join(f"{name}={value}" for name, value in self.arguments.items())
        return {"route": self.name, "arguments": told, "query": self.query} | self.expected


def read_table() -> list[Route]:
    """The lines of routes.csv in their order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Route(
                row["route"],
                dict(part.split("=", 1) for part in row["arguments"].split()),
                row["query"],
                {role: row[role] for role in ROLES},
            )
            for row in csv.DictReader(file)
        ]


def write_table(routes: list[Route]) -> None:
    """Write routes.csv anew, in the order of the URLConf."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["route", "arguments", "query", *ROLES], lineterminator="\n")
        writer.writeheader()
        writer.writerows(route.as_row() for route in routes)


def addresses() -> list[tuple[str, tuple[str, ...]]]:
    """Every name of the URLConf, its namespace before it, with the arguments that its address takes."""
    return list(dict.fromkeys(_walk(get_resolver(), "", ())))


def _walk(
    resolver: URLResolver, prefix: str, taken: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        arguments = taken + tuple(entry.pattern.regex.groupindex)
        if not isinstance(entry, URLPattern):
            yield from _walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix, arguments)
        # The second address of an API page, with a format at its end, is the same page.
        elif "format" not in arguments:
            yield f"{prefix}{entry.name or entry.pattern}", tuple(sorted(arguments))
