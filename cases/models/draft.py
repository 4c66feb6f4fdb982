"""What is being written: the draft of a paper, shared by a unit, with the pages added so far."""

from django.db import models

from cases.models.case import Lane
from cases.models.paper import Paper
from cases.querysets import OwnLaneQuerySet
from organisations.models import StoredFile, post_field


class Draft(models.Model):
    """One paper in the making per lane, kind and matter. Its key becomes that of the paper it ends as."""

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="drafts", verbose_name="被告")
    kind = models.CharField("类别", max_length=20, choices=Paper.Kind.choices)
    subject = models.CharField("事由", max_length=30, blank=True)
    key = models.CharField("提交标识", max_length=40, unique=True)
    # Everything as it was typed, by the names of the form's fields.
    typed = models.JSONField("内容", default=dict)
    revision = models.PositiveIntegerField("修订", default=0)
    saved_at = models.DateTimeField("保存时间")
    saved_by = post_field("保存人")
    objects = OwnLaneQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        constraints = [
            models.UniqueConstraint(
                fields=["lane", "kind", "subject"], name="one_draft_per_lane_kind_and_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}草稿 {self.saved_at:%Y-%m-%d %H:%M}"


class DraftFile(models.Model):
    """A page or an attachment of a draft, in the order in which they will be read."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files", verbose_name="草稿")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    name = models.CharField("文件名", max_length=255)
    position = models.PositiveSmallIntegerField("顺序")

    class Meta:
        verbose_name = verbose_name_plural = "草稿附件"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether it is a page that can be turned and shown."""
        return self.file.media_type.startswith("image/")
