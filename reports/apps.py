"""The app of measures, figures and bulletins."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "指标与通报"
