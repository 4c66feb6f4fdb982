"""What the sued agencies of the demonstration do, through the same use cases as their pages. All of it invented."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import get_current_timezone

from cases.hearings import nominations
from cases.hearings.appearances import state_appearance
from cases.law import Law
from cases.material import signing
from cases.models import AppearanceStatement, Deadline, Hearing, Lane, Obligation, Paper, ServiceReceipt
from cases.papers import submission as papers
from cases.papers.submission import Submission
from cases.performance import log
from organisations.authors import Author
from organisations.files import Attachment
from organisations.models import Head, Post
from organisations.roles import Role
from organisations.rosters import HeadDetails, add_head
from rules.appearance import HeadKind

ON_TIME, LATE = 0.90, 0.96  # beyond: not done yet
RECEIVED_BEFORE = (2, 5)  # days before the court's notification
ROSTER = (
    ("张某某", "副局长", HeadKind.DEPUTY),
    ("刘某某", "副局长", HeadKind.DEPUTY),
    ("赵某某", "局长", HeadKind.PRINCIPAL),
)
IN_OFFICE_SINCE = date(2024, 1, 1)
SCAN = Attachment("送达回证（演示）.pdf", b"%PDF-1.4\n% demonstration\n%%EOF\n", "application/pdf")


class Agencies:
    """All agencies of the demonstration; what they do by when follows from a fixed seed."""

    def __init__(self, liaisons: dict[int, Post], law: Law, today: date, checker: Post) -> None:
        self.liaisons, self.law, self.today, self.checker = liaisons, law, today, checker

    def act(self, lanes: Iterable[Lane], *, told_on: date) -> None:
        """Everything each lane's agency did by today after a notification of that day."""
        for lane in lanes:
            rng = Random(f"{lane.case.key}|{lane.organisation.code}")
            self._sign(lane, told_on, rng)
            self._name_heads(lane, told_on, rng)
            self._deny_absences(lane, told_on)
            self._report(lane, rng)
            self._file_judgments(lane, rng)
            self._confirm_effects(lane, rng)
            self._report_losses(lane, rng)
            self._perform(lane, rng)

    def _author(self, lane: Lane, day: date) -> Author:
        moment = datetime.combine(day, time(9, 30), get_current_timezone())
        return Author(moment, self.liaisons[lane.organisation_id])

    def _sign(self, lane: Lane, told_on: date, rng: Random) -> None:
        waiting = lane.case.hearings.filter(state=Hearing.State.SCHEDULED).exists()
        signed_on = told_on + timedelta(days=rng.randint(0, 1))
        if not waiting or ServiceReceipt.objects.filter(lane=lane).exists() or signed_on > self.today:
            return
        if rng.random() > LATE:
            return
        signing.sign_for_material(
            lane,
            received_on=told_on - timedelta(days=rng.randint(*RECEIVED_BEFORE)),
            method=rng.choice(["direct", "electronic", "post"]),
            period=None,
            author=self._author(lane, signed_on),
            law=self.law,
        )

    def _name_heads(self, lane: Lane, told_on: date, rng: Random) -> None:
        for due in self._open(lane, "name_head"):
            day = min(told_on + timedelta(days=rng.randint(1, 3)), max(due.due_on, told_on))
            if day > self.today or rng.random() > LATE:
                continue
            hearing = Hearing.objects.get(pk=due.subject.partition(":")[2])
            author = self._author(lane, day)
            head = rng.choice(self._roster(lane, author))
            nominations.name_head(lane, hearing, head, author=author, law=self.law)

    def _deny_absences(self, lane: Lane, told_on: date) -> None:
        """Where the court found an absence without ground, the agency says that its head came: one fact, two words."""
        day = told_on + timedelta(days=1)
        told = AppearanceStatement.objects.filter(lane=lane, stated_by="court", court_finding="rejected")
        for said in told.exclude(hearing__appearances__stated_by="agency").select_related("hearing"):
            if day <= self.today:
                author = self._author(lane, day)
                statement = {"attended": True, "head": self._roster(lane, author)[0]}
                state_appearance(lane, said.hearing, statement, author=author, law=self.law)

    def _roster(self, lane: Lane, author: Author) -> list[Head]:
        """Three heads of the agency; where one has an account, it is the principal."""
        agency = lane.organisation
        if not agency.heads.exists():
            own = (
                Post.objects.filter(organisation=agency, role=Role.AGENCY_HEAD).select_related("user").first()
            )
            for name, position, kind in ROSTER:
                is_own = own is not None and kind == HeadKind.PRINCIPAL
                details = HeadDetails(
                    own.user.name if is_own and own else name, position, kind.value, IN_OFFICE_SINCE,
                    user=own.user if is_own and own else None,
                )  # fmt: skip
                add_head(agency, details, author=author)
        return list(agency.heads.order_by("pk")[: len(ROSTER)])

    def make_rosters(self) -> None:
        """The roster of every agency that is sued, also where the naming is left to the reader."""
        for lane in Lane.objects.select_related("organisation").order_by("pk"):
            self._roster(lane, self._author(lane, self.today))

    def _report(self, lane: Lane, rng: Random) -> None:
        for due in self._open(lane, "leader_report"):
            content = {
                "reported_on": due.starts_on.isoformat(),
                "reported_to": "分管负责人、主要负责人",
                "instruction": "按时应诉",
            }
            self._submit(lane, due, Paper.Kind.LEADER_REPORT, content, rng)
        for due in self._open(lane, "defence_report"):
            content = {
                "summary": "演示：被诉行政行为的事实、程序和依据。",
                "evidence_filed_on": (due.starts_on - timedelta(days=1)).isoformat(),
                "evidence": "演示：答辩状一份，证据和依据文件一册，已在举证期限内提交。",
                "head": "由分管副局长出庭。",
                "risk": "演示：无群体风险。",
            }
            self._submit(lane, due, Paper.Kind.DEFENCE_REPORT, content, rng)

    def _file_judgments(self, lane: Lane, rng: Random) -> None:
        decisions = {
            outcome.decision_id: outcome.decision for outcome in lane.outcomes.select_related("decision")
        }
        for due in self._open(lane, "judgment_filing"):
            decision = decisions[int(due.subject.partition(":")[2])]
            content = {
                "received_on": due.starts_on.isoformat(),
                "appeal": "no",
                "report": "演示：裁判主文、履行计划和整改措施。",
            }
            self._submit(lane, due, Paper.Kind.JUDGMENT_FILING, content, rng, decision=decision)

    def _confirm_effects(self, lane: Lane, rng: Random) -> None:
        decisions = {one.decision_id: one.decision for one in lane.outcomes.select_related("decision")}
        for due in self._open(lane, "effect_confirmation"):
            decision = decisions[int(due.subject.partition(":")[2])]
            content = {"known_by": "expiry", "plan": "演示：履行安排。"}
            self._submit(lane, due, Paper.Kind.EFFECT_CONFIRMATION, content, rng, decision=decision)

    def _report_losses(self, lane: Lane, rng: Random) -> None:
        decisions = {
            outcome.decision_id: outcome.decision for outcome in lane.outcomes.select_related("decision")
        }
        for due in self._open(lane, "lost_case_report"):
            content = {
                "facts": "演示：案情。",
                "causes": ["procedure"],
                "problems": "演示：问题。",
                "responsibility": "演示：承办科室和审核环节的责任。",
            }
            decision = decisions[int(due.subject.partition(":")[2])]
            self._submit(lane, due, Paper.Kind.LOST_CASE_REPORT, content, rng, decision=decision)

    def _perform(self, lane: Lane, rng: Random) -> None:
        for due in self._open(lane, "obligation"):
            obligation = Obligation.objects.get(pk=due.subject.partition(":")[2])
            day = self._day(due, rng)
            if day is not None and day >= obligation.outcome.decision.decided_on:
                self._report_performance(obligation, day, lane, due)

    def _report_performance(self, obligation: Obligation, day: date, lane: Lane, due: Deadline) -> None:
        same_act = False if obligation.kind == "redo" else None
        line = log.LogLine("done", day, "演示：已履行，附凭证。", f"demo-{due.pk}", (SCAN,), same_act)
        entry = log.enter(obligation, line, author=self._author(lane, day), law=self.law)
        checked = replace(self._author(lane, day), post=self.checker)
        log.check_report(entry, accepted=True, note="", author=checked, law=self.law)

    def _submit(
        self,
        lane: Lane,
        due: Deadline,
        kind: str,
        content: Mapping[str, Any],
        rng: Random,
        **about: object,
    ) -> None:
        day = self._day(due, rng)
        if day is None:
            return
        submission = Submission(
            kind=kind,
            content=content,
            key=f"demo-{due.pk}",
            late_reason="演示：材料在负责人处审签。" if day > due.due_on else "",
            attachments=(SCAN,) if kind == Paper.Kind.JUDGMENT_FILING else (),
            **about,  # type: ignore[arg-type]
        )
        papers.submit(lane, submission, author=self._author(lane, day), law=self.law)

    def _day(self, due: Deadline, rng: Random) -> date | None:
        """The day it is done: mostly in time, sometimes late, sometimes not yet."""
        chance = rng.random()
        if chance > LATE:
            return None
        span = max((due.due_on - due.starts_on).days, 0)
        late = rng.randint(1, 4)
        day = (
            due.due_on + timedelta(days=late)
            if chance > ON_TIME
            else due.starts_on + timedelta(days=rng.randint(min(1, span), span))
        )
        return day if day <= self.today else None

    def _open(self, lane: Lane, rule: str) -> list[Deadline]:
        return list(Deadline.objects.open().filter(lane=lane, rule=rule))
