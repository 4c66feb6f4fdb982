"""The app of the courts' monthly notifications."""

from django.apps import AppConfig


class CourtsConfig(AppConfig):
    name = "courts"
    verbose_name = "法院通报"
