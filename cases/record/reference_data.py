"""Loading causes of action and management domains."""

from collections import Counter
from pathlib import Path

from django.db import transaction

from cases.models import Cause, Domain
from organisations.reference import day, read_csv, upsert

DATA = Path(__file__).parents[1] / "data"


@transaction.atomic
def load_causes_and_domains(folder: Path = DATA) -> Counter[str]:
    """案由 and 管理领域 from `folder`; counts what changed."""
    causes = [
        {
            "code": row["code"],
            "level": int(row["level"]),
            "parent_id": row["parent"] or None,
            "name": row["name"],
            "valid_from": day(row["valid_from"]),
        }
        for row in read_csv(folder / "causes.csv")
    ]
    domains = [row | {"position": int(row["position"])} for row in read_csv(folder / "domains.csv")]
    return Counter(causes=upsert(Cause, "code", causes), domains=upsert(Domain, "key", domains))
