"""The wiring as an app, for its checks and commands."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "binzhou_litigation"
    verbose_name = "平台"
