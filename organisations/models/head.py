"""负责人名册: who counts as a head of an agency, in which post, and from when to when."""

from datetime import date

from django.db import models

from organisations.models.account import User
from organisations.models.organisation import Organisation
from organisations.querysets import HeadQuerySet
from rules.appearance import HeadKind


class Head(models.Model):
    """A head of an agency in one post; who moves on gets an end of term and stays on record."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="heads", verbose_name="单位")
    name = models.CharField("姓名", max_length=100)
    position = models.CharField("职务", max_length=100)
    kind = models.CharField("类别", max_length=15, choices=[(k.value, k.label) for k in HeadKind])
    in_charge_of = models.CharField("分管领域", max_length=200, blank=True)
    first = models.DateField("任职自")
    last = models.DateField("任职至", null=True, blank=True)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="headships", verbose_name="本人账号"
    )
    # Grows with every change, so that a form filled in meanwhile is not saved over it.
    revision = models.PositiveIntegerField("修订", default=1)
    objects = HeadQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "负责人"
        ordering = ["organisation", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last=None) | models.Q(last__gte=models.F("first")),
                name="term_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.position}）"

    def in_office(self, *, on: date) -> bool:
        """Whether the term covers the day."""
        return self.first <= on and (self.last is None or on <= self.last)
