"""Reminders with their outbox, letters, what people keep of the board, and the record of jobs."""

from supervision.models.assignment import Assignment
from supervision.models.board import CalendarFeed, SavedView
from supervision.models.letter import Letter
from supervision.models.reminder import (
    MANUAL,
    Digest,
    JobRun,
    LeaveProxy,
    Message,
    Notice,
    PushSetting,
    Reminder,
)

__all__ = [
    "MANUAL",
    "Assignment",
    "CalendarFeed",
    "Digest",
    "JobRun",
    "LeaveProxy",
    "Letter",
    "Message",
    "Notice",
    "PushSetting",
    "Reminder",
    "SavedView",
]
