"""Filters of the case list."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Replace

from cases.case_page.steps import STEPS
from cases.models import Case, Deadline, DecisionOutcome, Handler, Hearing, Lane
from cases.record.form_fields import ColleagueField, DayField
from lib.folding import folded_number
from organisations.access import within_q
from organisations.models import Organisation, Post, Region
from rules.case_numbers import CaseNumberInvalid, parse_case_number

OUTCOMES = [("lost", "败诉"), ("won", "胜诉"), ("decided", "已有裁判"), ("open", "尚无裁判")]
STEP_CHOICES = [(rule, step.label) for rule, step in STEPS.items() if rule != "hearing"]
STATES = [("overdue", "有逾期事项"), ("waiting", "有待办事项"), ("none", "没有待办事项")]


def regions_in_scope(request: Any) -> QuerySet[Region]:
    """The region of the reader's organisation and those inside it."""
    if request is None or request.actor is None:
        return Region.objects.none()
    region = request.actor.organisation.region_id
    return Region.objects.filter(Q(pk=region) | Q(parent=region))


def handlers_in_unit(request: Any) -> QuerySet[Post]:
    """The people of the reader's unit who have cases, those who have left too: theirs are to be handed on."""
    if request is None or request.actor is None:
        return Post.objects.none()
    mine = Handler.objects.visible_to(request.actor).values("post")
    return Post.objects.filter(pk__in=mine).select_related("user", "organisation")


class HandlerFilter(django_filters.ModelChoiceFilter):
    """By the person who deals with the case in the reader's unit."""

    field_class = ColleagueField


class DayFilter(django_filters.DateFilter):
    """By a day, typed in any usual way."""

    field_class = DayField


# The number of a case or paper without the brackets it is kept with, as `folded_number` gives what was typed.
BARE_NUMBER: Combinable = F("number")
for bracket in "（）〔〕":
    BARE_NUMBER = Replace(BARE_NUMBER, Value(bracket))


class CaseSearch(django_filters.FilterSet):
    """By case number (any writing, bare digits too), agency, head, cause, instance and year."""

    q = django_filters.CharFilter(label="案号、机关、负责人或案由", method="search")
    instance = django_filters.ChoiceFilter(
        label="审级", choices=Case.Instance.choices, empty_label="全部审级"
    )
    year = django_filters.NumberFilter(label="年度")

    class Meta:
        model = Case
        fields: list[str] = []

    def search(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """A complete case number in any writing, a serial number, or part of a name or of the cause."""
        text = value.strip()
        try:
            number = parse_case_number(text).first
            return cases.filter(Q(key=number.key) | Q(number=number.display))
        except CaseNumberInvalid:
            pass
        bare = folded_number(text)
        digits = bare.removesuffix("号")
        if digits.isdecimal() and len(digits) < 8:  # noqa: PLR2004 - longer digits are no serial number
            return cases.filter(serial=int(digits))
        lanes = Lane.objects.filter(
            Q(organisation__in=Organisation.objects.called(text)) | Q(nominations__name=text),
            case=OuterRef("pk"),
        )
        numbered = Q(bare__contains=bare) if bare else Q()
        return cases.alias(bare=BARE_NUMBER).filter(Exists(lanes) | numbered | Q(cause__contains=text))


class CaseFilter(CaseSearch):
    """The case list: also by region, step, state, outcome, day of hearing and 关注; as of a day, for a reader."""

    region = django_filters.ModelChoiceFilter(
        label="县区", queryset=regions_in_scope, empty_label="全部县区", method="in_region"
    )
    step = django_filters.ChoiceFilter(
        label="待办步骤", choices=STEP_CHOICES, empty_label="全部步骤", method="at_step"
    )
    state = django_filters.ChoiceFilter(label="时效", choices=STATES, empty_label="不限", method="in_state")
    outcome = django_filters.ChoiceFilter(
        label="裁判结果", choices=OUTCOMES, empty_label="全部结果", method="with_outcome"
    )
    heard_from = DayFilter(label="开庭自", method="heard")
    heard_to = DayFilter(label="开庭至", method="heard")
    handler = HandlerFilter(
        label="本单位承办人", queryset=handlers_in_unit, empty_label="不限", method="handled_by"
    )
    watched = django_filters.BooleanFilter(label="只看关注", method="watched_by", widget=forms.CheckboxInput)
    voided = django_filters.BooleanFilter(
        label="只看已作废", method="also_voided", widget=forms.CheckboxInput
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def filter_queryset(self, queryset: QuerySet[Case]) -> QuerySet[Case]:
        """Voided cases are listed where they are asked for, and nowhere else."""
        voided = bool(self.form.cleaned_data.get("voided"))
        found: QuerySet[Case] = super().filter_queryset(queryset.filter(voided_at__isnull=not voided))
        return found

    def also_voided(self, cases: QuerySet[Case], name: str, value: bool) -> QuerySet[Case]:
        return cases

    def in_region(self, cases: QuerySet[Case], name: str, value: Region) -> QuerySet[Case]:
        """Cases with a defendant of the region."""
        inside = within_q(value.pk, "organisation__region")
        return cases.filter(Exists(Lane.objects.filter(inside, case=OuterRef("pk"))))

    def at_step(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Cases in which this step is open."""
        return cases.filter(Exists(self._open().filter(rule=value)))

    def in_state(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Cases with something overdue, something open, or nothing."""
        waiting = self._open()
        if value == "overdue":
            return cases.filter(Exists(waiting.filter(due_on__lt=self.on)))
        return cases.filter(Exists(waiting) if value == "waiting" else ~Exists(waiting))

    def with_outcome(self, cases: QuerySet[Case], name: str, value: str) -> QuerySet[Case]:
        """Cases lost or won by a defendant, with a decision or without."""
        outcomes = DecisionOutcome.objects.filter(decision__case=OuterRef("pk"))
        if value in ("open", "decided"):
            return cases.filter(Exists(outcomes) if value == "decided" else ~Exists(outcomes))
        return cases.filter(Exists(outcomes.filter(lost=value == "lost")))

    def heard(self, cases: QuerySet[Case], name: str, value: date) -> QuerySet[Case]:
        """Cases with a hearing between the two days."""
        cleaned = self.form.cleaned_data
        first, last = cleaned.get("heard_from") or date.min, cleaned.get("heard_to") or date.max
        return cases.filter(Exists(Hearing.objects.filter(case=OuterRef("pk"), day__range=(first, last))))

    def watched_by(self, cases: QuerySet[Case], name: str, value: bool) -> QuerySet[Case]:
        """Cases that the reader watches."""
        return cases.filter(watches__post=self._actor()) if value else cases

    def handled_by(self, cases: QuerySet[Case], name: str, value: Post) -> QuerySet[Case]:
        """Cases given to this person of the reader's unit."""
        return cases.filter(handlers__post=value)

    def _actor(self) -> Any:
        return getattr(self.request, "actor", None)

    def _open(self) -> QuerySet[Deadline]:
        """Open duties that the reader sees."""
        return Deadline.objects.visible_to(self._actor()).duties().open().filter(case=OuterRef("pk"))
