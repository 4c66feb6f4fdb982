"""Giving rows of the record another place: what hangs on one row goes over to another, whatever its kind."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction

from cases.models import Candidate, Deadline, Draft, Lane, Paper, Party

# The parties are a case's own; what was asked about two lanes stays asked about these.
STAYING = (Candidate, Party)


def move_children(old: models.Model, new: models.Model) -> list[Any]:
    """Let everything that points to `old` point to `new`; returns the rows that stay, since `new` has its own."""
    return [row for row, field in _children(old) if not _set(row, **{field: new})]


def lanes_below(row: models.Model) -> dict[int, Lane]:
    """The lanes that what hangs on a hearing or decision speaks of, by id."""
    return {one.lane.pk: one.lane for one in _below(row)}


def carry(row: models.Model, lanes: Mapping[int, Lane]) -> None:
    """Put the row and everything below it, with their deadlines, into the lanes given for the present ones."""
    for one in (row, *_below(row)):
        for old, new in lanes.items():
            if getattr(one, "lane_id", None) == old:
                _set(one, lane=new)
            for deadline in Deadline.objects.filter(lane=old, subject=_subject(one)):
                _set(deadline, lane=new, case=new.case_id)


def follow_subject(old: models.Model, new: models.Model) -> None:
    """Papers, drafts and deadlines name what they are about ("decision:7"): let them name its new place."""
    for model in (Paper, Draft, Deadline):
        for row in model._default_manager.filter(subject=_subject(old)):
            _set(row, subject=_subject(new))


def _subject(row: models.Model) -> str:
    return f"{row._meta.model_name}:{row.pk}"


def _children(row: models.Model) -> Iterator[tuple[Any, str]]:
    """Every row that points to this one and goes where it goes, and by which field."""
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in STAYING:
            field = relation.field.name
            for child in relation.related_model._base_manager.filter(**{field: row}).order_by("pk"):
                yield child, field


def _below(row: models.Model) -> Iterator[Any]:
    """What hangs on the row in lanes, at any depth."""
    for child, _ in _children(row):
        if hasattr(child, "lane_id") and child.lane_id:
            yield child
            yield from _below(child)


def _set(row: Any, **values: Any) -> bool:
    """Whether the row could take the values: not where another one is there already."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    except IntegrityError:
        return False
    return True
