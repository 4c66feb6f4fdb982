"""A dispute, its cases and defendants, hearings and appearances, decisions and obligations, papers, deadlines."""

from cases.models.attention import CaseNote, Handler, Watch
from cases.models.calendar import CalendarMove, CalendarNotice
from cases.models.candidate import Candidate
from cases.models.case import Case, Cause, Dispute, Domain, Lane, Party, SeriesGroup
from cases.models.deadline import AT_ONCE, NEVER, PLAN_RULE, Deadline, DeadlineChange
from cases.models.decision import AppealChoice, ClaimOutcome, Decision, DecisionOutcome, Obligation
from cases.models.discrepancy import Discrepancy, DiscrepancyAnswer
from cases.models.draft import Draft, DraftFile
from cases.models.hearing import (
    DECLINED,
    AppearanceRuling,
    AppearanceStatement,
    Designation,
    Hearing,
    HearingSession,
    Nomination,
)
from cases.models.ledger import EntryFile, PerformanceEntry
from cases.models.mandate import Mandate, MandatedEntry
from cases.models.office_rule import OfficeRule
from cases.models.order import Completion, DeadlineOrder, Incoming
from cases.models.paper import (
    EvidencePeriod,
    MaterialReturn,
    Paper,
    PaperDelivery,
    PaperFile,
    ServiceReceipt,
)
from cases.models.review import LeaderNotice, PaperReview, RectificationMeasure
from cases.models.source import FactChange, Source, Told

__all__ = [
    "AT_ONCE",
    "DECLINED",
    "NEVER",
    "PLAN_RULE",
    "AppealChoice",
    "AppearanceRuling",
    "AppearanceStatement",
    "CalendarMove",
    "CalendarNotice",
    "Candidate",
    "Case",
    "CaseNote",
    "Cause",
    "ClaimOutcome",
    "Completion",
    "Deadline",
    "DeadlineChange",
    "DeadlineOrder",
    "Decision",
    "DecisionOutcome",
    "Designation",
    "Discrepancy",
    "DiscrepancyAnswer",
    "Dispute",
    "Domain",
    "Draft",
    "DraftFile",
    "EntryFile",
    "EvidencePeriod",
    "FactChange",
    "Handler",
    "Hearing",
    "HearingSession",
    "Incoming",
    "Lane",
    "LeaderNotice",
    "Mandate",
    "MandatedEntry",
    "MaterialReturn",
    "Nomination",
    "Obligation",
    "OfficeRule",
    "Paper",
    "PaperDelivery",
    "PaperFile",
    "PaperReview",
    "Party",
    "PerformanceEntry",
    "RectificationMeasure",
    "SeriesGroup",
    "ServiceReceipt",
    "Source",
    "Told",
    "Watch",
]
