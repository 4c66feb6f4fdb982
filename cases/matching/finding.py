"""Keeping the open candidates equal to what the two sides tell; safe to repeat, and it merges nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.db.models import Q

from cases.matching.family import Families
from cases.matching.scoring import MARGIN, PROPOSED_FROM, Match, Portrait, match_of
from cases.matching.sides import COURT, agency_only, court_only, portraits
from cases.models import Candidate, Lane
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation
from organisations.offices import offices_for
from rules.number_slips import SYSTEMATIC

State = Candidate.State
MOST = 3  # candidates of one lane: whoever has to choose among more looks into the files anyway
CHUNK = 1000
VOIDED = "其中一案已更正、并入或作废"
TOLD = "法院已通报机关登记的案号，两案各是一案"
APART = "两案现在的案号、被告或原告已不相近"


@transaction.atomic
def find_candidates(lanes: Iterable[int], *, author: Author) -> int:
    """Look for the other side of these lanes, as far as one side alone has spoken in them; how many were opened.

    What a person said was not one case is not asked again while both numbers are the same.
    """
    found: dict[tuple[int, int], Match] = {}
    if asked := sorted(set(lanes)):
        families = Families()
        for start in range(0, len(asked), CHUNK):
            found |= _matches(asked[start : start + CHUNK], families)
    return _open(_best(_unasked(found.values())), author) if found else 0


@transaction.atomic
def renew_candidates(author: Author, lanes: Collection[int] | None = None) -> int:
    """End the open ones (of these lanes) of which one side is gone, and score the others anew; how many ended."""
    of_lanes = Q() if lanes is None else Q(court_lane__in=lanes) | Q(agency_lane__in=lanes)
    items = list(Candidate.objects.open().filter(of_lanes).order_by("pk"))
    ended = 0
    if items:
        sides = _sides(items)
        families, alone = Families(), _alone(items)
        for item in items:
            ended += _renew(item, sides, families, item.agency_lane_id in alone, author)
    return ended


def _matches(asked: Sequence[int], families: Families) -> dict[tuple[int, int], Match]:
    """The best pair of lanes for each pair of cases: of lanes that were asked about, and their opposites."""
    found: dict[tuple[int, int], Match] = {}
    for courts, registered in (_of_agencies(asked, families), _of_courts(asked, families)):
        for match in _pairs(courts, registered, families):
            key = match.court.case, match.agency.case
            if key not in found or match.score > found[key].score:
                found[key] = match
    return found


Sides = tuple[Sequence[Portrait], Sequence[Portrait]]


def _of_agencies(asked: Sequence[int], families: Families) -> Sides:
    """Those asked about that an agency registered, and what courts told of it and its kin."""
    registered = portraits(agency_only().filter(pk__in=asked))
    return portraits(court_only().filter(_near_of(registered, families))) if registered else (), registered


def _of_courts(asked: Sequence[int], families: Families) -> Sides:
    """Those asked about that a court told, and what their agencies and kin have registered."""
    chosen = Lane.objects.filter(pk__in=asked, source__kind=COURT, case__voided_at=None)
    told = list(chosen.order_by().values_list("organisation", "case__year").distinct())
    near = _near({agency for agency, _ in told}, {year for _, year in told}, families)
    registered = portraits(agency_only().filter(near)) if told else ()
    if not registered:
        return (), ()
    mine = court_only().filter(_near_of(registered, families), pk__in=asked)
    return portraits(mine), registered


def _near_of(told: Sequence[Portrait], families: Families) -> Q:
    years = {one.numbered.number.year for one in told}
    return _near({one.agency for one in told}, years, families)


def _near(agencies: Iterable[int], years: Iterable[int], families: Families) -> Q:
    """Lanes of these agencies and their kin, of these years and those beside them."""
    around = {year + step for year in years for step in (-1, 0, 1)}
    return Q(organisation__in=families.relatives(agencies), case__year__in=around)


def _pairs(courts: Sequence[Portrait], agencies: Sequence[Portrait], families: Families) -> Iterable[Match]:
    by_agency: dict[int, list[Portrait]] = defaultdict(list)
    for told in courts:
        by_agency[told.agency].append(told)
    for registered in agencies:
        for agency in families.relatives([registered.agency]) & by_agency.keys():
            kinship = families.kinship(agency, registered.agency)
            matches = (match_of(told, registered, kinship) for told in by_agency[agency] if kinship)
            yield from (match for match in matches if match and match.score >= PROPOSED_FROM)


def _unasked(matches: Iterable[Match]) -> list[Match]:
    """Those that are neither open nor refused under these numbers."""
    matches = list(matches)
    keys = {match.agency.numbered.number.key for match in matches}
    asked = Candidate.objects.filter(agency_key__in=keys, state__in=(State.OPEN, State.REFUSED))
    known = set(asked.values_list("court_key", "agency_key"))
    return [match for match in matches if _keys(match) not in known]


def _keys(match: Match) -> tuple[str, str]:
    return match.court.numbered.number.key, match.agency.numbered.number.key


def _best(matches: list[Match]) -> list[Match]:
    """The best few of each lane, none that is clearly worse than another of the same lane."""
    matches = sorted(matches, key=lambda match: (-match.score, *_keys(match)))
    best: dict[int, float] = {}
    for match in matches:
        for lane in (match.court.lane, match.agency.lane):
            best.setdefault(lane, match.score)
    taken = _taken(best)
    chosen = []
    for match in matches:
        both = match.court.lane, match.agency.lane
        if all(taken[lane] < MOST and match.score > best[lane] - MARGIN for lane in both):
            taken.update(both)
            chosen.append(match)
    return chosen


def _taken(lanes: Iterable[int]) -> Counter[int]:
    """How many are open already for each of these lanes."""
    both = Q(court_lane__in=lanes) | Q(agency_lane__in=lanes)
    opened = Candidate.objects.open().filter(both).values_list("court_lane", "agency_lane")
    return Counter(lane for pair in opened for lane in pair)


def _open(matches: list[Match], author: Author) -> int:
    owners = offices_for(
        {match.agency.agency for match in matches}, Organisation.Kind.LEGAL_OFFICE, on=author.on
    )
    made = [
        Candidate(
            court_lane_id=match.court.lane,
            agency_lane_id=match.agency.lane,
            found_at=author.at,
            owner_id=owners.get(match.agency.agency),
            **_stated(match),
        )
        for match in matches
    ]
    # Another transaction may have found the same at this moment.
    Candidate.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _stated(match: Match) -> dict[str, object]:
    court, agency = match.court.numbered.number, match.agency.numbered.number
    return {
        "court_key": court.key,
        "agency_key": agency.key,
        "court_number": court.display,
        "agency_number": agency.display,
        "likeness": match.difference.likeness.value,
        "score": f"{match.score:.2f}",
        "reasons": list(match.reasons),
        "batch": _batch(match),
    }


def _batch(match: Match) -> str:
    """One slip over a whole sheet: the same likeness by the same letters in one notification."""
    if match.difference.likeness not in SYSTEMATIC:
        return ""
    where = match.court.reference or f"agency:{match.agency.agency}"
    return f"{match.difference.likeness}|{match.difference.shift}|{where}"[:120]


def _sides(items: Sequence[Candidate]) -> dict[int, Portrait]:
    """Both lanes of each, as far as their cases were not voided."""
    lanes = {pk for item in items for pk in (item.court_lane_id, item.agency_lane_id)}
    standing = Lane.objects.filter(pk__in=lanes, case__voided_at=None)
    return {one.lane: one for one in portraits(standing)}


def _alone(items: Sequence[Candidate]) -> set[int]:
    """The lanes of which still no court has told."""
    told = agency_only().filter(pk__in={item.agency_lane_id for item in items})
    return set(told.values_list("pk", flat=True))


def _renew(
    item: Candidate, sides: dict[int, Portrait], families: Families, alone: bool, author: Author
) -> bool:
    court, agency = sides.get(item.court_lane_id), sides.get(item.agency_lane_id)
    if court is None or agency is None:
        return _end(item, VOIDED, author)
    if not alone:
        return _end(item, TOLD, author)
    kinship = families.kinship(court.agency, agency.agency)
    match = match_of(court, agency, kinship) if kinship else None
    if match is None or match.score < PROPOSED_FROM:
        return _end(item, APART, author)
    _set(item, _stated(match))
    return False


def _end(item: Candidate, why: str, author: Author) -> bool:
    _set(item, {"state": State.GONE, "reason": why, "decided_at": author.at})
    audit.record(author, "candidate.gone", f"{item}：{why}", about=item)
    return True


def _set(item: Candidate, values: dict[str, object]) -> None:
    """Save what differs, and only that."""
    changed = {name: value for name, value in values.items() if str(getattr(item, name)) != str(value)}
    for name, value in changed.items():
        setattr(item, name, value)
    if changed:
        item.save(update_fields=list(changed))
