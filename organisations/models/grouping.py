"""分组: which group of comparable units a sued organisation belongs to, from which day on."""

from datetime import date

from django.db import models

from organisations.models.acts import post_field
from organisations.models.organisation import Organisation
from organisations.models.region import Region

Kind, County, Zone, City = Organisation.Kind, Region.Kind.COUNTY, Region.Kind.ZONE, Region.Kind.CITY


class Group(models.TextChoices):
    """Everybody sued belongs to exactly one of them; whoever fits none stands on a line of its own."""

    COUNTIES = "counties", "县（市、区）政府"
    ZONES = "zones", "市属开发区管委会"
    DEPARTMENTS = "departments", "市直部门"
    VERTICAL = "vertical", "垂直管理单位"
    COUNTY_DEPARTMENTS = "county_departments", "县（市、区）直部门"
    TOWNSHIPS = "townships", "乡镇、街道"
    OTHERS = "others", "其他单位"


UNATTRIBUTED = "unattributed"

_OF_KIND = {
    Kind.VERTICAL: Group.VERTICAL,
    Kind.TOWNSHIP: Group.TOWNSHIPS,
    Kind.SUBDISTRICT: Group.TOWNSHIPS,
    Kind.AUTHORISED_BODY: Group.OTHERS,
    Kind.ZONE_COMMITTEE: Group.ZONES,
}
_DEPARTMENTS = (Kind.DEPARTMENT, Kind.LEGAL_OFFICE, Kind.GOVERNMENT_OFFICE)


def usual_group(kind: str, region_kind: str) -> str:
    """The group of a kind of organisation in a kind of region, where nobody decided otherwise; empty: none."""
    if kind in _DEPARTMENTS:
        return Group.DEPARTMENTS if region_kind == City else Group.COUNTY_DEPARTMENTS
    if kind == Kind.GOVERNMENT:
        return Group.COUNTIES if region_kind == County else Group.OTHERS
    return _OF_KIND.get(Kind(kind), "")


class Grouping(models.Model):
    """Somebody's decision to which group an organisation belongs, from a day on, until the next decision."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="groupings", verbose_name="机构"
    )
    group = models.CharField("分组", max_length=20, choices=Group.choices)
    first = models.DateField("起用日")
    reason = models.CharField("理由", max_length=200)
    entered_at = models.DateTimeField("登记时间")
    entered_by = post_field("登记人")

    class Meta:
        verbose_name = verbose_name_plural = "机构分组"
        ordering = ["-first"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "first"], name="one_group_per_organisation_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name} 自 {self.first} 起：{self.get_group_display()}"


def decided_groups(on: date) -> dict[int, str]:
    """By organisation the group that was decided on for the day; those of whom nobody decided have their usual one."""
    rows = Grouping.objects.filter(first__lte=on).order_by("first").values_list("organisation_id", "group")
    return dict(rows)
