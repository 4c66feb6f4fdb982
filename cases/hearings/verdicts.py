"""What the rules say of a stated appearance, as the fields that are stored beside the statement."""

from datetime import date
from typing import Any

from rules.appearance import AbsenceGround, AppearanceFacts, CourtFinding, HeadRank, IdCertificate, judge


def verdict_of(stated: dict[str, Any], *, held_on: date) -> dict[str, Any]:
    """`counts`, `justified` and `verdict` of an appearance told in the fields of `AppearanceStatement`."""
    facts = AppearanceFacts(
        attended=stated.get("attended"),
        rank=HeadRank.of(stated["head_rank"]) if stated.get("head_rank") else None,
        id_certificate=IdCertificate.of(stated["id_certificate"]) if stated.get("id_certificate") else None,
        absence_ground=AbsenceGround.of(stated.get("absence_ground") or AbsenceGround.NONE),
        court_finding=CourtFinding.of(stated["court_finding"]) if stated.get("court_finding") else None,
        staff_attended=stated.get("staff_attended"),
        lawyer_only=bool(stated.get("lawyer_only")),
        left_early=bool(stated.get("left_early")),
    )
    verdict = judge(facts, held_on=held_on)
    return {"counts": verdict.counts, "justified": verdict.justified, "verdict": verdict.reason[:200]}
