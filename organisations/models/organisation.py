"""Courts, agencies and offices, with the names they had and the organisations that succeeded them."""

from datetime import date

from django.db import models

from organisations.models.region import Region, Shipped
from organisations.querysets import OrganisationQuerySet


class Organisation(Shipped):
    """A court, a sued agency, or an office that takes part in the mechanism."""

    class Kind(models.TextChoices):
        COURT = "court", "人民法院"
        GOVERNMENT = "government", "人民政府"
        DEPARTMENT = "department", "工作部门"
        TOWNSHIP = "township", "乡镇人民政府"
        SUBDISTRICT = "subdistrict", "街道办事处"
        ZONE_COMMITTEE = "zone_committee", "开发区管委会"
        AUTHORISED_BODY = "authorised_body", "授权组织"
        VERTICAL = "vertical", "垂直管理单位"
        LEGAL_OFFICE = "legal_office", "政府法制机构（司法局）"
        POLITICAL_LEGAL = "political_legal", "党委政法委"
        SUPERVISION = "supervision", "督查室"
        ASSESSMENT = "assessment", "考评办"
        GOVERNMENT_OFFICE = "government_office", "政府办公室"

    class Level(models.TextChoices):
        PROVINCIAL = "provincial", "省级"
        MUNICIPAL = "municipal", "市级"
        COUNTY = "county", "县级"
        TOWNSHIP = "township", "乡级"

    code = models.CharField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=200)
    short_name = models.CharField("简称", max_length=50)
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    level = models.CharField("层级", max_length=12, choices=Level.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations", verbose_name="区划")
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="subordinates", verbose_name="上级"
    )
    domain = models.CharField("管理领域", max_length=30, blank=True)
    position = models.PositiveIntegerField("排序", default=0)
    phone = models.CharField("电话", max_length=30, blank=True)
    valid_from = models.DateField("成立日", null=True, blank=True)
    valid_to = models.DateField("撤销日", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承继单位"
    )
    note = models.CharField("备注", max_length=200, blank=True)
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "机构"
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None)
                | models.Q(valid_from=None)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(successor=None) | ~models.Q(successor=models.F("pk")),
                name="organisation_does_not_succeed_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, on: date) -> str:
        """The name it had on the day: a former one that was in use then, else its own."""
        former = [
            alias
            for alias in self.aliases.all()
            if alias.kind == OrganisationAlias.Kind.FORMER and alias.in_use(on=on)
        ]
        earliest = min(former, key=lambda alias: alias.valid_to or date.max, default=None)
        return earliest.name if earliest else self.name

    def succession(self) -> list[int]:
        """Its own id and those of whoever stands in its place, along the chain, the last one last."""
        found, heir = [self.pk], self.successor
        while heir is not None and heir.pk not in found:
            found.append(heir.pk)
            heir = heir.successor
        return found

    def existed(self, *, on: date) -> bool:
        """Whether the organisation existed on the day; an unknown beginning counts as long ago."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


class OrganisationAlias(models.Model):
    """Another name under which an organisation is written: short, former, or a remembered correction."""

    class Kind(models.TextChoices):
        SHORT = "short", "简称"
        FORMER = "former", "曾用名"
        VARIANT = "variant", "别写"

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="aliases", verbose_name="机构"
    )
    name = models.CharField("别名", max_length=200)
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    valid_from = models.DateField("启用日", null=True, blank=True)
    valid_to = models.DateField("停用日", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "机构别名"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], name="one_alias_per_organisation_and_name"
            )
        ]
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name

    def in_use(self, *, on: date) -> bool:
        """Whether it was written so on the day; an alias without days says nothing of a day."""
        first, last = self.valid_from, self.valid_to
        return bool(first or last) and (first is None or first <= on) and (last is None or on <= last)


class CourtCode(Shipped):
    """法院代字: the code of a court in case numbers, legacy codes included."""

    court = models.ForeignKey(Organisation, models.CASCADE, related_name="court_codes", verbose_name="法院")
    code = models.CharField("法院代字", max_length=12, unique=True)
    valid_from = models.DateField("启用日", null=True, blank=True)
    valid_to = models.DateField("停用日", null=True, blank=True)
    note = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "法院代字"

    def __str__(self) -> str:
        return self.code
