"""Keeping the open discrepancies equal to what the two sides state; safe to repeat, and it decides nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction

from cases.comparison.pairs import Pair, Said, pairs_of
from cases.comparison.statements import load_statements, stating
from cases.deadlines.sync import sync_deadlines
from cases.law import Law
from cases.models import AppearanceRuling, Discrepancy, Lane
from cases.record.locks import lock_lanes
from organisations import audit
from organisations.authors import Author
from organisations.models import Organisation
from organisations.offices import offices_for
from rules.authority import Fact

State = Discrepancy.State
CHUNK = 1000
SETTLED = (State.EXPLAINED, State.RULED)
GONE = "两边的陈述已不再是同一事项（移案、作废或撤回）"
Key = tuple[int, str, str]


def find_everywhere(*, law: Law, author: Author) -> Counter[str]:
    """Compare every lane in which both sides may have spoken; counts `opened`, `changed`, `corrected`."""
    lanes = {
        *stating().values_list("pk", flat=True),
        *Discrepancy.objects.open().values_list("lane", flat=True),
    }
    return find_discrepancies(lanes, law=law, author=author)


def renew_open(*, law: Law, author: Author) -> Counter[str]:
    """Compare the lanes in which something is open: what a later word or a day that passed ended is closed.

    What is new is found where it is stated; so a day costs what is open, not what there is.
    """
    return find_discrepancies(
        Discrepancy.objects.open().values_list("lane", flat=True), law=law, author=author
    )


@transaction.atomic
def find_discrepancies(lanes: Iterable[int], *, law: Law, author: Author) -> Counter[str]:
    """Compare these lanes: open what differs, renew what is open, end what a corrected statement ended.

    What a person ruled or explained is opened again only where one of the two statements is another by now.
    """
    asked = set(lanes)
    worth = {*stating(asked).values_list("pk", flat=True)}
    worth |= {*Discrepancy.objects.open().filter(lane__in=asked).values_list("lane", flat=True)}
    counts: Counter[str] = Counter()
    for ids in _chunks(sorted(worth)):
        lock_lanes(ids)
        counts += _compare(ids, law, author)
    return counts


def pair_of(item: Discrepancy) -> Pair | None:
    """Both statements as they stand now; None where one of them is gone."""
    pairs = (pair for lane in load_statements([item.lane_id]) for pair in pairs_of(lane))
    return next((pair for pair in pairs if pair.key == _key(item) and pair.both), None)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _compare(ids: Sequence[int], law: Law, author: Author) -> Counter[str]:
    pairs = {pair.key: pair for lane in load_statements(ids) for pair in pairs_of(lane)}
    opened = {_key(one): one for one in Discrepancy.objects.open().filter(lane__in=ids)}
    last = {_key(one): one for one in Discrepancy.objects.filter(lane__in=ids).order_by("pk")}
    counts: Counter[str] = Counter()
    fresh = []
    for key, pair in pairs.items():
        if pair.differs and key in opened:
            counts["changed"] += _renew(opened[key], pair)
        elif pair.differs and not _is_settled(last.get(key), pair):
            fresh.append(pair)
    _let_rulings_go(fresh, law, author)
    counts["opened"] += _open(fresh, law, author)
    for key, item in opened.items():
        now = pairs.get(key)
        if now is None or not now.differs:
            _correct(item, now, author)
            counts["corrected"] += 1
    return counts


def _let_rulings_go(pairs: Iterable[Pair], law: Law, author: Author) -> None:
    """A ruling was about the words of its day: where one of them is another by now, it holds no more.

    Until a person rules anew the usual order stands, so nobody changes in his favour what was ruled for him.
    """
    hearings = [
        (pair.lane, int(pair.subject.partition(":")[2])) for pair in pairs if pair.fact is Fact.APPEARANCE
    ]
    if not hearings:
        return
    rulings = AppearanceRuling.objects.filter(
        lane__in={lane for lane, _ in hearings}, hearing__in={hearing for _, hearing in hearings}
    )
    gone = [one for one in rulings.select_related("lane") if (one.lane_id, one.hearing_id) in hearings]
    for one in gone:
        audit.record(author, "discrepancy.reopen", f"说法已变，原认定（{one}）不再适用", about=one.lane)
        one.delete()
    if gone:
        lanes = sorted({one.lane_id for one in gone})
        sync_deadlines(lanes, law=law, author=author, reason="说法已变，原认定不再适用")


def _key(item: Discrepancy) -> Key:
    return item.lane_id, item.fact, item.subject


def _is_settled(last: Discrepancy | None, pair: Pair) -> bool:
    """Whether a person has dealt with these very words."""
    if last is None or last.state not in SETTLED:
        return False
    return _words(pair.court, pair.agency) == (last.court_says, last.agency_says)


def _words(*said: Said | None) -> tuple[str, ...]:
    return tuple(one.words[:500] if one else "" for one in said)


def _renew(item: Discrepancy, pair: Pair) -> bool:
    """Take over what a side says by now; whether it says something else than before."""
    said = dict(zip(("court_says", "agency_says"), _words(pair.court, pair.agency), strict=True))
    if all(getattr(item, name) == value for name, value in said.items()) and item.fact_on == pair.fact_on:
        return False
    revision = item.revision + 1
    if item.court_says != said["court_says"]:
        item.court_revision = revision
    _set(item, **said, **_sources(pair), fact_on=pair.fact_on, revision=revision)
    item.save(update_fields=["court_revision"])
    return True


def _sources(pair: Pair) -> dict[str, str]:
    assert pair.court
    assert pair.agency
    return {"court_source": pair.court.source[:500], "agency_source": pair.agency.source[:500]}


def _open(pairs: Sequence[Pair], law: Law, author: Author) -> int:
    if not pairs:
        return 0
    agencies = dict(Lane.objects.filter(pk__in={p.lane for p in pairs}).values_list("pk", "organisation_id"))
    offices = offices_for(set(agencies.values()), Organisation.Kind.LEGAL_OFFICE, on=author.on)
    made = [_made(pair, offices.get(agencies[pair.lane]), law, author) for pair in pairs]
    Discrepancy.objects.bulk_create(made)
    return len(made)


def _made(pair: Pair, owner: int | None, law: Law, author: Author) -> Discrepancy:
    court_says, agency_says = _words(pair.court, pair.agency)
    days = law.authority.of(pair.fact, on=pair.fact_on).contest_days
    return Discrepancy(
        lane_id=pair.lane,
        fact=pair.fact.value,
        subject=pair.subject,
        fact_on=pair.fact_on,
        court_says=court_says,
        agency_says=agency_says,
        **_sources(pair),
        opened_at=author.at,
        owner_id=owner,
        due_on=law.calendar.add_working_days(author.on, days),
    )


def _correct(item: Discrepancy, pair: Pair | None, author: Author) -> None:
    """The difference is gone: whose word changed, by whom and when."""
    reason = _what_changed(item, pair)
    _set(item, state=State.CORRECTED, reason=reason[:500], decided_at=author.at, corrected_by=author.post)
    audit.record(author, "discrepancy.correct", f"{item.get_fact_display()} {reason}", about=item)


def _what_changed(item: Discrepancy, pair: Pair | None) -> str:
    if pair is None or not pair.both:
        return GONE
    court, agency = _words(pair.court, pair.agency)
    told = [
        f"{who}更正：{old} → {new}"
        for who, old, new in (("法院", item.court_says, court), ("机关", item.agency_says, agency))
        if old != new
    ]
    return "；".join(told) or "两边的说法已经一致"


def _set(item: Discrepancy, **values: object) -> None:
    for name, value in values.items():
        setattr(item, name, value)
    item.save(update_fields=list(values))
