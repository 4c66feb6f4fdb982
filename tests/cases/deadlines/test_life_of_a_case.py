"""The life of a case, walked at random through all instances: after every step the record has to make sense.

A model of the world (a day that only moves forward, what courts have decided) draws one act after the other: of two
agencies, of the courts' clerks, of the offices, and of the daily sweep. What the product refuses is fine; what it
accepts must leave the invariants of docs and law standing (`INVARIANTS`).

LIFE_RUNS=200 walks as often as the bar asks; LIFE_SHRINK=<name of an invariant> lets hypothesis look for the shortest
life that breaks it; LIFE_SKIP=<names> leaves invariants out while one is looked into.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import make_aware
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from cases.deadlines import orders
from cases.deadlines.sync import sync_deadlines
from cases.decisions import appeals, presumed_effect
from cases.hearings import appearances, designation, nominations
from cases.intake.row_facts import Number, RowFacts
from cases.material import correction, returns, signing
from cases.models import (
    Deadline,
    DeadlineChange,
    DeadlineOrder,
    Decision,
    DecisionOutcome,
    Hearing,
    Lane,
    MaterialReturn,
    Nomination,
    Obligation,
    Paper,
    PaperDelivery,
    PaperReview,
    PerformanceEntry,
    ServiceReceipt,
    Source,
)
from cases.papers import judgment_filing, review, submission
from cases.papers.submission import Submission
from cases.performance import log
from cases.registration.cases import CaseDetails, register_case
from cases.registration.forms import CaseForm
from cases.registration.lanes import add_lane
from courts.models import Upload
from courts.notifications.confirmation import Refused, confirm
from courts.uploads.planning import new_upload, planned_items
from courts.uploads.report import plan_hash
from organisations import audit
from organisations.authors import Author
from organisations.files import Attachment
from organisations.models import AuditEntry, Post
from organisations.roles import Role
from rules.case_numbers import CaseNumber, parse_case_number
from rules.outcomes import effect_rule
from rules.performance import TRANSITIONS
from rules.report_periods import period_of
from tests.factories import HeadFactory, organisation

RUNS, STEPS_EACH = int(os.environ.get("LIFE_RUNS", "6")), 50
SHRINK = os.environ.get("LIFE_SHRINK", "")
SKIP = frozenset(filter(None, os.environ.get("LIFE_SKIP", "").split(",")))
FIRST_DAY = date(2026, 3, 2)
DAY = timedelta(days=1)
SCAN = Attachment("材料.pdf", b"%PDF-1.4", "application/pdf")
LOWER, UPPER = "鲁1602", "鲁16"
AGENCIES = ("371602-ZRZY", "371602-SC", "BZ-SF")  # the last is the highest legal office itself
BENCH = {
    "first": [
        ("判决", "J-REVOKE-REDO"), ("判决", "J-REVOKE-REDO"), ("判决", "J-PERFORM"), ("判决", "J-REVOKE"),
        ("判决", "J-COMP"), ("判决", "J-REMEDY"), ("判决", "J-ILLEGAL"), ("判决", "J-DISMISS"),
        ("裁定", "R-REJECT"), ("裁定", "R-WITHDRAW-CHANGED"), ("裁定", "R-SUSPEND"), ("调解书", "M-MED"),
    ],
    "second": [
        ("判决", "A-AFFIRM"), ("判决", "A-REVERSE"), ("裁定", "A-REMAND"), ("裁定", "A-WITHDRAW"),
        ("裁定", "A-ORDER"),
    ],
    "retrial": [("判决", "T-AFFIRM"), ("判决", "T-REVERSE"), ("裁定", "T-TERMINATE"), ("裁定", "T-REMAND")],
}  # fmt: skip
PERFORMED = frozenset({"reported", "done", "done_late", "settled", "enforced"})
IN_EFFECT = frozenset({"presumed", "confirmed"})
Kind = Paper.Kind

# What all lives together did, and which invariants they broke: {name: (steps, text, the life so far)}, the shortest.
TOLD: Counter[tuple[str, str]] = Counter()
BROKEN: dict[str, tuple[int, str, list[str]]] = {}
BROKEN_IN: dict[str, set[int]] = defaultdict(set)


@dataclass
class Truth:
    """A case as it is in the world, whether or not the platform has been told."""

    number: CaseNumber
    instance: str
    court: str
    agencies: list[str]
    filed_on: date
    origin: "Truth | None" = None
    decided_on: date | None = None
    owed: dict[str, Any] | None = None  # what the court says is to be performed, once it says so
    appealable: bool = False
    followed: bool = False  # there is a later instance already

    @property
    def key(self) -> str:
        return self.number.key


class Record:
    """Everything the database says at one moment."""

    def __init__(self) -> None:
        self.lanes = list(Lane.objects.select_related("case", "organisation").order_by("pk"))
        self.receipts = {one.lane_id: one for one in ServiceReceipt.objects.select_related("lane")}
        self.returns = list(MaterialReturn.objects.order_by("pk"))
        self.hearings = list(Hearing.objects.select_related("case").order_by("pk"))
        self.nominations = list(
            Nomination.objects.select_related("head", "hearing", "lane__organisation").order_by("pk")
        )
        self.decisions = list(Decision.objects.select_related("case__origin").order_by("pk"))
        self.outcomes = list(DecisionOutcome.objects.select_related("decision__case", "lane").order_by("pk"))
        owed = Obligation.objects.select_related("outcome__decision__case", "lane__organisation")
        self.obligations = list(owed.order_by("pk"))
        self.entries = list(PerformanceEntry.objects.order_by("pk"))
        self.papers = list(Paper.objects.select_related("lane__organisation").order_by("pk"))
        self.deliveries = list(PaperDelivery.objects.order_by("pk"))
        self.reviews = {one.paper_id: one for one in PaperReview.objects.all()}
        self.deadlines = {one.pk: one for one in Deadline.objects.order_by("pk")}
        self.orders = list(DeadlineOrder.objects.standing().select_related("deadline").order_by("pk"))
        self.changes: dict[int, list[DeadlineChange]] = defaultdict(list)
        for change in DeadlineChange.objects.order_by("pk"):
            self.changes[change.deadline_id].append(change)
        self.audit = AuditEntry.objects.count()
        self.sources = Source.objects.count()

    def outcome_of(self, decision: Decision, lane: Lane) -> DecisionOutcome | None:
        found = (o for o in self.outcomes if (o.decision_id, o.lane_id) == (decision.pk, lane.pk))
        return next(found, None)

    def deadline_of(self, obligation: Obligation) -> Deadline | None:
        subject = f"obligation:{obligation.pk}"
        return next((d for d in self.deadlines.values() if d.subject == subject), None)

    def entries_of(self, obligation: Obligation) -> list[PerformanceEntry]:
        return [entry for entry in self.entries if entry.obligation_id == obligation.pk]

    def counted(self) -> list[Any]:
        """What a refused act must leave as it was."""
        days = [(d.pk, d.state, d.due_on, d.met_on, d.revision) for d in self.deadlines.values()]
        owed = [(o.pk, o.state, o.certainty, o.named_on, o.performed_on) for o in self.obligations]
        effect = [(d.pk, d.effect, d.effective_on, d.delivered_on) for d in self.decisions]
        lists = (self.lanes, self.receipts, self.returns, self.hearings, self.nominations, self.outcomes)
        more = (self.entries, self.papers, self.deliveries, self.reviews, self.orders)
        return [days, owed, effect, self.audit, self.sources, *map(len, (*lists, *more))]


# One seed for all choices of a step: so they stay evenly spread, and steps can still be taken out one by one.
CHOICES = st.integers(0, 2**64 - 1)
Candidates = Callable[["Life"], Sequence[Any]]
ACTS: list[tuple[str, int, Candidates, Callable[..., None]]] = []


def act(weight: int, among: Candidates) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """An act of the walk: how often it is drawn, and about what."""

    def mark(method: Callable[..., None]) -> Callable[..., None]:
        ACTS.append((method.__name__, weight, among, method))
        return method

    return mark


class Life(RuleBasedStateMachine):
    """One life: the model of the world, the acts that the walk draws, and the record after each."""

    scene: SimpleNamespace
    runs = 0
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        Life.runs += 1
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.law, self.day, self.minute, self.serial = self.scene.law, FIRST_DAY, 0, 0
        self.world: dict[str, Truth] = {}
        self.trace: list[str] = []
        self.spun: Counter[int] = Counter()
        self.said: dict[int, str] = {}  # the office's last word on each obligation: yes, no, open
        self.named: set[int] = set()  # obligations whose day a person named
        # What people did in a lane for its agency, and as an office about what the agency had done.
        self.acted: dict[tuple[int, int], set[str]] = defaultdict(set)
        self.judged: dict[tuple[int, int], set[str]] = defaultdict(set)
        self.wrong: list[tuple[str, str]] = []  # what the acts themselves found
        self.now = self.before = Record()

    def teardown(self) -> None:
        broken = audit.broken_links()
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)
        assert not broken

    # The walk

    @initialize(luck=CHOICES)
    def begin(self, luck: int) -> None:
        """A court of first instance tells of a new case against one agency or two."""
        self._spin(luck)
        sued = list(self.draw([AGENCIES[:1], AGENCIES[:2], AGENCIES[2:], (AGENCIES[0], AGENCIES[2])]))
        case = self._new(LOWER, "行初", "first", sued, None)
        self._step("begin", lambda: self._schedule(case, 30))

    @rule(luck=CHOICES)
    def live(self, luck: int) -> None:
        """One act of anybody, about something that there is."""
        self._spin(luck)
        possible = [(name, among(self), method, weight) for name, weight, among, method in ACTS]
        names = [name for name, about, _, weight in possible if about for _ in range(weight)]
        chosen = self.draw(names)
        about, method = next((about, method) for name, about, method, _ in possible if name == chosen)
        one = self.draw(about)
        self._step(chosen, lambda: method(self, one))

    def _spin(self, luck: int) -> None:
        """From now on choices follow this seed; hypothesis likes to give one twice, which is to be another then."""
        self.spun[luck] += 1
        self.draw: Callable[[Sequence[Any]], Any] = Random(f"{luck}:{self.spun[luck]}").choice

    def _step(self, name: str, deed: Callable[[], None]) -> None:
        Life.steps += 1
        self.wrong = []
        self.doing, self.did = name, ""
        deed()
        self.trace.append(f"{self.day} {name} {self.did}".strip())
        self.before, self.now = self.now, Record()
        self._look()

    def attempt(self, deed: Callable[[], Any], *, repeat: bool = False) -> Any:
        """Let the product do it; what it refuses is counted and must leave nothing behind."""
        before = AuditEntry.objects.count()
        try:
            made = deed()
        except (ValidationError, PermissionDenied, Refused) as refused:
            TOLD[self.doing, "refused"] += 1
            self.did += f" — refused: {getattr(refused, 'messages', [str(refused)])[0]}"
            if (left := Record().counted()) != self.now.counted():
                self.wrong.append(("refused_leaves_nothing", f"{self.now.counted()} → {left}"))
            return None
        TOLD[self.doing, "accepted"] += 1
        if not repeat and AuditEntry.objects.count() <= before:
            self.wrong.append(("10_audit", "an accepted act left no line in the trail"))
        return made

    def _look(self) -> None:
        found = [*self.wrong, *(pair for check in INVARIANTS for pair in check(self))]
        for name, text in [*found, *self._repeated()]:
            if name in SKIP:
                continue
            BROKEN_IN[name].add(Life.runs)
            if name not in BROKEN or len(self.trace) < BROKEN[name][0]:
                BROKEN[name] = (len(self.trace), text, list(self.trace))
            assert SHRINK not in (name, "any"), f"{name}: {text}\n" + "\n".join(self.trace)

    def _repeated(self) -> Iterator[tuple[str, str]]:
        """3: computing all deadlines again from the same facts changes nothing."""
        before = {row["id"]: row for row in Deadline.objects.values()}
        ids = [lane.pk for lane in self.now.lanes]
        told = sync_deadlines(ids, law=self.law, author=self.author(None), reason="复算")
        after = {row["id"]: row for row in Deadline.objects.values()}
        if told or before != after:
            names = ("rule", "state", "starts_on", "due_on", "met_on", "organisation_id")
            changed = [
                {name: (str(before.get(pk, {}).get(name)), str(row[name])) for name in names}
                for pk, row in after.items()
                if before.get(pk) != row
            ]
            self.now = Record()
            yield "3_idempotent", f"{dict(told)} {changed}"

    # The world

    def author(self, post: Post | None) -> Author:
        self.minute += 1
        moment = datetime(self.day.year, self.day.month, self.day.day, 8) + timedelta(minutes=self.minute)
        return Author(make_aware(moment), post)

    def by(self, post: Post | None) -> dict[str, Any]:
        return {"author": self.author(post), "law": self.law}

    def key(self) -> str:
        self.serial += 1
        return f"key-{self.serial}"

    def ago(self, *days: int) -> date:
        """A day before today (after it, for the negative ones, which the product should refuse)."""
        return self.day - self.draw(days) * DAY

    def for_agency(self, lane: Lane) -> Post:
        """Who acts for the agency of the lane."""
        return self.scene.liaison[lane.organisation_id]

    def mark(self, lanes: Sequence[int], post: Post, made: Any, *, judged: bool = False) -> None:
        """Remember who acted for the agency, or who judged what it had done."""
        if made is None:
            return
        for lane in lanes:
            mine, others = (self.judged, self.acted) if judged else (self.acted, self.judged)
            mine[lane, post.user_id].add(self.doing)
            if before := others.get((lane, post.user_id)):
                if not judged:
                    continue  # the door of the pages refuses it (cases/views/lanes.py), no use case does
                acts = f"{'、'.join(sorted(before))} then {self.doing}"
                self.wrong.append((f"9_own_case:{self.doing}", f"{post.user} in lane {lane}: {acts}"))

    def _new(
        self, court: str, type_code: str, instance: str, agencies: list[str], origin: Truth | None
    ) -> Truth:
        self.serial += 1
        number = parse_case_number(f"（2026）{court}{type_code}{self.serial}号").first
        case = Truth(number, instance, court, agencies, self.day, origin)
        self.world[case.key] = case
        if origin:
            origin.followed = True
        return case

    def lanes_of(self, case: Truth) -> list[Lane]:
        return [lane for lane in self.now.lanes if lane.case.key == case.key]

    # What courts tell

    def tell(self, case: Truth, rows: Sequence[RowFacts]) -> Upload | None:
        """The court's notification, planned and confirmed as its clerk does."""
        author = self.author(self.scene.clerk[case.court])
        upload = new_upload(
            name="通报.xlsx", court=author.organisation, month=period_of("month", self.day), author=author
        )
        upload.state, upload.rows = (
            Upload.State.PLANNED,
            {"facts": [row.to_json() for row in rows], "held": []},
        )
        sheet = {"sheet": "表", "kind": rows[0].kind, "rows_read": len(rows), "accepted": len(rows)}
        upload.report = {"sheets": [sheet | {"held": 0, "ignored": 0}], "issues": []}
        facts = [RowFacts.from_json(told) for told in upload.rows["facts"]]
        upload.plan_hash = plan_hash(upload, planned_items(upload, facts, author, self.law))
        upload.save()
        return self.attempt(lambda: confirm(upload, author=author, law=self.law))

    def row(self, kind: str, case: Truth, place: int, agency: str, **parts: Any) -> RowFacts:
        n = case.number
        number = Number(n.key, n.display, n.year, n.type, n.serial, case.instance)
        named = self.scene.agency[agency]
        said = {"instance": case.instance}
        if kind == "judgments":
            said |= {"filed_on": case.filed_on}
            if case.origin:
                origin = case.origin.number
                said |= {"origin_number": origin.display, "origin_key": origin.key}
        return RowFacts(kind, "表", place, [number], [(named.pk, named.name)], case=said, **parts)

    def rows(self, kind: str, case: Truth, tell: Callable[[str], dict[str, Any]]) -> list[RowFacts]:
        """One row for every defendant."""
        return [self.row(kind, case, n, agency, **tell(agency)) for n, agency in enumerate(case.agencies, 2)]

    def _schedule(self, case: Truth, days: int) -> None:
        hearing = {"day": self.day + days * DAY, "room": "第三法庭"}
        self.did = f"{case.number} {hearing['day']}"
        self.tell(case, self.rows("schedule", case, lambda _: {"hearing": dict(hearing)}))

    @act(5, lambda life: [1, 1, 2, 3, 5, 8, 13, 21])
    def time_passes(self, days: int) -> None:
        """The day moves on, and the sweep presumes effect; it may have missed some days."""
        self.day, self.minute = self.day + days * DAY, 0
        made = presumed_effect.presume_effect(on=self.day, **self.by(None))
        self.did = f"presumed {made}" if made else ""

    @act(4, lambda life: [case for case in life.world.values() if case.decided_on is None])
    def court_schedules(self, case: Truth) -> None:
        self._schedule(case, self.draw([1, 2, 5, 9, 17, 30]))

    @act(
        5, lambda life: [one for one in life.now.hearings if one.day <= life.day and one.state != "cancelled"]
    )
    def court_tells_of_hearing(self, hearing: Hearing) -> None:
        case, state = (
            self.world[hearing.case.key],
            self.draw(["held", "held", "held", "postponed", "cancelled"]),
        )
        self.did = f"{case.number} {hearing.day} {state}"

        def said(_: str) -> dict[str, Any]:
            told: dict[str, Any] = {"hearing": {"day": hearing.day, "state": state}}
            if state == "held":
                told["appearance"] = self._appearance()
            return told

        self.tell(case, self.rows("appearances", case, said))

    def _appearance(self) -> dict[str, Any]:
        if self.draw([True, False]):
            return {
                "attended": True,
                "head_name": "方清远",
                "head_position": "局长",
                "head_rank": "principal",
            }
        ground = {"absence_ground": "official_duty", "court_finding": "accepted", "staff_attended": True}
        return {"attended": False} | self.draw([{}, ground])

    @act(6, lambda life: [case for case in life.world.values() if case.decided_on is None])
    def court_decides(self, case: Truth) -> None:
        """The decision of an instance, with one outcome for each defendant, told with or without its service."""
        kind, code = self.draw(BENCH[case.instance])
        earliest = max([case.filed_on, *([case.origin.decided_on or case.filed_on] if case.origin else [])])
        decided_on = max(earliest, self.ago(0, 1, 3, 8))
        if code != "R-SUSPEND":
            case.decided_on, case.appealable = decided_on, bool(effect_rule(kind, code, case.instance))
        decision: dict[str, Any] = {"kind": kind, "ordinal": 0, "decided_on": decided_on}
        if self.draw([True, True, False]):
            decision["delivered_on"] = max(decided_on, self.ago(0, 2, 5))
        others = [c for k, c in BENCH[case.instance] if k == kind == "判决" and case.instance == "first"]
        codes = {agency: self.draw([code, *others]) if n else code for n, agency in enumerate(case.agencies)}
        self.did = f"{case.number} {kind} {decided_on} {codes} 送达 {decision.get('delivered_on')}"
        owed = self._owed(case, decided_on) if self.draw([True, False]) else {}

        def said(agency: str) -> dict[str, Any]:
            return self._judged(decision, codes[agency], owed)

        self.tell(case, self.rows("judgments", case, said))

    def _owed(self, case: Truth, decided_on: date) -> dict[str, Any]:
        """What is to be performed, in words that stay the same once they are told."""
        content = {"content": "重新作出行政行为"}
        period = content | {"period_text": "判决生效之日起60日内"}
        if case.owed is None:
            case.owed = self.draw([content, period, content | {"named_on": decided_on + 45 * DAY}])
        return case.owed

    def _judged(self, decision: dict[str, Any], code: str, owed: dict[str, Any]) -> dict[str, Any]:
        """What one row of decisions says; something is owed only by outcomes that may bring an obligation."""
        told = dict(owed) if self.law.outcomes.get(code).obligation else {}
        return {"decision": dict(decision), "outcome": {"code": code}, "obligation": told}

    @act(5, lambda life: [one for one in life.now.decisions if one.case.key in life.world])
    def court_tells_more(self, decision: Decision) -> None:
        """A later notification: the service, an appeal, the effect, or what is owed of a decision known before."""
        case = self.world[decision.case.key]
        codes = {o.lane.organisation_id: o.code for o in self.now.outcomes if o.decision_id == decision.pk}
        if not codes:
            return
        told: dict[str, Any] = {
            "kind": decision.kind, "ordinal": decision.ordinal, "decided_on": decision.decided_on
        }  # fmt: skip
        owed = self._what_more(decision, case, told)
        self.did = f"{decision} {', '.join(f'{k} {v}' for k, v in told.items())} {owed or ''}"
        if owed:  # the court names what is owed: its word counts
            of = [one.pk for one in self.now.obligations if one.outcome.decision_id == decision.pk]
            self.said = {pk: word for pk, word in self.said.items() if pk not in of}
        default = next(iter(codes.values()))

        def row(agency: str) -> dict[str, Any]:
            code = codes.get(self.scene.agency[agency].pk, default)
            return self._judged(told, code, owed)

        self.tell(case, self.rows("judgments", case, row))

    def _what_more(self, decision: Decision, case: Truth, told: dict[str, Any]) -> dict[str, Any]:
        """What the court may truly add; nothing that contradicts what it said."""
        appealable = case.instance == "first" and decision.kind == "判决"
        over = decision.delivered_on and decision.delivered_on + 25 * DAY < self.day
        may = ["served", "owed", "nothing"]
        may += ["appealed"] if appealable and decision.effect not in ("confirmed", "reversed") else []
        may += ["in force"] if decision.effect != "appealed" and (over or not appealable) else []
        what = self.draw(may)
        if what == "served":
            told["delivered_on"] = max(decision.delivered_on or decision.decided_on, self.ago(0, 2, 6))
        elif what == "appealed":
            told["appealed"] = True
        elif what == "in force":
            told |= {"in_force": True, "in_force_on": self.day}
        return self._owed(case, decision.decided_on) if what == "owed" else {}

    @act(5, lambda life: [c for c in life.world.values() if c.decided_on and not c.followed])
    def next_instance(self, before: Truth) -> None:
        """Appeal, remand or retrial: another 案号, told of by the court's schedule or registered by the agency."""
        court, type_code, instance = UPPER, "行再", "retrial"
        if before.appealable:
            court, type_code, instance = UPPER, "行终", "second"
        elif before.instance != "first" and self.draw([True, False]):
            court, type_code, instance = LOWER, "行初", "first"
        case = self._new(court, type_code, instance, list(before.agencies), before)
        if self.draw(["court", "agency"]) == "court":
            self._schedule(case, self.draw([5, 20]))
        else:
            self._register(case, self.draw(case.agencies))

    @act(2, lambda life: [c for c in life.world.values() if len(life.lanes_of(c)) < len(c.agencies)])
    def agency_registers(self, case: Truth) -> None:
        self._register(case, self.draw(case.agencies))

    def _register(self, case: Truth, agency: str) -> None:
        """登记案件, with what its page asks for, and signed for; without the 关联案号 the page refuses an appeal."""
        post = self.scene.liaison[self.scene.agency[agency].pk]
        origin = case.origin.number.display if case.origin and self.draw([True, True, False]) else ""
        form = CaseForm(
            {
                "number": case.number.display, "origin": origin, "plaintiffs": "赵砚衡", "role": "acted",
                "filed_on": case.filed_on, "received_on": self.day, "method": "direct",
            }
        )  # fmt: skip
        self.did = f"{case.number} 关联 {origin} {agency}"
        names = ("number", "origin", "plaintiffs", "filed_on", "role")

        @transaction.atomic
        def register() -> Lane:
            if not form.is_valid():
                raise ValidationError("; ".join(text for texts in form.errors.values() for text in texts))
            told = CaseDetails(**{name: form.cleaned_data[name] for name in names})
            lane, by = register_case(told, author=self.author(post)), self.by(post)
            signing.sign_for_material(lane, received_on=self.day, method="direct", period=None, **by)
            return lane

        lane = self.attempt(register)
        if lane:
            self.mark([lane.pk], post, lane)

    # What agencies do

    @act(5, lambda life: [lane for lane in life.now.lanes if lane.pk not in life.now.receipts])
    def agency_signs(self, lane: Lane) -> None:
        received = self.ago(0, 0, 0, 1, 4, -1)
        end = received + self.draw([9, 20, -2]) * DAY
        period = self.draw([None, None, {"basis": "court_set", "ends_on": end, "document": "举证通知书"}])
        self.did, post = f"{lane} {received} {period}", self.for_agency(lane)
        told = {"received_on": received, "method": "direct", "period": period}
        self.mark(
            [lane.pk], post, self.attempt(lambda: signing.sign_for_material(lane, **told, **self.by(post)))
        )

    @act(2, lambda life: list(life.now.receipts.values()))
    def receipt_is_corrected(self, receipt: ServiceReceipt) -> None:
        day = receipt.received_on + self.draw([-3, 1, 4]) * DAY
        self.did = f"{receipt} → {day}"
        told = {"received_on": day, "reason": "送达回证载明"}
        self.attempt(
            lambda: correction.correct_service_receipt(receipt, **told, **self.by(self.scene.offices[0]))
        )

    @act(1, lambda life: life.now.lanes)
    def agency_returns(self, lane: Lane) -> None:
        self.did, post = str(lane), self.for_agency(lane)
        made = self.attempt(
            lambda: returns.return_material(
                lane, reason="不是本单位的案件", suggested=None, author=self.author(post)
            )
        )
        self.mark([lane.pk], post, made)

    @act(3, lambda life: [one for one in life.now.returns if one.state == "waiting"])
    def office_decides_return(self, returned: MaterialReturn) -> None:
        owner, post = self.draw([None, *self.scene.agency.values()]), self.draw(self.scene.offices)
        self.did = f"{returned} → {owner}"
        made = self.attempt(
            lambda: returns.decide_return(returned, owner=owner, note="查明", **self.by(post))
        )
        self.mark([returned.lane_id], post, made, judged=True)

    @act(1, lambda life: life.now.lanes)
    def office_adds_defendant(self, lane: Lane) -> None:
        """One that the court left out; afterwards the court may name it too, or go on leaving it out."""
        agency, post = self.draw(AGENCIES), self.draw(self.scene.offices)
        told = {"role": "acted", "reason": "追加被告通知书"}
        self.did = f"{lane.case.number} + {agency} {post}"
        made = self.attempt(lambda: add_lane(lane.case, self.scene.agency[agency], **told, **self.by(post)))
        truth = self.world[lane.case.key]
        if made and agency not in truth.agencies and self.draw([True, False]):
            truth.agencies.append(agency)

    def hand_in(self, lane: Lane, kind: str, content: dict[str, Any], **about: Any) -> None:
        """A paper; sometimes the button is pressed twice, and sometimes a late one has no reason yet."""
        known = [p.submission_key for p in self.now.papers if p.lane_id == lane.pk and p.kind == kind]
        key = self.draw([self.key(), *known[-1:]])
        reason = self.draw(["材料在审签", "材料在审签", ""])
        told = Submission(kind, content, key, late_reason=reason, attachments=(SCAN,), **about)
        stated, post = about.pop("stated", None), self.for_agency(lane)
        self.did = f"{lane} {kind} {told.subject} {content} {'again' if key in known else ''}"
        made = self.attempt(lambda: self._submit(lane, told, post, stated), repeat=key in known)
        self.mark([lane.pk], post, made)

    def _submit(self, lane: Lane, told: Submission, post: Post, stated: Any) -> Paper:
        if told.kind == Kind.JUDGMENT_FILING:
            return judgment_filing.file_judgment(lane, told, stated=stated, **self.by(post))
        return submission.submit(lane, told, **self.by(post))

    @act(5, lambda life: [lane for lane in life.now.lanes if lane.pk in life.now.receipts])
    def agency_reports(self, lane: Lane) -> None:
        """The two reports: to the leaders, and after the evidence period to the office."""
        if self.draw([True, True, False]):
            filed = self.draw([{}, {"evidence_filed_on": self.ago(0, 1, 5, -1).isoformat()}])
            self.hand_in(lane, Kind.DEFENCE_REPORT, {"summary": "…"} | filed)
        else:
            self.hand_in(lane, Kind.LEADER_REPORT, {"reported_on": self.ago(0, 1).isoformat()})

    @act(5, lambda life: [(o.lane, o.decision) for o in life.now.outcomes])
    def agency_files(self, about: tuple[Lane, Decision]) -> None:
        """备案, 生效确认 or 败诉报告 of a decision in the record."""
        lane, decision = about
        lane = next(one for one in self.now.lanes if one.pk == lane.pk)
        kind = self.draw([Kind.JUDGMENT_FILING, Kind.EFFECT_CONFIRMATION, Kind.LOST_CASE_REPORT])
        content = {}
        if kind == Kind.JUDGMENT_FILING:
            days = [decision.delivered_on or self.day, self.day, decision.decided_on - DAY]
            content = {"received_on": self.draw(days).isoformat()}
        self.hand_in(lane, kind, content, decision=decision)

    @act(1, lambda life: [la for la in life.now.lanes if life.world[la.case.key].decided_on is None])
    def agency_states_decision(self, lane: Lane) -> None:
        """The agency files a decision that the court has not told of; the court will know it by kind."""
        kind, code = self.draw(BENCH[self.world[lane.case.key].instance])
        decided_on = self.ago(1, 3, -1)
        content = {"received_on": self.draw([decided_on, self.day]).isoformat()}
        known = self.key()
        told = Submission(Kind.JUDGMENT_FILING, content, known, late_reason="刚收到", attachments=(SCAN,))
        stated, post = judgment_filing.StatedDecision(kind, decided_on, code), self.for_agency(lane)
        self.did = f"{lane} {stated} {content}"
        self.mark([lane.pk], post, self.attempt(lambda: self._submit(lane, told, post, stated)))

    @act(2, lambda life: life.sittings("held", "scheduled"))
    def agency_explains_absence(self, about: tuple[Lane, Hearing]) -> None:
        self.hand_in(about[0], Kind.ABSENCE, {"reason": "公务"}, hearing=about[1])

    def sittings(self, *states: str) -> list[tuple[Lane, Hearing]]:
        """Every lane with every hearing of its case in one of these states."""
        return [
            (lane, hearing)
            for lane in self.now.lanes
            for hearing in self.now.hearings
            if hearing.case_id == lane.case_id and hearing.state in states
        ]

    @act(4, lambda life: life.sittings("scheduled"))
    def agency_names_head(self, about: tuple[Lane, Hearing]) -> None:
        lane, hearing = about
        head, post = self.draw(self._heads_for(lane)), self.for_agency(lane)
        self.did = f"{lane} {hearing.day} {head}"
        same = any(
            (n.lane_id, n.hearing_id, n.head_id, n.replaced_at)
            == (lane.pk, hearing.pk, head.pk, None) for n in self.now.nominations
        )  # fmt: skip
        deed = self.attempt(
            lambda: nominations.name_head(lane, hearing, head, reason="另有安排", **self.by(post)),
            repeat=same,
        )
        self.mark([lane.pk], post, deed)

    def _heads_for(self, lane: Lane) -> list[Any]:
        """Mostly of the own roster; sometimes the head of another agency, who must be refused."""
        own = [head for head in self.scene.heads if head.organisation_id == lane.organisation_id]
        return own * 4 + self.scene.heads

    @act(2, lambda life: [n for n in life.now.nominations if n.replaced_at is None])
    def head_answers(self, nomination: Nomination) -> None:
        """The head confirms, or cannot come."""
        post = self.for_agency(nomination.lane)
        if self.draw([True, False]):
            self.did, known = f"confirms {nomination}", nomination.confirmed_at is not None
            deed = self.attempt(
                lambda: nominations.confirm_head(nomination, author=self.author(post)) or True, repeat=known
            )
        else:
            self.did = f"declines {nomination}"
            deed = self.attempt(
                lambda: nominations.decline_head(nomination, reason="出差", **self.by(post)) or True
            )
        self.mark([nomination.lane_id], post, deed)

    @act(1, lambda life: life.now.lanes)
    def defendants_agree_who_appears(self, lane: Lane) -> None:
        post = self.for_agency(lane)
        self.did = str(lane)
        made = self.attempt(
            lambda: designation.designate(lane.case, lane, ground="agreement", **self.by(post))
        )
        self.mark([lane.pk], post, made)

    @act(3, lambda life: [one for one in life.sittings("scheduled", "held") if one[1].day <= life.day])
    def agency_states_appearance(self, about: tuple[Lane, Hearing]) -> None:
        lane, hearing = about
        came, post = self.draw([True, True, False]), self.for_agency(lane)
        told = {"attended": came, "head": self.draw(self._heads_for(lane)) if came else None, "spoke": came}
        self.did = f"{lane} {hearing.day} {told}"
        made = self.attempt(lambda: appearances.state_appearance(lane, hearing, told, **self.by(post)))
        self.mark([lane.pk], post, made)

    @act(4, lambda life: [(o.lane, o.decision) for o in life.now.outcomes if o.decision.kind == "判决"])
    def agency_decides_appeal(self, about: tuple[Lane, Decision]) -> None:
        lane, decision = about
        post = self.for_agency(lane)
        told = appeals.AppealDetails(self.draw(["yes", "yes", "no"]), self.ago(0, 1, 4, 10))
        self.did = f"{lane.pk} {decision} {told}"
        made = self.attempt(lambda: appeals.decide_appeal(decision, lane, told, **self.by(post)))
        self.mark([lane.pk], post, made)

    @act(9, lambda life: [one for one in life.now.obligations if one.certainty == "yes"])
    def agency_performs(self, obligation: Obligation) -> None:
        """A line of the ledger by the agency: progress, part, all, settled, impossible."""
        kinds = [kind for kind, step in TRANSITIONS.items() if step.by_agency]
        self._enter(
            obligation, self.draw([*kinds, "done", "done", "settled"]), self.for_agency(obligation.lane)
        )

    @act(3, lambda life: [one for one in life.now.obligations if one.certainty == "yes"])
    def office_registers_execution(self, obligation: Obligation) -> None:
        """What a court did to an obligation: enforced, suspended by a retrial, revived."""
        kinds = [kind for kind, step in TRANSITIONS.items() if not step.by_agency]
        self._enter(obligation, self.draw([*kinds, "suspended", "revived"]), self.draw(self.scene.offices))

    def _enter(self, obligation: Obligation, kind: str, post: Post) -> None:
        known = [entry.submission_key for entry in self.now.entries_of(obligation)]
        key = self.draw([self.key(), *known[-1:]])
        same_act = self.draw([False, False, True, None]) if obligation.kind == "redo" else None
        happened = max(obligation.outcome.decision.decided_on, self.ago(0, 2, 9))
        told = log.LogLine(kind, happened, "已办", key, self.draw([(SCAN,), (SCAN,), (SCAN,), ()]), same_act)
        self.did = f"{obligation} {kind} {happened} same_act={same_act} {'again' if key in known else ''}"
        made = self.attempt(lambda: log.enter(obligation, told, **self.by(post)), repeat=key in known)
        if TRANSITIONS[kind].by_agency and key not in known:
            self.mark([obligation.lane_id], post, made)

    # What offices do

    @act(5, lambda life: [d for d in life.now.deliveries if d.paper_id not in life.now.reviews])
    def office_reviews(self, delivery: PaperDelivery) -> None:
        paper = next(one for one in self.now.papers if one.pk == delivery.paper_id)
        posts = [post for post in self.scene.offices if post.organisation_id == delivery.recipient_id]
        if not posts:
            return
        post, verdict = self.draw(posts), self.draw(["accepted", "returned"])
        comments = {"summary": self.draw(["写明事由", ""])} if verdict == "returned" else {}
        self.did = f"{paper} v{paper.version} {verdict} {post}"
        made = self.attempt(
            lambda: review.review(paper, verdict=verdict, note="", comments=comments, **self.by(post))
        )
        self.mark([paper.lane_id], post, made, judged=True)

    @act(5, lambda life: [entry for entry in life.now.entries if entry.verdict == "waiting"])
    def office_checks(self, entry: PerformanceEntry) -> None:
        accepted, note, post = (
            self.draw([True, False]),
            self.draw(["已核", ""]),
            self.draw(self.scene.offices),
        )
        self.did = f"{entry} accepted={accepted} {post}"
        made = self.attempt(lambda: log.check_report(entry, accepted=accepted, note=note, **self.by(post)))
        self.mark([entry.lane_id], post, made, judged=True)

    @act(3, lambda life: [one for one in life.now.obligations if not one.performed_on])
    def office_decides_obligation(self, obligation: Obligation) -> None:
        post, certainty = self.draw(self.scene.offices), self.draw(["yes", "yes", "no", "open"])
        due_on = self.draw([None, self.day + 30 * DAY])
        told = {"certainty": certainty, "reason": "裁判文书载明", "due_on": due_on}
        self.did = f"{obligation} {certainty} {due_on} {post}"
        made = self.attempt(lambda: log.decide_obligation(obligation, **told, **self.by(post)))
        if made:
            self.said[obligation.pk] = certainty
            self.named |= {obligation.pk} if due_on else set()
        self.mark([obligation.lane_id], post, made, judged=True)

    @act(3, lambda life: [d for d in life.now.deadlines.values() if d.state == "open"])
    def office_orders(self, deadline: Deadline) -> None:
        """中止、延期、另定、免除."""
        kind = self.draw(["pause", "pause", "extend", "set", "waive"])
        days: dict[str, Any] = {}
        if kind == "pause":
            first = min(deadline.due_on, max(deadline.starts_on, self.ago(0, 2, 5)))
            days = {"first": first, "last": self.draw([None, None, self.day])}
        elif kind != "waive":
            days = {"ends_on": deadline.due_on + self.draw([7, 20, -2]) * DAY}
        told = orders.Order(kind, "court", "通知书", **days)
        self.did = f"{deadline.rule} {deadline.subject} {kind} {days}"
        self.attempt(lambda: orders.order(deadline, told, **self.by(self.scene.offices[0])))

    @act(3, lambda life: [order for order in life.now.orders if order.kind == "pause" and not order.last])
    def office_resumes(self, order: DeadlineOrder) -> None:
        last = self.ago(0, 1)
        self.did = f"{order.deadline.rule} {last}"
        post = self.scene.offices[0]
        self.attempt(
            lambda: orders.resume(order.deadline, last=last, document="恢复审理通知", **self.by(post))
        )

    @act(1, lambda life: life.now.orders)
    def office_withdraws_order(self, order: DeadlineOrder) -> None:
        self.did = f"{order.deadline.rule} {order}"
        self.attempt(lambda: orders.withdraw(order, **self.by(self.scene.offices[0])) or True)


