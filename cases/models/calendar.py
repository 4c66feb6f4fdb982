"""放假安排: a State Council notice entered by one person and approved by another, beside those that are shipped."""

from datetime import date

from django.db import models

from organisations.models import FourEyes
from organisations.querysets import FourEyesQuerySet
from rules.calendars import DayRange, YearCalendar


class CalendarNotice(FourEyes):
    """One version of one year's days off and make-up workdays. It counts once somebody else approved it."""

    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("版本")
    published_on = models.DateField("公布日")
    notice = models.CharField("通知名称及文号", max_length=200)
    # [{"kind": "off" or "work", "name": "国庆节", "first": "2027-10-01", "last": "2027-10-07"}, …]
    ranges = models.JSONField("安排")
    # How far the impact list is: {"done": 4000, "of": 100000}; {"finished": true} once it is complete.
    progress = models.JSONField("测算进度", default=dict)
    # Until when one worker has its impact list in hand.
    claimed_until = models.DateTimeField("测算占用至", null=True, blank=True)
    # When the last deadline was moved; a worker goes on with an approved notice until then.
    carried_at = models.DateTimeField("重算完成时间", null=True, blank=True)
    objects = FourEyesQuerySet.as_manager()

    class Meta(FourEyes.Meta):
        verbose_name = verbose_name_plural = "放假安排"
        ordering = ["-year", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=models.Q(state="approved"),
                name="one_approved_notice_per_year_and_number",
            ),
            *FourEyes.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.year}@{self.number} {self.notice}"

    def as_year(self) -> YearCalendar:
        """The arrangement as the rules compute with it. Raises CalendarError where it contradicts itself."""
        return YearCalendar(
            self.year,
            self.number,
            self.published_on,
            self.notice,
            days_off=tuple(self._days("off")),
            workdays=tuple(self._days("work")),
        )

    def _days(self, kind: str) -> list[DayRange]:
        return [
            DayRange(span["name"], date.fromisoformat(span["first"]), date.fromisoformat(span["last"]))
            for span in self.ranges
            if span["kind"] == kind
        ]


class CalendarMove(models.Model):
    """One line of the impact list: an open deadline that the arrangement moves."""

    notice = models.ForeignKey(CalendarNotice, models.CASCADE, related_name="moves", verbose_name="放假安排")
    deadline = models.ForeignKey("cases.Deadline", models.CASCADE, related_name="+", verbose_name="期限")
    old_due_on = models.DateField("现届满日")
    new_due_on = models.DateField("新届满日")

    class Meta:
        verbose_name = verbose_name_plural = "放假安排影响"
        ordering = ["new_due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "deadline"], name="one_move_per_notice_and_deadline")
        ]

    def __str__(self) -> str:
        return f"{self.old_due_on:%Y-%m-%d} → {self.new_due_on:%Y-%m-%d}"

    @property
    def is_earlier(self) -> bool:
        return self.new_due_on < self.old_due_on
