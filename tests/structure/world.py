"""One scene in 滨城区 with an object of every kind, for pages that need one in their address."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from openpyxl import Workbook

from cases.law import current_law
from cases.models import CalendarNotice
from courts.models import HeldRow, RememberedColumn, RememberedName
from organisations import files
from organisations.models import Post, Region, User
from reports.bulletins import issuer_of, snapshot_of
from reports.material import Material
from rules.report_periods import parse_report_period
from supervision.models import JobRun
from tests.factories import (
    MOMENT,
    AppearanceStatementFactory,
    BulletinFactory,
    CaseFactory,
    DeadlineFactory,
    DecisionFactory,
    DecisionOutcomeFactory,
    DefendantFactory,
    HearingFactory,
    MessageFactory,
    NominationFactory,
    NotificationFactory,
    ObligationFactory,
    PaperDeliveryFactory,
    PaperFactory,
    PaperFileFactory,
    ReminderFactory,
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
    case = CaseFactory()
    defendant = DefendantFactory(case=case)
    statement = AppearanceStatementFactory(defendant=defendant)
    decision = DecisionFactory(case=case)
    outcome = DecisionOutcomeFactory(decision=decision, defendant=defendant)
    deadline = DeadlineFactory(defendant=defendant)
    reminder = ReminderFactory(deadline=deadline)
    file = files.store(_workbook(), media_type="application/octet-stream", at=MOMENT)
    upload = UploadFactory(file=file, uploaded_by=cast.post.clerk)
    planned = UploadFactory(file=file, uploaded_by=cast.post.clerk, state="planned", number=None)
    notification = NotificationFactory(upload=upload, received_by=cast.post.clerk, rows_read=1, held=1)
    hearing = HearingFactory(case=case)
    paper = PaperFactory(defendant=defendant, submitted_by=cast.post.liaison)
    snapshot = _snapshot()
    JobRun.objects.create(job="sweep", succeeded_at=MOMENT, covered=date(2026, 10, 15))
    return World(
        {
            "case": case,
            "defendant": defendant,
            "hearing": hearing,
            "nomination": NominationFactory(defendant=defendant, hearing=hearing, named_by=cast.post.liaison),
            "paper": paper,
            "paper_file": PaperFileFactory(paper=paper, file=file),
            "delivery": PaperDeliveryFactory(paper=paper),
            "past_hearing": statement.hearing,
            "statement": statement,
            "decision": decision,
            "outcome": outcome,
            "obligation": ObligationFactory(outcome=outcome),
            "deadline": deadline,
            "reminder": reminder,
            "message": MessageFactory(reminder=reminder, recipient=cast.post.liaison),
            "file": file,
            "upload": upload,
            "planned": planned,
            "notification": notification,
            "held_row": HeldRow.objects.create(
                notification=notification, sheet="排庭", row=4, values={"案号": "？"}, issues=[]
            ),
            "name": RememberedName.objects.create(
                court=upload.court, name="区自然局", agency=defendant.organisation, at=MOMENT
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


def _workbook() -> bytes:
    kept = BytesIO()
    Workbook().save(kept)
    return kept.getvalue()
