"""What an organisation owes without a case: regular work of every month, quarter and year, and papers it received."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localtime

from cases.deadlines.clock import Clock
from cases.deadlines.sync import NO_MOMENT, Work, outdated
from cases.deadlines.telling import Fact, clock_of, incoming_fact
from cases.law import Law
from cases.models import Completion, Deadline, DeadlineChange, DeadlineOrder, Incoming, Lane, Source
from organisations.authors import Author
from organisations.models import Organisation
from rules.report_periods import ReportPeriod, parse_report_period, period_of
from rules.rulebook import Limit

HORIZON = timedelta(days=400)  # what was missed longer ago is not asked for any more
REASON = "定期工作"
Kind = Organisation.Kind


@dataclass(slots=True)
class OrganisationFacts:
    """What starts and settles the deadlines of one organisation."""

    organisation_id: int
    periods: dict[str, set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )  # rule: keys of its periods
    incoming: list[Incoming] = field(default_factory=list)
    orders: list[DeadlineOrder] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)
    case_id: int | None = None
    lane_id: int | None = None


@transaction.atomic
def sync_regular(*, on: date, law: Law, author: Author) -> Counter[str]:
    """Ask for the regular work whose period has ended, of everybody whose work it is; may run twice and late.

    What was asked for already is not computed again: orders, completions and calendars do that where they move it.
    """
    began = _began()
    facts: dict[int, OrganisationFacts] = {}
    for rule, period, owner in _wanted(began, on, law) if began else ():
        facts.setdefault(owner, OrganisationFacts(owner)).periods[rule].add(period)
    return _sync(facts, law, author, REASON) if facts else Counter()


def settle_regular(*, law: Law, author: Author) -> int:
    """Compute regular work again that another calendar than the present one gave; returns how many units had some."""
    units = sorted(set(outdated(law).filter(lane=None).values_list("organisation", flat=True)))
    if units:
        sync_organisations(units, law=law, author=author, reason="放假安排公布，暂定期限重算")
    return len(units)


@transaction.atomic
def sync_organisations(ids: Iterable[int], *, law: Law, author: Author, reason: str) -> Counter[str]:
    """Make the deadlines of these organisations what their papers, orders and completions call for."""
    return _sync({pk: OrganisationFacts(pk) for pk in ids}, law, author, reason)


@transaction.atomic
def complete_regular(
    organisation: Organisation, rule: str, period: ReportPeriod, *, how: str, author: Author, law: Law
) -> None:
    """Regular work was done on the platform itself (a bulletin was issued): its duty, where there is one, is met."""
    sync_regular(on=author.on, law=law, author=author)
    duty = Deadline.objects.filter(
        organisation=organisation, lane=None, rule=rule, subject=f"period:{period.key}"
    ).first()
    if duty is None or duty.completions.standing().exists():
        return
    Completion.objects.create(
        deadline=duty, done_on=author.on, how=how[:500], registered_at=author.at, registered_by=author.post
    )
    sync_organisations([organisation.pk], law=law, author=author, reason=how[:500])


def _began() -> date | None:
    """The day on which the platform learnt of its first case: nothing from before is asked for."""
    first = Source.objects.aggregate(first=Min("stated_at"))["first"]
    return localtime(first).date() if first else None


def _wanted(began: date, on: date, law: Law) -> Iterator[tuple[str, str, int]]:
    """Rule, period and owner of the regular work that nobody was asked for yet."""
    asked = Deadline.objects.filter(lane=None, subject__startswith="period:", starts_on__gte=on - 2 * HORIZON)
    known = set(asked.values_list("rule", "subject", "organisation"))
    owners = _Owners(on)
    for limit in law.book.regular(on=on):
        for period in _periods(limit, began, on):
            due_on = law.due(limit.key, starts_on(limit, period)).due_on
            for owner in owners.of(limit, period, due_on) if due_on >= began else ():
                if (limit.key, f"period:{period.key}", owner) not in known:
                    yield limit.key, period.key, owner


def _periods(limit: Limit, began: date, on: date) -> Iterator[ReportPeriod]:
    """The periods that started the limit by the day and did not end before the platform learnt of its first case."""
    assert limit.period is not None
    period = period_of(limit.period, max(began, on - HORIZON))
    while starts_on(limit, period) <= on:
        # Half a year is summed up in July; the second half goes into the annual report.
        if not period.key.endswith("H2"):
            yield period
        period = period_of(limit.period, period.last + timedelta(days=1))


def starts_on(limit: Limit, period: ReportPeriod) -> date:
    """The day of the event: the last day of the period, or the eve of a year whose own work it is."""
    return period.first - timedelta(days=1) if limit.starts == "year_began" else period.last


class _Owners:
    """Whose the regular work is, of the organisations that exist on a day; two queries for all of it."""

    def __init__(self, on: date) -> None:
        fields = ("pk", "kind", "level", "valid_from")
        self.rows = list(Organisation.objects.existing(on=on).values_list(*fields))
        first = Min("source__stated_at")
        told = Lane.objects.filter(source__stated_at__year__gte=(on - HORIZON).year)
        told = told.exclude(source__kind=Source.Kind.HISTORY)  # an old ledger makes nobody sued in this year
        years = told.values_list("organisation", "source__stated_at__year").annotate(first).order_by()
        self.sued = {(pk, year): localtime(at).date() for pk, year, at in years}

    def of(self, limit: Limit, period: ReportPeriod, due_on: date) -> Iterator[int]:
        """Those whose work it is, who existed when it was due, and (agencies) had a case of the year before that."""
        for pk, kind, level, valid_from in self.rows:
            known_on = self.sued.get((pk, period.last.year)) if limit.owner == "sued_agency" else valid_from
            if limit.owner == "sued_agency" and known_on is None:
                continue
            if _owns(limit.owner, kind, level) and (known_on is None or known_on < due_on):
                yield pk


def _owns(owner: str | None, kind: str, level: str) -> bool:
    """Courts are asked by nobody; 由市委督查室按季度实行量化排名."""
    if owner == "sued_agency":
        return True
    if owner == "supervision":
        return kind == Kind.SUPERVISION and level == Organisation.Level.MUNICIPAL
    is_county = level == Organisation.Level.COUNTY
    return kind == Kind.LEGAL_OFFICE and (
        owner == "legal_office" or (owner == "county_legal_office" and is_county)
    )


def organisation_moves_under(ids: Iterable[int], *, law: Law) -> list[DeadlineChange]:
    """How the open deadlines of these organisations would move under another law; nothing is written."""
    work, _ = _work({pk: OrganisationFacts(pk) for pk in ids}, law, Author(at=NO_MOMENT), "")
    return [move for move in work.moves if move.deadline.state == Deadline.State.OPEN]


def _sync(facts: dict[int, OrganisationFacts], law: Law, author: Author, reason: str) -> Counter[str]:
    # Two runs over one organisation at once would both create its deadlines.
    list(
        Organisation.objects.select_for_update(of=("self",))
        .filter(pk__in=facts)
        .order_by("pk")
        .values_list("pk")
    )
    work, left = _work(facts, law, author, reason)
    for deadline in left:
        work.end(deadline)
    return work.write()


def _work(
    facts: dict[int, OrganisationFacts], law: Law, author: Author, reason: str
) -> tuple[Work, list[Deadline]]:
    """What is to be written, and the stored deadlines that nothing calls for any more."""
    own = Deadline.objects.filter(organisation__in=facts, lane=None)
    stored = {(d.organisation_id, d.rule, d.subject): d for d in own}
    _load(facts, stored.values())
    work = Work(author, reason)
    for holder in facts.values():
        for clock in _clocks(holder, law):
            work.keep(holder, clock, stored.pop((holder.organisation_id, clock.rule, clock.subject), None))
    return work, list(stored.values())


def _load(facts: dict[int, OrganisationFacts], stored: Iterable[Deadline]) -> None:
    for known in stored:
        if known.subject.startswith("period:"):
            facts[known.organisation_id].periods[known.rule].add(known.subject.partition(":")[2])
    incoming = Incoming.objects.standing().select_related("registered_by")
    for paper in incoming.filter(organisation__in=facts, lane=None):
        facts[paper.organisation_id].incoming.append(paper)
    mine = {"deadline__organisation__in": facts, "deadline__lane": None}
    for order in (
        DeadlineOrder.objects.standing()
        .filter(**mine)
        .select_related("deadline", "registered_by__organisation")
    ):
        facts[order.deadline.organisation_id].orders.append(order)
    for done in Completion.objects.standing().filter(**mine).select_related("deadline"):
        facts[done.deadline.organisation_id].completions.append(done)


def _clocks(holder: OrganisationFacts, law: Law) -> Iterator[Clock]:
    for rule, keys in holder.periods.items():
        for key in sorted(keys):
            period = parse_report_period(key)
            start = starts_on(law.book.versions[rule][0], period)
            fact = Fact(f"period:{key}", start, period.label)
            yield from clock_of(holder, law, rule, fact, matter=period.label)
    for paper in holder.incoming:
        fact = incoming_fact(paper, holder.organisation_id)
        for limit in law.book.started_by(paper.kind, on=paper.received_on):
            yield from clock_of(holder, law, limit.key, fact, matter=str(paper))