# The invariants: each tells of what it finds broken, as (name, what).
Found = Iterator[tuple[str, str]]


def moves_are_kept(life: Life) -> Found:
    """1: whenever a due day changed, the history tells from when to when, and the report follows the evidence."""
    for pk, deadline in life.now.deadlines.items():
        changes = life.now.changes[pk]
        chain = [(c.new_due_on, d.old_due_on) for c, d in pairwise(changes)]
        if any(new != old for new, old in chain) or (changes and changes[-1].new_due_on != deadline.due_on):
            yield "1_history", f"{deadline.rule}: {[(c.old_due_on, c.new_due_on) for c in changes]}"
        was = life.before.deadlines.get(pk)
        told = changes[len(life.before.changes[pk]) :]
        if was and was.due_on != deadline.due_on and (not told or told[0].old_due_on != was.due_on):
            yield "1_history", f"{deadline.rule}: {was.due_on} → {deadline.due_on} without history"


def the_report_follows_the_evidence(life: Life) -> Found:
    answers = {d.subject: d for d in life.now.deadlines.values() if d.rule in ("answer", "answer_appeal")}
    for report in life.now.deadlines.values():
        if report.rule == "defence_report" and report.state == "open":
            answer = answers[report.subject]
            if report.starts_on != answer.due_on:
                yield "1_report_due", f"report from {report.starts_on}, evidence until {answer.due_on}"


