"""Taking a hearing off the list again: it stays in the record, cancelled, with the reason."""

from collections.abc import Collection
from datetime import date

from cases.models import FactChange, Hearing, Lane, Source


def withdraw_hearings(wanted: Collection[tuple[str, date]], source: Source, reason: str) -> list[int]:
    """Cancel the scheduled hearings of these cases (by key) and days; returns the lanes concerned.

    Saves the source only where something is withdrawn. A hearing that was held meanwhile stays as it is.
    """
    keys = {key for key, _ in wanted}
    known = Hearing.objects.filter(case__key__in=keys, state=Hearing.State.SCHEDULED).select_related("case")
    hearings = [hearing for hearing in known if (hearing.case.key, hearing.day) in wanted]
    if not hearings:
        return []
    source.save()
    FactChange.objects.bulk_create([_change(hearing, source, reason) for hearing in hearings])
    for hearing in hearings:
        hearing.state = Hearing.State.CANCELLED
    Hearing.objects.bulk_update(hearings, ["state"])
    cases = {hearing.case_id for hearing in hearings}
    return list(Lane.objects.filter(case__in=cases).values_list("pk", flat=True))


def _change(hearing: Hearing, source: Source, reason: str) -> FactChange:
    return FactChange(
        case=hearing.case,
        at=source.stated_at,
        model="hearing",
        field="state",
        about=f"{hearing.day:%Y-%m-%d} 开庭",
        old=hearing.state,
        new=Hearing.State.CANCELLED,
        note=f"撤销排庭：{reason}",
        source=source,
    )
