"""The platform's settings in the processes of a test: its database, its day, and a clockwork that ticks fast."""

import os
from datetime import date

from binzhou_litigation import settings
from binzhou_litigation.settings import *  # noqa: F403

DATABASES = {"default": settings.DATABASES["default"] | {"NAME": os.environ["TEST_DATABASE"]}}
TODAY = date.fromisoformat(os.environ["DAY"])
TICK = {"schedule": 0.5}
CELERY_BEAT_SCHEDULE = {name: entry | TICK for name, entry in settings.CELERY_BEAT_SCHEDULE.items()}
if not settings.REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = settings.CELERY_BROKER_TRANSPORT_OPTIONS | {"polling_interval": 0.2}
