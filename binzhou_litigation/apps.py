"""The wiring as an app, for its checks and commands."""

from importlib import import_module

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "binzhou_litigation"
    verbose_name = "平台"

    def ready(self) -> None:
        """Importing the module registers its checks, which need all models to be there."""
        import_module("binzhou_litigation.checks")