def appeals_name_their_origin(life: Life) -> Found:
    """2: a second instance names the first, once anybody told of more than its hearings; where known it is joined."""
    for lane in life.now.lanes:
        case, truth = lane.case, life.world[lane.case.key]
        decided = any(decision.case_id == case.pk for decision in life.now.decisions)
        if case.type_code == "行终" and case.instance != "second":
            yield "2_origin", f"{case} is no second instance"
        if case.type_code == "行终" and not case.origin_number and _told_of_origin(life, lane, decided):
            yield "2_origin", f"{case} names no origin"
        known = {other.case.key: other.case for other in life.now.lanes}
        below = known.get(truth.origin.key) if case.origin_number and truth.origin else None
        if below and (case.origin_id != below.pk or case.dispute_id != below.dispute_id):
            yield "2_chain", f"{case} is not joined to {below}"


def _told_of_origin(life: Life, lane: Lane, decided: bool) -> bool:
    """The agency's registration and the court's decisions name the origin; a schedule has no column for it."""
    told = [d for d in life.now.decisions if d.case_id == lane.case_id and d.source.kind == "court"]
    return lane.case.source.kind == "agency" or (decided and bool(told))


def deadlines_make_sense(life: Life) -> Found:
    """3: met and only met ones say when; the receipt cites its article and gives the stored day."""
    for deadline in life.now.deadlines.values():
        if (deadline.state == "met") != (deadline.met_on is not None) and deadline.state != "void":
            yield "3_met", f"{deadline.rule} {deadline.state} met on {deadline.met_on}"
        receipt = deadline.computation
        if not receipt.get("citation") or receipt.get("due_on") != deadline.due_on.isoformat():
            yield "3_receipt", f"{deadline.rule} {deadline.due_on}: {receipt}"
        plain = not {"set_by", "late_notice", "orders"} & receipt.keys() and deadline.rule != "obligation"
        if plain and life.law.due(deadline.rule, deadline.starts_on).due_on != deadline.due_on:
            yield "3_receipt", f"{deadline.rule} from {deadline.starts_on} is not {deadline.due_on}"
        lane = next(one for one in life.now.lanes if one.pk == deadline.lane_id)
        if deadline.organisation_id != lane.organisation_id:
            yield "3_owner", f"{deadline.rule} of {lane} belongs to another agency"


