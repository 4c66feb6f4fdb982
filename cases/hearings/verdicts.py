"""What the rules say of a stated appearance, as the fields that are stored beside the statement."""

from datetime import date
from typing import Any

from rules.appearance import AbsenceGround, AppearanceFacts, CourtFinding, HeadRank, IdCertificate, judge


def verdict_of(told: dict[str, Any], *, held_on: date) -> dict[str, Any]:
    """`counts`, `justified` and `verdict` of an appearance told in the fields of `AppearanceStatement`."""
    facts = AppearanceFacts(
        attended=told.get("attended"),
        rank=HeadRank.of(told["head_rank"]) if told.get("head_rank") else None,
        id_certificate=IdCertificate.of(told["id_certificate"]) if told.get("id_certificate") else None,
        absence_ground=AbsenceGround.of(told.get("absence_ground") or AbsenceGround.NONE),
        court_finding=CourtFinding.of(told["court_finding"]) if told.get("court_finding") else None,
        staff_attended=told.get("staff_attended"),
        lawyer_only=bool(told.get("lawyer_only")),
        spoke=told.get("spoke"),
        opinion_given=told.get("opinion_given"),
        left_early=bool(told.get("left_early")),
    )
    verdict = judge(facts, held_on=held_on)
    return {"counts": verdict.counts, "justified": verdict.justified, "verdict": verdict.reason[:200]}
