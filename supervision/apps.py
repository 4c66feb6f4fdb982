"""The app of urging, reminding and ranking."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "督促与提醒"
