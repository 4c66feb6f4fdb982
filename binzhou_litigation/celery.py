"""Celery: a message is only a hint, the database decides what is due."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")

TRANSPORT_ALIASES["filesystem"] = "binzhou_litigation.file_queue:Transport"

app = Celery("binzhou_litigation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
