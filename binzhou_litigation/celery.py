"""Celery: a message is only a hint, the database decides what is due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "binzhou_litigation.settings")

app = Celery("binzhou_litigation")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