# Runs from a day of receipt that the agency states itself: its own lateness counts.
ON_MATERIAL = {"leader_report", "answer", "answer_appeal", "defence_report"}


def _is_stated_by_the_unit(deadline: Deadline) -> bool:
    return deadline.rule in ON_MATERIAL or deadline.computation["proof"] == "机关填报收到日期"


def nothing_is_overdue_on_the_day_it_is_born(life: Life) -> Found:
    """9: unless the unit itself registers late; also where a duty comes back after it was void."""
    for pk, deadline in life.now.deadlines.items():
        was = life.before.deadlines.get(pk)
        is_born = was is None or (was.state == "void" and deadline.state == "open")
        late = deadline.state == "open" and deadline.is_duty and deadline.due_on < life.day
        if is_born and late and not _is_stated_by_the_unit(deadline):
            yield "9_born_overdue", f"{deadline.rule} due {deadline.due_on}, born on {life.day}"


def nominations_are_right(life: Life) -> Found:
    """4: one current nomination per lane and hearing, of the own agency, in office on the day of the hearing."""
    current = [one for one in life.now.nominations if one.replaced_at is None]
    places = Counter((one.lane_id, one.hearing_id) for one in current)
    if places and max(places.values()) > 1:
        yield "4_one_head", str(places)
    for one in current:
        if one.hearing.state != "scheduled":
            continue
        agency = one.lane.organisation
        if one.head.organisation_id not in (agency.pk, agency.successor_id):
            yield "4_own_head", f"{one} of {one.head.organisation} stands for {agency}"
        if not one.head.in_office(on=one.hearing.day):
            yield "4_in_office", f"{one} until {one.head.last} stands for {one.hearing.day}"


