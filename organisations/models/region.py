"""Administrative divisions and development zones."""

from django.db import models


class Shipped(models.Model):
    """A row of the reference data. What people changed in it stays when the data are loaded again."""

    # The values as they were loaded last: a field that differs from its own was changed here.
    shipped = models.JSONField("载入值", default=dict, editable=False)

    class Meta:
        abstract = True


class Region(Shipped):
    """A province, a city, one of its counties and districts, or a development zone."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "省"
        CITY = "city", "市"
        COUNTY = "county", "县（市、区）"
        ZONE = "zone", "市属开发区"

    code = models.CharField("区划代码", max_length=6, primary_key=True)
    name = models.CharField("名称", max_length=50)
    short_name = models.CharField("简称", max_length=20)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    position = models.PositiveSmallIntegerField("排序", default=0)
    former_codes = models.CharField("曾用代码", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "区划"
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class CourtArea(models.Model):
    """Which court hears the first-instance cases of which region."""

    court = models.ForeignKey(
        "organisations.Organisation", models.CASCADE, related_name="areas", verbose_name="法院"
    )
    region = models.ForeignKey(Region, models.CASCADE, related_name="court_areas", verbose_name="区划")
    note = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "管辖区域"
        constraints = [
            models.UniqueConstraint(fields=["court", "region"], name="one_area_per_court_and_region")
        ]

    def __str__(self) -> str:
        return f"{self.court} · {self.region}"
