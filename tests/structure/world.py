"""One scene in 滨城区 with an object of every kind, for pages that need one in their address."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from openpyxl import Workbook

from cases.comparison.finding import find_discrepancies
from cases.law import current_law
from cases.matching.finding import find_candidates
from cases.models import (
    AppearanceStatement,
    CalendarNotice,
    Candidate,
    Deadline,
    DeadlineOrder,
    Discrepancy,
    Draft,
    DraftFile,
    EntryFile,
    Incoming,
    Lane,
    LeaderNotice,
    MaterialReturn,
    OfficeRule,
    Paper,
    PaperReview,
    PerformanceEntry,
    RectificationMeasure,
    ServiceReceipt,
)
from courts.models import HeldRow, RememberedColumn, RememberedName
from organisations import files
from organisations.authors import Author
from organisations.models import Organisation, Post, Region, StoredFile, User
from reports.bulletins.bulletins import issuer_of, snapshot_of
from reports.bulletins.material import Material
from rules.report_periods import parse_report_period
from supervision.board.feeds import open_feed
from supervision.models import JobRun, LeaveProxy, Letter, SavedView
from tests.factories import (
    MOMENT,
    AppearanceStatementFactory,
    BulletinFactory,
    CaseFactory,
    DeadlineFactory,
    DecisionFactory,
    DecisionOutcomeFactory,
    HeadFactory,
    HearingFactory,
    LaneFactory,
    MandatedEntryFactory,
    MessageFactory,
    NominationFactory,
    NotificationFactory,
    ObligationFactory,
    PaperDeliveryFactory,
    PaperFactory,
    PaperFileFactory,
    PaperReviewFactory,
    ReminderFactory,
    SourceFactory,
    UploadFactory,
    organisation,
)


@dataclass(frozen=True)
class World:
    """The objects by the names that routes.csv uses."""

    objects: dict[str, Any]

    def argument(self, text: str) -> Any:
        """What a cell of routes.csv means: `@case` or `@case.number` an object of the scene, else itself."""
        if not text.startswith("@"):
            return text
        name, _, attribute = text[1:].partition(".")
        return getattr(self.objects[name], attribute or "pk")


def build(cast: SimpleNamespace) -> World:
    """The scene: a case before 鲁1602 against 滨城区自然资源局, and everything that hangs on it."""
    User.objects.update(phone="13900000000")
    Organisation.objects.filter(code="371602-ZRZY").update(phone="0543-3210000")
    case = CaseFactory()
    lane = LaneFactory(case=case)
    statement = AppearanceStatementFactory(lane=lane)
    decision = DecisionFactory(case=case)
    outcome = DecisionOutcomeFactory(decision=decision, lane=lane)
    deadline = DeadlineFactory(lane=lane)
    reminder = ReminderFactory(deadline=deadline)
    file = files.store(_workbook(), media_type="application/octet-stream", at=MOMENT)
    upload = UploadFactory(file=file, uploaded_by=cast.post.clerk)
    planned = UploadFactory(file=file, uploaded_by=cast.post.clerk, state="planned", number=None)
    notification = NotificationFactory(upload=upload, received_by=cast.post.clerk, rows_read=1, held=1)
    hearing = HearingFactory(case=case)
    paper = PaperFactory(lane=lane, submitted_by=cast.post.liaison)
    snapshot = _snapshot()
    task = ReminderFactory(deadline=deadline, step="t+5", phone=True)
    obligation = ObligationFactory(outcome=outcome)
    entry = PerformanceEntry.objects.create(
        obligation=obligation, lane=obligation.lane, kind="done", verdict="waiting",
        happened_on=date(2026, 10, 12),
        text="已付清", state_before="not_due", entered_at=MOMENT, entered_by=cast.post.liaison,
        submission_key="world", source=SourceFactory(),
    )  # fmt: skip
    head = HeadFactory()
    entered = MandatedEntryFactory(
        mandate__opened_by=cast.post.office_clerk, mandate__file=file, mandate__file_name="来函.pdf"
    )
    JobRun.objects.create(job="sweep", succeeded_at=MOMENT, covered=date(2026, 10, 15))
    return World(
        {
            "case": case,
            "lane": lane,
            "entered_lane": entered.mandate.lane,
            "mandate": entered.mandate,
            "mandated_entry": entered,
            "hearing": hearing,
            "nomination": NominationFactory(lane=lane, hearing=hearing, named_by=cast.post.liaison),
            "paper": paper,
            "advice": _advice(lane, cast),
            "returned_material": MaterialReturn.objects.create(
                lane=lane,
                organisation=lane.organisation,
                reason="不是本单位作出的行为",
                returned_at=MOMENT,
                returned_by=cast.post.liaison,
            ),
            "returned_paper": _returned(paper, cast),
            "head": head,
            "leader_notice": LeaderNotice.objects.create(
                lane=lane, kind="report", head=head, asked_at=MOMENT, asked_by=cast.post.liaison
            ),
            "measure": RectificationMeasure.objects.create(
                organisation=lane.organisation,
                paper=paper,
                text="开展案卷评查",
                owner="法规科",
                due_on=date(2026, 12, 1),
                file=file,
                file_name="评查表.xlsx",
            ),
            "draft_file": _draft_file(lane, cast, file),
            "entry": entry,
            "entry_file": EntryFile.objects.create(entry=entry, file=file, name="凭证.pdf"),
            "paper_file": PaperFileFactory(paper=paper, file=file),
            "delivery": PaperDeliveryFactory(paper=paper),
            "past_hearing": statement.hearing,
            "discrepancy": _discrepancy(statement, cast),
            "candidate": _candidate(),
            "statement": statement,
            "decision": decision,
            "outcome": outcome,
            "obligation": obligation,
            "deadline": deadline,
            "plan_duty": DeadlineFactory(
                lane=None, case=None, organisation=lane.organisation, rule="rectification"
            ),
            "unit": lane.organisation,
            "reminder": reminder,
            "message": MessageFactory(reminder=reminder, recipient=cast.post.liaison),
            "receipt": _receipt(lane, cast),
            "order": _order(deadline, cast, file),
            "duty": _duty(cast),
            "task": task,
            "failed": MessageFactory(
                reminder=task, recipient=cast.post.liaison, channel="email", state="failed", parcel="a" * 32
            ),
            "letter": Letter.objects.create(
                kind="appearance",
                deadline=deadline,
                organisation=lane.organisation,
                office=organisation("371602-SF"),
                text="请确定负责人出庭应诉。",
                drafted_at=MOMENT,
            ),
            "view": SavedView.objects.create(
                owner=cast.post.office_clerk, name="本周要催", query="band=soon"
            ),
            "leave": LeaveProxy.objects.create(
                post=cast.post.office_clerk,
                proxy=cast.post.office_head,
                first=date(2026, 10, 14),
                last=date(2026, 10, 20),
            ),
            "feed": _feed(cast),
            "rule": OfficeRule.objects.create(
                subject="limit",
                key="leader_report",
                value={"amount": 2, "mode": "working"},
                valid_from=date(2026, 11, 1),
                reason="测试",
                entered_at=MOMENT,
                entered_by=cast.post.office_clerk,
            ),
            "file": file,
            "upload": upload,
            "planned": planned,
            "notification": notification,
            "held_row": HeldRow.objects.create(
                notification=notification, sheet="排庭", row=4, values={"案号": "？"}, issues=[]
            ),
            "name": RememberedName.objects.create(
                court=upload.court, name="区自然局", agency=lane.organisation, at=MOMENT
            ),
            "header": RememberedColumn.objects.create(
                court=upload.court, kind="schedule", header="庭审日", column="开庭日期", at=MOMENT
            ),
            "calendar": _calendar(cast),
            "bulletin": BulletinFactory(pdf=file, snapshot=snapshot),
            "draft": BulletinFactory(state="draft", number="", issued_at=None, pdf=file, snapshot=snapshot),
            "agency": organisation("371602-ZRZY"),
            "court": organisation("鲁1602"),
            "user": User.objects.get(pk=cast.without_post.pk),
            "post": Post.objects.get(pk=cast.post.liaison.pk),
        }
    )


def _snapshot() -> dict[str, Any]:
    """What a drafted monthly bulletin on 滨城区 holds, without printing it."""
    material = Material(parse_report_period("2026-09"), Region.objects.get(code="371602"), MOMENT)
    return snapshot_of(material, "monthly", issuer_of("monthly", material.region), current_law())


def _calendar(cast: SimpleNamespace) -> CalendarNotice:
    """An arrangement that waits for its approval."""
    return CalendarNotice.objects.create(
        year=2027, number=1, published_on=date(2026, 11, 4), notice="2027年放假安排（测试）", ranges=[],
        entered_at=MOMENT, entered_by=cast.post.system_admin,
    )  # fmt: skip


def _receipt(lane: Lane, cast: SimpleNamespace) -> ServiceReceipt:
    """Signed for today by the liaison."""
    return ServiceReceipt.objects.create(
        lane=lane, received_on=date(2026, 10, 12), method="direct", signed_at=MOMENT,
        signed_by=cast.post.liaison, source=SourceFactory(),
    )  # fmt: skip


def _advice(lane: Lane, cast: SimpleNamespace) -> Incoming:
    """A judicial advice in the lane, not answered yet."""
    return Incoming.objects.create(
        organisation=lane.organisation, lane=lane, kind="judicial_advice_received",
        received_on=date(2026, 10, 9), document="滨城法建〔2026〕3号", registered_at=MOMENT,
        registered_by=cast.post.liaison,
    )  # fmt: skip


def _returned(paper: Paper, cast: SimpleNamespace) -> PaperReview:
    """The report, returned for one field."""
    return PaperReviewFactory(
        paper=paper,
        verdict="returned",
        comments={"evidence": "补充证据份数"},
        reviewed_by=cast.post.office_clerk,
    )


def _draft_file(lane: Lane, cast: SimpleNamespace, file: StoredFile) -> DraftFile:
    """A file of a draft that the liaison has begun."""
    draft = Draft.objects.create(
        lane=lane, kind="leader_report", key="world", saved_at=MOMENT, saved_by=cast.post.liaison
    )
    return DraftFile.objects.create(draft=draft, file=file, name="阅示件.xlsx", position=1)


def _order(deadline: Deadline, cast: SimpleNamespace, file: StoredFile) -> DeadlineOrder:
    """A pause that was ended, with its document."""
    return DeadlineOrder.objects.create(
        deadline=deadline, kind="pause", ground="settlement", document="中止通知书", first=date(2026, 10, 13),
        last=date(2026, 10, 14), registered_at=MOMENT, registered_by=cast.post.office_clerk,
        file=file, file_name="通知书.pdf",
    )  # fmt: skip


def _duty(cast: SimpleNamespace) -> Deadline:
    """Regular work of 滨城区自然资源局: a training."""
    due = current_law().due("training_second", date(2025, 12, 31))
    return Deadline.objects.create(
        organisation=organisation("371602-ZRZY"), rule="training_second", label="年度第二次行政应诉培训",
        subject="period:2026", matter="2026年", starts_on=due.starts_on, due_on=due.due_on,
        original_due_on=due.due_on, calendar=due.calendar, computation=due.to_json() | {"proof": "2026年"},
    )  # fmt: skip


def _discrepancy(statement: AppearanceStatement, cast: SimpleNamespace) -> Discrepancy:
    """The agency says that no head came, the court that one did; both were asked for material."""
    AppearanceStatementFactory(
        lane=statement.lane, hearing=statement.hearing, stated_by="agency", attended=False, counts=False,
        source=SourceFactory(kind="agency", organisation=organisation("371602-ZRZY")),
    )  # fmt: skip
    find_discrepancies([statement.lane_id], law=current_law(), author=Author(MOMENT))
    found = Discrepancy.objects.get(lane=statement.lane_id)
    found.asked_at, found.asked_by = MOMENT, cast.post.office_clerk
    found.asked_for, found.answer_due_on = "请补充庭审笔录", date(2026, 10, 20)
    found.save()
    return found


def _candidate() -> Candidate:
    """行初 9061 of the court and 9016 of the agency: one digit beside the other."""
    agency = SourceFactory(kind="agency", organisation=organisation("371602-ZRZY"))
    LaneFactory(case=CaseFactory(serial=9061))
    lane = LaneFactory(case=CaseFactory(serial=9016, source=agency))
    find_candidates([lane.pk], author=Author(MOMENT))
    return Candidate.objects.get(agency_lane=lane)


def _feed(cast: SimpleNamespace) -> SimpleNamespace:
    """The secret address of the office clerk's calendar."""
    return SimpleNamespace(pk=0, token=open_feed(author=Author(MOMENT, cast.post.office_clerk)))


def _workbook() -> bytes:
    kept = BytesIO()
    Workbook().save(kept)
    return kept.getvalue()