def versions_have_no_gaps(life: Life) -> Found:
    """5: versions 1..n per lane, kind and subject; every key once; each paper reviewed once, none but the newest."""
    versions: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for paper in life.now.papers:
        versions[paper.lane_id, paper.kind, paper.subject].append(paper.version)
    for place, found in versions.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            yield "5_versions", f"{place}: {found}"
    keys = Counter(paper.submission_key for paper in life.now.papers)
    if keys and max(keys.values()) > 1:
        yield "5_keys", str(keys)
    if PaperReview.objects.count() != len(life.now.reviews):
        yield "5_reviews", "a paper has two reviews"


def effect_comes_in_time(life: Life) -> Found:
    """6: no effect before the decision, nor by our own count before service and appeal period, nor during an appeal."""
    for decision in life.now.decisions:
        on = decision.effective_on
        if (decision.effect in IN_EFFECT) != (on is not None) and decision.effect != "confirmed":
            yield "6_effect_day", f"{decision} {decision.effect} on {on}"
        if on and on < decision.decided_on:
            yield "6_before_decision", f"{decision} of {decision.decided_on} in force on {on}"
        if decision.effect == "presumed" and on and decision.case.instance == "first":
            yield from _presumed_too_early(life, decision, on)


def _presumed_too_early(life: Life, decision: Decision, on: date) -> Found:
    codes = {o.code for o in life.now.outcomes if o.decision_id == decision.pk}
    limit = next(filter(None, (effect_rule(decision.kind, code, "first") for code in codes)), None)
    above = [d for d in life.now.decisions if d.case.origin_id == decision.case_id]
    standing = {"A-AFFIRM", "A-WITHDRAW"}
    kept = any(o.code in standing for d in above for o in life.now.outcomes if o.decision_id == d.pk)
    if limit is None or kept:
        return
    if decision.delivered_on and on <= life.law.due(limit, decision.delivered_on).due_on:
        yield "6_appeal_period", f"{decision} served {decision.delivered_on} presumed in force on {on}"
    subject = f"decision:{decision.pk}"
    was = next((d.effect for d in life.before.decisions if d.pk == decision.pk), "")
    for period in life.now.deadlines.values():
        runs = period.state == "suspended" or (period.state == "open" and on <= period.due_on)
        if was != "presumed" and period.subject == subject and period.rule == limit and runs:
            what = f"{period.state} until {period.due_on} in lane {period.lane_id}"
            yield "6_running_period", f"{decision} presumed in force on {on}, appeal period {what}"
    second = [
        lane.case_id
        for lane in life.now.lanes
        if lane.case.origin_id == decision.case_id and lane.case.instance == "second"
    ]
    decided = {one.case_id for one in life.now.decisions}
    # The daily sweep takes a presumption back; until it has run, the day before it is the day.
    if life.doing == "time_passes" and set(second) - decided:
        yield "6_under_appeal", f"{decision} presumed in force on {on} while its second instance is known"


