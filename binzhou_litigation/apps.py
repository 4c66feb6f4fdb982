"""The wiring as an app, for its checks and commands."""

from django.apps import AppConfig

from binzhou_litigation import checks


class PlatformConfig(AppConfig):
    name = "binzhou_litigation"
    verbose_name = "平台"
    # Importing the module registers its checks.
    checks = checks
