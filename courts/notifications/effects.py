"""What a notification brings about: deadlines that begin and move, whom it concerns, to which offices it goes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cases.deadlines.facts import Touched
from cases.intake.known_cases import chunks
from cases.models import Deadline, DeadlineChange, Lane
from courts.models import Kind, Upload
from organisations.authors import Author
from organisations.models import Organisation

MOVES_SHOWN = 50
# Which sheet tells of the fact that starts a deadline.
KIND_OF_CAUSE = {
    "hearing": Kind.SCHEDULE, "decision": Kind.JUDGMENTS, "outcome": Kind.JUDGMENTS, "obligation": Kind.JUDGMENTS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effects:
    """The consequences of a notification, in numbers and names."""

    lanes: int
    deadlines: dict[str, int]  # created, moved, met, void
    moves: list[dict[str, str]]  # case, organisation, label, old, new; the first fifty
    agencies: list[tuple[str, int]]  # name, number of cases; most first
    offices: list[
        tuple[str, int]
    ]  # where the cases go: the office of the court's level and those of the agencies'
    unrouted: list[tuple[str, int]]  # agencies in whose region no office is known
    months: list[str]  # that the rows are about
    created: dict[str, int]  # deadlines that begin, by the sheet whose rows start them

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def effects_of(
    touched: Touched, counts: Counter[str], upload: Upload, author: Author, *, newest: int
) -> Effects:
    """The effects of what was just written, inside the same transaction; `newest` was the last deadline before."""
    lanes = _organisations(touched)
    offices, unrouted = _routed(lanes, upload.court, author)
    names = Counter(organisation.name for organisation in lanes)
    return Effects(
        lanes=len(lanes),
        deadlines=dict(counts),
        moves=_moves(author, f"法院通报 {upload.number}"),
        agencies=names.most_common(),
        offices=offices,
        unrouted=unrouted,
        months=sorted({day[:7] for day in _days(upload)}),
        created=_created_by_sheet(upload, newest),
    )


def _organisations(touched: Touched) -> list[Organisation]:
    """The agency of every lane concerned."""
    ids = [lane.organisation_id for lane in touched.fresh]
    for some in chunks([str(pk) for pk in touched.known]):
        ids += Lane.objects.filter(pk__in=some).values_list("organisation_id", flat=True)
    known = Organisation.objects.select_related("region").in_bulk(set(ids))
    return [known[pk] for pk in ids]


def _routed(
    agencies: Iterable[Organisation], court: Organisation, author: Author
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """To the office of the court's level all of it, to that of each agency's level its own (docs/rules.md)."""
    offices = {
        office.region_id: office.name
        for office in Organisation.objects.filter(kind=Organisation.Kind.LEGAL_OFFICE).existing(on=author.on)
    }
    here, elsewhere, unrouted = Counter[str](), Counter[str](), Counter[str]()
    for agency in agencies:
        if court.region_id in offices:
            here[offices[court.region_id]] += 1
        if agency.region_id not in offices:
            unrouted[agency.name] += 1
        elif agency.region_id != court.region_id:
            elsewhere[offices[agency.region_id]] += 1
    return here.most_common() + elsewhere.most_common(), unrouted.most_common()


def _moves(author: Author, reason: str) -> list[dict[str, str]]:
    changes = DeadlineChange.objects.filter(at=author.at, reason=reason).order_by("pk")
    related = changes.select_related("deadline__case", "deadline__organisation")[:MOVES_SHOWN]
    return [
        {
            "case": change.deadline.about,
            "organisation": change.deadline.organisation.short_name,
            "label": change.deadline.label,
            "old": change.old_due_on.isoformat(),
            "new": change.new_due_on.isoformat(),
        }
        for change in related
    ]


def newest_deadline() -> int:
    """The id of the last deadline there is."""
    return Deadline.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def with_deadlines(sheets: list[dict[str, Any]], created: Mapping[str, int]) -> list[dict[str, Any]]:
    """The counts of the sheets, with the deadlines that each would bring or has brought."""
    return [
        sheet | {"creates": sheet.get("creates", {}) | {"deadlines": created.get(sheet["sheet"], 0)}}
        for sheet in sheets
    ]


def _created_by_sheet(upload: Upload, newest: int) -> dict[str, int]:
    """Each new deadline counts for the sheet that tells its cause: decisions, hearings, else the case itself."""
    speaking: dict[str, list[tuple[str, str]]] = defaultdict(list)  # by case: sheet and kind
    for row in upload.rows.get("facts", []):
        for number in row["numbers"]:
            speaking[number["key"]].append((row["sheet"], row["kind"]))
    counts: Counter[str] = Counter()
    new = Deadline.objects.filter(pk__gt=newest).values_list("subject", "case__key")
    for subject, key in new:
        said = speaking.get(key or "", [])
        kind = KIND_OF_CAUSE.get(subject.partition(":")[0], "")
        fitting = [sheet for sheet, told in said if told == kind] or [sheet for sheet, _ in said]
        counts.update(fitting[:1])
    return dict(counts)


def _days(upload: Upload) -> Iterable[str]:
    for row in upload.rows.get("facts", []):
        yield row["decision"]["decided_on"] if row["kind"] == "judgments" else row["hearing"]["day"]
