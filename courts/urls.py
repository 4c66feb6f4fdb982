"""Addresses of the app."""

from django.urls import URLPattern

app_name = "courts"

urlpatterns: list[URLPattern] = []
