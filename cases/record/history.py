"""What a known fact was before a person changed it."""

from cases.models import FactChange, Lane, Source


def keep_change(
    lane: Lane, fact: str, values: tuple[str, str], *, note: str, source: Source, correction: bool = False
) -> None:
    """Keep in the history of the lane's case that `fact` ("model.field") went from one value to another.

    Values are codes, ISO days or names; a correction says that the old one was never true.
    """
    model, field = fact.split(".")
    FactChange.objects.create(
        case_id=lane.case_id,
        at=source.stated_at,
        model=model,
        field=field,
        about="" if model == "lane" else lane.organisation.short_name,
        old=values[0],
        new=values[1],
        note=note,
        reason=FactChange.Reason.CORRECTION if correction else FactChange.Reason.EVENT,
        source=source,
    )