def what_is_taken_away_obliges_nobody(life: Life) -> Found:
    """7: a decision that was reversed, or has no effect (yet), leaves no duty to perform."""
    for obligation in life.now.obligations:
        decision, deadline = obligation.outcome.decision, life.now.deadline_of(obligation)
        runs = deadline is not None and deadline.state in ("open", "suspended")
        if decision.effect == "reversed" and runs:
            yield "7_reversed_deadline", f"{obligation}: {deadline} of a reversed decision"
        if decision.effect in ("not_yet", "appealed") and runs:
            yield "7_without_effect", f"{obligation}: {deadline} though {decision.get_effect_display()}"
    for deadline in life.now.deadlines.values():
        if deadline.rule == "lost_case_report" and deadline.state == "open":
            of = next(d for d in life.now.decisions if f"decision:{d.pk}" == deadline.subject)
            if of.effect not in IN_EFFECT:
                yield "7_lost_report", f"{deadline} though {of.get_effect_display()}"


def obligations_agree_with_their_ledger(life: Life) -> Found:
    """8: what the state says, the lines of the ledger say."""
    for obligation in life.now.obligations:
        entries, state = life.now.entries_of(obligation), obligation.state
        told = f"{obligation} {state}: {[(e.kind, e.verdict) for e in entries]}"
        done = [e for e in entries if e.kind in ("done", "settled")]
        if state in ("done", "done_late", "settled") and not any(e.verdict == "accepted" for e in done):
            yield "8_done", told
        if state == "enforced" and not any(e.kind == "enforced" for e in entries):
            yield "8_enforced", told
        if state == "reported" and not any(e.verdict == "waiting" for e in done):
            yield "8_reported_and_nothing_to_check", told
        # What was reported before a suspension stays reported, and its duty met, while it lasts.
        if state != "suspended" and (obligation.performed_on is not None) != (state in PERFORMED):
            yield "8_performed_on", f"{told} performed on {obligation.performed_on}"
        if obligation.certainty == "yes" and state == "none":
            yield "8_certain_but_none", told
        yield from _suspension(life, obligation, entries, told)


