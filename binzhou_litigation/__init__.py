"""滨州市行政应诉“3632”工作平台: the wiring of the apps."""

from binzhou_litigation.celery import app as celery_app

__all__ = ["celery_app"]
