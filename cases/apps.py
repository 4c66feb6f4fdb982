"""The app of cases: disputes, defendants, hearings, decisions, papers, deadlines."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "案件"