def _suspension(life: Life, obligation: Obligation, entries: list[PerformanceEntry], told: str) -> Found:
    breaks = [e for e in entries if e.kind in ("suspended", "revived")]
    if obligation.state != "suspended":
        return
    if not breaks or breaks[-1].kind != "suspended":
        yield "8_suspended", told
    deadline = life.now.deadline_of(obligation)
    runs_on = obligation.certainty == "yes" and obligation.performed_on is None
    if runs_on and deadline and deadline.state not in ("suspended", "waived", "void"):
        yield "8_suspended_deadline", f"{told}, deadline {deadline.state}"


def the_office_s_word_stands(life: Life) -> Found:
    """8: what a person decided about an obligation holds until a person decides anew, or the decision is reversed."""
    for obligation in life.now.obligations:
        said = life.said.get(obligation.pk)
        if said is None or obligation.outcome.decision.effect == "reversed":
            life.said.pop(obligation.pk, None)
        elif obligation.certainty != said:
            yield "8_word_of_office", f"{obligation}: office said {said}, now {obligation.certainty}"
            life.said[obligation.pk] = obligation.certainty


INVARIANTS = (
    moves_are_kept,
    the_report_follows_the_evidence,
    appeals_name_their_origin,
    deadlines_make_sense,
    nothing_is_overdue_on_the_day_it_is_born,
    nominations_are_right,
    versions_have_no_gaps,
    effect_comes_in_time,
    what_is_taken_away_obliges_nobody,
    obligations_agree_with_their_ledger,
    the_office_s_word_stands,
)


