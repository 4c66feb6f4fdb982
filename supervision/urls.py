"""Addresses of the desk, the deadline board and messages."""

from django.urls import path

from supervision import views

app_name = "supervision"

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("deadlines/", views.deadlines, name="deadlines"),
    path("deadlines/remind/", views.remind, name="remind"),
    path("messages/<int:pk>/", views.read_message, name="read_message"),
]
