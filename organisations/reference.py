"""Loading reference data from CSV: a second run changes nothing."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from organisations.models import CourtArea, CourtCode, Organisation, OrganisationAlias, Region

DATA = Path(__file__).parent / "data"
LEVEL_OF_COURT = {"high": "provincial", "intermediate": "municipal", "basic": "county"}
Row = dict[str, str]


@transaction.atomic
def load_organisations(folder: Path = DATA) -> Counter[str]:
    """Regions, courts, organisations, their codes and aliases from `folder`; counts what changed."""
    changes: Counter[str] = Counter()
    changes["regions"] = upsert(Region, "code", [_region(row) for row in read_csv(folder / "regions.csv")])
    changes["organisations"] = _load_organisations(folder)
    codes = _ids(Organisation)
    changes["court_codes"] = upsert(CourtCode, "code", _court_codes(folder, codes))
    changes["court_areas"] = _add_missing(
        CourtArea,
        ("court_id", "region_id"),
        [_area(row, codes) for row in read_csv(folder / "court_areas.csv")],
    )
    changes["aliases"] = _add_missing(
        OrganisationAlias,
        ("organisation_id", "name"),
        [_alias(row, codes) for row in read_csv(folder / "aliases.csv")],
    )
    return changes


def read_csv(path: Path) -> list[Row]:
    """The rows of a UTF-8 CSV with a header line."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upsert(model: type[models.Model], key: str, wanted: Iterable[Mapping[str, Any]]) -> int:
    """Make the table hold the wanted rows, by `key`; returns how many were added or changed.

    A field that people changed since it was loaded stays as they left it (`Shipped`).
    """
    known = {getattr(row, key): row for row in model._default_manager.all()}
    added, changed = [], []
    for values in wanted:
        row = known.get(values[key])
        if row is None:
            added.append(_shipped(model(), values))
        elif _differs(row, values):
            changed.append(_shipped(row, values))
    model._default_manager.bulk_create(added)
    for row in changed:
        row.save()
    return len(added) + len(changed)


def _shipped(row: Any, values: Mapping[str, Any]) -> Any:
    """The row with the values, its own changes kept, and with a note of what was loaded."""
    for name, value in values.items():
        if not _is_own(row, name):
            setattr(row, name, value)
    if hasattr(row, "shipped"):
        row.shipped |= {name: _plain(value) for name, value in values.items()}
    return row


def _differs(row: Any, values: Mapping[str, Any]) -> bool:
    """Whether loading would change a field that is not people's own, or other data were shipped than before."""
    if any(getattr(row, name) != value and not _is_own(row, name) for name, value in values.items()):
        return True
    shipped = getattr(row, "shipped", None)
    return shipped is not None and any(
        name in shipped and shipped[name] != _plain(value) for name, value in values.items()
    )


def _is_own(row: Any, name: str) -> bool:
    """Whether people changed the field since it was loaded."""
    shipped: Mapping[str, Any] = getattr(row, "shipped", {})
    return name in shipped and _plain(getattr(row, name)) != shipped[name]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _load_organisations(folder: Path) -> int:
    """Organisations first without their links to each other, then with them."""
    courts = [_court(row) for row in read_csv(folder / "courts.csv")]
    others = [_organisation(row) for row in read_csv(folder / "organisations.csv")]
    links = {values["code"]: (values.pop("superior"), values.pop("successor")) for values in courts + others}
    changed = upsert(Organisation, "code", courts + others)
    ids = _ids(Organisation)
    linked = [
        {"code": code, "superior_id": ids.get(superior), "successor_id": ids.get(successor)}
        for code, (superior, successor) in links.items()
    ]
    return max(changed, upsert(Organisation, "code", linked))


def _ids(model: type[models.Model]) -> dict[str, int]:
    return dict(model._default_manager.values_list("code", "pk"))


def _add_missing(model: type[models.Model], key: tuple[str, ...], wanted: list[dict[str, Any]]) -> int:
    """Add what is not there yet; rows that people added stay."""
    known = set(model._default_manager.values_list(*key))
    added = [model(**values) for values in wanted if tuple(values[name] for name in key) not in known]
    model._default_manager.bulk_create(added)
    return len(added)


def _region(row: Row) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short_name"],
        "kind": row["kind"],
        "parent_id": row["parent"] or None,
        "position": int(row["position"]),
        "former_codes": row["former_codes"],
    }


def _court(row: Row) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "short_name": row["short_name"],
        "kind": Organisation.Kind.COURT,
        "level": LEVEL_OF_COURT[row["level"]],
        "region_id": row["region"],
        "superior": row["superior"],
        "successor": "",
        "valid_from": day(row["valid_from"]),
        "valid_to": day(row["valid_to"]),
    }


def _organisation(row: Row) -> dict[str, Any]:
    plain = (
        "code",
        "name",
        "short_name",
        "kind",
        "level",
        "superior",
        "successor",
        "domain",
        "note",
    )
    return {name: row[name] for name in plain} | {
        "region_id": row["region"],
        "position": int(row["position"] or 0),
        "valid_from": day(row["valid_from"]),
        "valid_to": day(row["valid_to"]),
    }


def _court_codes(folder: Path, ids: dict[str, int]) -> list[dict[str, Any]]:
    """Every court's own code and its legacy ones."""
    own = [{"code": row["code"], "court_id": ids[row["code"]]} for row in read_csv(folder / "courts.csv")]
    legacy = [
        {"code": row["code"], "court_id": ids[row["court"]], "note": row["note"]}
        for row in read_csv(folder / "court_codes.csv")
    ]
    return own + legacy


def _area(row: Row, ids: dict[str, int]) -> dict[str, Any]:
    return {"court_id": ids[row["court"]], "region_id": row["region"], "note": row["note"]}


def _alias(row: Row, ids: dict[str, int]) -> dict[str, Any]:
    return {
        "organisation_id": ids[row["organisation"]],
        "name": row["name"],
        "kind": row["kind"],
        "valid_from": day(row["valid_from"]),
        "valid_to": day(row["valid_to"]),
    }
