"""Addresses of the desk, the deadline board, messages, letters, rules, and the work calendar."""

from django.urls import path

from supervision.views import assignments, letters, office_rules, sweep, work_calendar
from supervision.views.board import board, desk, feeds, saved_views
from supervision.views.reminders import messages, urging

app_name = "supervision"

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("deadlines/", board.deadlines, name="deadlines"),
    path("deadlines/export/", board.export, name="export_deadlines"),
    path("deadlines/print/", board.printed, name="print_deadlines"),
    path("deadlines/remind/", urging.remind, name="remind"),
    path("deadlines/views/", saved_views.save_view, name="save_view"),
    path("deadlines/views/<int:pk>/drop/", saved_views.drop_view, name="drop_view"),
    path("deadlines/<int:pk>/event.ics", feeds.single, name="deadline_event"),
    path("cases/<int:pk>/urging/", urging.case_urging, name="case_urging"),
    path("calls/<int:pk>/", urging.call, name="call"),
    path("messages/", messages.inbox, name="inbox"),
    path("messages/read/", messages.read_all, name="read_all"),
    path("messages/settings/", messages.settings, name="settings"),
    path("messages/settings/keys/", messages.keys, name="keys"),
    path("messages/leaves/", messages.add_leave, name="add_leave"),
    path("messages/leaves/<int:pk>/drop/", messages.drop_leave, name="drop_leave"),
    path("messages/feed/", messages.new_feed, name="new_feed"),
    path("messages/feed/stop/", messages.stop_feed, name="stop_feed"),
    path("messages/<int:pk>/", messages.read_message, name="read_message"),
    path("messages/<int:pk>/later/", messages.later, name="later"),
    path("feeds/<str:token>/calendar.ics", feeds.feed, name="feed"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/discard/", letters.discard, name="discard_letter"),
    path("cases/<int:pk>/assign/", assignments.new_assignment, name="assign"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/<int:pk>/", assignments.assignment, name="assignment"),
    path("jobs/", sweep.jobs, name="jobs"),
    path("jobs/messages/retry/", sweep.retry_all, name="retry_all"),
    path("jobs/messages/<int:pk>/retry/", sweep.retry, name="retry_message"),
    path("rules/", office_rules.rules, name="rules"),
    path("rules/new/<str:subject>/<str:key>/", office_rules.new_rule, name="new_rule"),
    path("rules/<int:pk>/", office_rules.rule, name="rule"),
    path("rules/<int:pk>/approve/", office_rules.approve, name="approve_rule"),
    path("rules/<int:pk>/drop/", office_rules.drop, name="drop_rule"),
    path("calendars/", work_calendar.calendars, name="calendars"),
    path("calendars/<int:pk>/", work_calendar.calendar, name="calendar"),
    path("calendars/<int:pk>/progress/", work_calendar.progress, name="calendar_progress"),
    path("calendars/<int:pk>/approve/", work_calendar.approve, name="approve_calendar"),
    path("calendars/<int:pk>/drop/", work_calendar.drop, name="drop_calendar"),
]
