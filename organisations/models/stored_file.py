"""Files kept by their hash: the same bytes are kept once, and what was stored can be proved unchanged."""

from pathlib import Path

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """One content, under its SHA-256; names are given by those who refer to it."""

    digest = models.CharField("SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("字节")
    media_type = models.CharField("类型", max_length=100)
    stored_at = models.DateTimeField("入库时间")

    class Meta:
        verbose_name = verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.FILES_DIR) / self.digest[:2] / self.digest
