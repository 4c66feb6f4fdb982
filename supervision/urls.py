"""Addresses of the desk, the deadline board, messages, and the work calendar."""

from django.urls import path

from supervision.views import boards, calendars

app_name = "supervision"

urlpatterns = [
    path("desk/", boards.desk, name="desk"),
    path("deadlines/", boards.deadlines, name="deadlines"),
    path("deadlines/remind/", boards.remind, name="remind"),
    path("messages/<int:pk>/", boards.read_message, name="read_message"),
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<int:pk>/", calendars.calendar, name="calendar"),
    path("calendars/<int:pk>/approve/", calendars.approve, name="approve_calendar"),
    path("calendars/<int:pk>/drop/", calendars.drop, name="drop_calendar"),
]
