"""A dispute, its cases and defendants, hearings and appearances, decisions and obligations, papers, deadlines."""

from cases.models.calendar import CalendarMove, CalendarNotice
from cases.models.case import Case, Cause, Defendant, Dispute, Domain, Party, SeriesGroup
from cases.models.deadline import AT_ONCE, NEVER, Deadline, DeadlineChange
from cases.models.decision import Decision, DecisionOutcome, Obligation
from cases.models.hearing import (
    AppearanceRuling,
    AppearanceStatement,
    Designation,
    Hearing,
    HearingSession,
    Nomination,
)
from cases.models.office_rule import OfficeRule
from cases.models.order import Completion, DeadlineOrder, Incoming
from cases.models.paper import EvidencePeriod, MaterialReceipt, Paper, PaperDelivery, PaperFile
from cases.models.source import FactChange, Source

__all__ = [
    "AT_ONCE",
    "NEVER",
    "AppearanceRuling",
    "AppearanceStatement",
    "CalendarMove",
    "CalendarNotice",
    "Case",
    "Cause",
    "Completion",
    "Deadline",
    "DeadlineChange",
    "DeadlineOrder",
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
    "Incoming",
    "MaterialReceipt",
    "Nomination",
    "Obligation",
    "OfficeRule",
    "Paper",
    "PaperDelivery",
    "PaperFile",
    "Party",
    "SeriesGroup",
    "Source",
]