@pytest.fixture
def scene(cast, law, files_dir):
    """Three agencies with their liaisons and heads, two courts, four people of two offices.

    The liaison of the highest legal office has a post in the office itself, too.
    """
    agency = {code: organisation(code) for code in AGENCIES}
    both = Post.objects.create(
        user=cast.city_office_clerk, organisation=agency["BZ-SF"], role=Role.AGENCY_LIAISON
    )
    liaisons = dict(zip(AGENCIES, (cast.post.liaison, cast.post.other_liaison, both), strict=True))
    ends, begins = {"last": date(2026, 5, 31)}, {"first": date(2026, 5, 1)}
    named = (
        (n, kind, one) for one in agency.values() for n, kind in enumerate(("principal", "deputy", "other"))
    )
    terms = ({}, ends, begins)
    found = [
        HeadFactory(organisation=one, name=f"{one.short_name}负责人{n}", kind=kind, **terms[n])
        for n, kind, one in named
    ]
    return SimpleNamespace(
        law=law,
        agency=agency,
        liaison={agency[code].pk: post for code, post in liaisons.items()},
        heads=found,
        clerk={LOWER: cast.post.clerk, UPPER: cast.post.city_clerk},
        offices=[
            cast.post.office_clerk,
            cast.post.office_head,
            cast.post.city_office_clerk,
            cast.post.city_office_head,
        ],
    )


def _story() -> str:
    """Which invariants were broken, how often, and the shortest life that broke each."""
    shortest = sorted(BROKEN.items(), key=lambda pair: pair[1][0])
    heads = [f"{name}: in {len(BROKEN_IN[name])} of {Life.runs} lives" for name, _ in shortest]
    lives = [
        f"{name} after {steps} steps: {text}\n  " + "\n  ".join(trace)
        for name, (steps, text, trace) in shortest
    ]
    return "\n".join([*heads, "", *lives])


@pytest.mark.django_db
def test_a_case_lives_through_all_instances_and_the_record_makes_sense_after_every_step(scene):
    Life.scene, Life.runs, Life.steps = scene, 0, 0
    TOLD.clear(), BROKEN.clear(), BROKEN_IN.clear()
    phases = [Phase.generate, Phase.shrink] if SHRINK else [Phase.generate]
    lives = settings(
        max_examples=RUNS,
        stateful_step_count=STEPS_EACH,
        derandomize=True,
        database=None,
        deadline=None,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=lives, _min_steps=0 if SHRINK else STEPS_EACH - 1)
    accepted = sum(n for (_, what), n in TOLD.items() if what == "accepted")
    refused = sum(n for (_, what), n in TOLD.items() if what == "refused")
    share = accepted / (accepted + refused)
    never = {name for name, *_ in ACTS if not TOLD[name, "accepted"]} - {"time_passes"}
    print(f"{Life.runs} lives, {Life.steps} steps, {accepted} acts accepted, {refused} refused ({share:.0%})")
    print({name: (TOLD[name, "accepted"], TOLD[name, "refused"]) for name, *_ in ACTS})
    if BROKEN:
        pytest.fail(_story(), pytrace=False)
    assert Life.steps >= RUNS * STEPS_EACH * 0.9
    assert share > 0.5
    assert not never or RUNS < 50
