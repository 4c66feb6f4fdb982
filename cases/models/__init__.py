"""A dispute, its cases and defendants, hearings and appearances, decisions and obligations, papers, deadlines."""

from cases.models.calendar import CalendarNotice
from cases.models.case import Case, Cause, Defendant, Dispute, Domain, Party, SeriesGroup
from cases.models.deadline import Deadline, DeadlineChange
from cases.models.decision import Decision, DecisionOutcome, Obligation
from cases.models.hearing import (
    AppearanceRuling,
    AppearanceStatement,
    Designation,
    Hearing,
    HearingSession,
    Nomination,
)
from cases.models.paper import EvidencePeriod, MaterialReceipt, Paper, PaperDelivery, PaperFile
from cases.models.source import FactChange, Source

__all__ = [
    "AppearanceRuling",
    "AppearanceStatement",
    "CalendarNotice",
    "Case",
    "Cause",
    "Deadline",
    "DeadlineChange",
    "Decision",
    "DecisionOutcome",
    "Defendant",
    "Designation",
    "Dispute",
    "Domain",
    "EvidencePeriod",
    "FactChange",
    "Hearing",
    "HearingSession",
    "MaterialReceipt",
    "Nomination",
    "Obligation",
    "Paper",
    "PaperDelivery",
    "PaperFile",
    "Party",
    "SeriesGroup",
    "Source",
]
