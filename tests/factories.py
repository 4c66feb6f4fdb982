"""Objects for tests, made the way the record holds them; the organisations are those of the reference data.

`court`, `agency` and `organisation` are given as objects or left to the usual scene: 滨城区人民法院 (鲁1602)
and 滨城区自然资源局 (371602-ZRZY).
"""

from datetime import date, datetime, timedelta

import factory
from django.utils.timezone import make_aware
from factory.django import DjangoModelFactory

from cases.law import current_law
from cases.models import (
    AppearanceStatement,
    Case,
    Deadline,
    Decision,
    DecisionOutcome,
    Dispute,
    Hearing,
    Lane,
    Mandate,
    MandatedEntry,
    Nomination,
    Obligation,
    Paper,
    PaperDelivery,
    PaperFile,
    PaperReview,
    Source,
)
from courts.models import Notification, Upload
from organisations.authors import Author
from organisations.models import Head, Organisation, Post, Region
from reports.models import Bulletin
from supervision.models import Message, Reminder

MOMENT = make_aware(datetime(2026, 10, 15, 9, 30))


def organisation(code: str) -> Organisation:
    """The organisation of the reference data with this code."""
    return Organisation.objects.select_related("region").get(code=code)


def at(day: date, post: Post | None = None, *, hour: int = 9, minute: int = 30) -> Author:
    """Who acts, on a day: at half past nine, where nothing else matters."""
    return Author(make_aware(datetime(day.year, day.month, day.day, hour, minute)), post)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    kind = Source.Kind.COURT
    organisation = factory.LazyFunction(lambda: organisation("鲁1602"))
    stated_at = MOMENT


class DisputeFactory(DjangoModelFactory):
    class Meta:
        model = Dispute

    opened_at = MOMENT


class CaseFactory(DjangoModelFactory):
    """（2026）鲁1602行初1001号 and so on; the number follows from court, year, type and serial."""

    class Meta:
        model = Case

    dispute = factory.SubFactory(DisputeFactory)
    court = factory.LazyFunction(lambda: organisation("鲁1602"))
    year = 2026
    type_code = "行初"
    serial = factory.Sequence(lambda n: 1001 + n)
    key = factory.LazyAttribute(lambda c: f"{c.year}|{c.court.code}||{c.type_code}|{c.serial}")
    number = factory.LazyAttribute(lambda c: f"（{c.year}）{c.court.code}{c.type_code}{c.serial}号")
    instance = Case.Instance.FIRST
    cause = "行政处罚"
    plaintiffs = "赵砚衡"
    filed_on = date(2026, 8, 3)
    source = factory.SubFactory(SourceFactory)


class LaneFactory(DjangoModelFactory):
    class Meta:
        model = Lane

    case = factory.SubFactory(CaseFactory)
    organisation = factory.LazyFunction(lambda: organisation("371602-ZRZY"))
    source = factory.SelfAttribute("case.source")


class HearingFactory(DjangoModelFactory):
    class Meta:
        model = Hearing

    case = factory.SubFactory(CaseFactory)
    day = date(2026, 10, 28)
    source = factory.SelfAttribute("case.source")


class AppearanceStatementFactory(DjangoModelFactory):
    """The court says that the principal head came and spoke."""

    class Meta:
        model = AppearanceStatement

    lane = factory.SubFactory(LaneFactory)
    hearing = factory.SubFactory(
        HearingFactory,
        case=factory.SelfAttribute("..lane.case"),
        day=date(2026, 9, 16),
        state=Hearing.State.HELD,
    )
    stated_by = Source.Kind.COURT
    attended = True
    head_name = "方清远"
    head_position = "局长"
    head_rank = "principal"
    spoke = True
    counts = True
    source = factory.SelfAttribute("lane.case.source")


class NominationFactory(DjangoModelFactory):
    """`named_by`, a post, has to be given."""

    class Meta:
        model = Nomination

    lane = factory.SubFactory(LaneFactory)
    hearing = factory.SubFactory(HearingFactory, case=factory.SelfAttribute("..lane.case"))
    name = "方清远"
    position = "局长"
    rank = "principal"
    named_at = MOMENT


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    case = factory.SubFactory(CaseFactory)
    kind = Decision.Kind.JUDGMENT
    decided_on = date(2026, 9, 21)
    delivered_on = date(2026, 9, 24)
    source = factory.SelfAttribute("case.source")


class DecisionOutcomeFactory(DjangoModelFactory):
    """The action was annulled: lost by the outcome table."""

    class Meta:
        model = DecisionOutcome

    lane = factory.SubFactory(LaneFactory)
    decision = factory.SubFactory(DecisionFactory, case=factory.SelfAttribute("..lane.case"))
    code = "J-REVOKE"
    judged = True
    lost = True
    lost_basis = DecisionOutcome.LostBasis.TABLE
    source = factory.SelfAttribute("lane.case.source")


class ObligationFactory(DjangoModelFactory):
    class Meta:
        model = Obligation

    outcome = factory.SubFactory(DecisionOutcomeFactory)
    lane = factory.SelfAttribute("outcome.lane")
    kind = "redo"
    certainty = Obligation.Certainty.YES
    content = "重新作出行政行为"
    named_on = date(2026, 11, 23)
    source = factory.SelfAttribute("outcome.source")


class DeadlineFactory(DjangoModelFactory):
    """A duty with its true receipt: `rule` and `starts_on` decide the rest."""

    class Meta:
        model = Deadline

    class Params:
        due = factory.LazyAttribute(lambda d: current_law().due(d.rule, d.starts_on))

    lane = factory.SubFactory(LaneFactory)
    case = factory.SelfAttribute("lane.case")
    organisation = factory.SelfAttribute("lane.organisation")
    rule = "answer"
    label = factory.LazyAttribute(lambda d: current_law().book.limit(d.rule, on=d.starts_on).label)
    subject = factory.Sequence(lambda n: f"service_receipt:{n}")
    starts_on = date(2026, 10, 9)
    due_on = factory.LazyAttribute(lambda d: d.due.due_on)
    original_due_on = factory.SelfAttribute("due_on")
    provisional = factory.LazyAttribute(lambda d: d.due.provisional)
    calendar = factory.LazyAttribute(lambda d: d.due.calendar)
    computation = factory.LazyAttribute(lambda d: d.due.to_json())


class MandateFactory(DjangoModelFactory):
    """A letter of the agency. `opened_by`, a post of an office, has to be given."""

    class Meta:
        model = Mandate

    lane = factory.SubFactory(LaneFactory)
    organisation = factory.SelfAttribute("lane.organisation")
    ground = "区自然局函〔2026〕12号"
    asked_by = "韩科长"
    asked_on = date(2026, 10, 14)
    opened_at = MOMENT


class MandatedEntryFactory(DjangoModelFactory):
    """`mandate__opened_by` has to be given."""

    class Meta:
        model = MandatedEntry

    mandate = factory.SubFactory(MandateFactory)
    what = "应诉情况报告"
    words = factory.SelfAttribute("mandate.words")
    entered_at = MOMENT


class PaperFactory(DjangoModelFactory):
    """A defence report. `submitted_by`, a post, has to be given."""

    class Meta:
        model = Paper

    lane = factory.SubFactory(LaneFactory)
    kind = Paper.Kind.DEFENCE_REPORT
    number = factory.Sequence(lambda n: f"BS202610-T{n}")
    submitted_at = MOMENT
    submitted_on = date(2026, 10, 15)
    submission_key = factory.Sequence(lambda n: f"key-{n}")
    source = factory.SelfAttribute("lane.case.source")


class PaperFileFactory(DjangoModelFactory):
    """`file`, a stored file, has to be given."""

    class Meta:
        model = PaperFile

    paper = factory.SubFactory(PaperFactory)
    name = "应诉情况报告.pdf"


class PaperDeliveryFactory(DjangoModelFactory):
    """Delivered to 滨城区司法局."""

    class Meta:
        model = PaperDelivery

    paper = factory.SubFactory(PaperFactory)
    recipient = factory.LazyFunction(lambda: organisation("371602-SF"))
    delivered_at = MOMENT


class ReminderFactory(DjangoModelFactory):
    class Meta:
        model = Reminder

    deadline = factory.SubFactory(DeadlineFactory)
    step = "t-3"
    label = "提醒联络员（剩 3 日）"
    planned_on = factory.LazyAttribute(lambda r: r.deadline.due_on - timedelta(days=3))
    raised_at = MOMENT
    organisation = factory.SelfAttribute("deadline.organisation")
    text = "答辩举证剩 3 天"


class MessageFactory(DjangoModelFactory):
    """`recipient`, a post, has to be given."""

    class Meta:
        model = Message

    reminder = factory.SubFactory(ReminderFactory)
    channel = Message.Channel.IN_APP
    why = "您是承办单位的联络员"
    state = Message.State.SENT
    next_try_at = MOMENT
    sent_at = MOMENT


class UploadFactory(DjangoModelFactory):
    """A confirmed upload; without a file it is a nil return."""

    class Meta:
        model = Upload

    court = factory.LazyFunction(lambda: organisation("鲁1602"))
    month = date(2026, 10, 1)
    file_name = "鲁1602-2026-10.xlsx"
    uploaded_at = MOMENT
    state = Upload.State.CONFIRMED
    number = factory.Sequence(lambda n: f"TB202610-{9000 + n}")
    report = factory.LazyFunction(
        lambda: {"sheets": [], "issues": [], "unmatched_agencies": [], "changes": []}
    )
    confirmed_at = MOMENT


class NotificationFactory(DjangoModelFactory):
    class Meta:
        model = Notification

    upload = factory.SubFactory(UploadFactory)
    court = factory.SelfAttribute("upload.court")
    month = factory.SelfAttribute("upload.month")
    kind = "schedule"
    version = 1
    number = factory.SelfAttribute("upload.number")
    received_at = MOMENT


class BulletinFactory(DjangoModelFactory):
    """An issued monthly bulletin on 滨城区."""

    class Meta:
        model = Bulletin

    kind = Bulletin.Kind.MONTHLY
    period = "2026-09"
    region = factory.LazyFunction(lambda: Region.objects.get(code="371602"))
    issuer = factory.LazyFunction(lambda: organisation("371602-SF"))
    state = Bulletin.State.ISSUED
    number = factory.Sequence(lambda n: f"滨城法应〔2026〕{n + 1}号")
    title = "关于2026年9月行政应诉工作情况的通报"
    snapshot = factory.Dict({})
    snapshot_hash = "0" * 64
    as_of = MOMENT
    drafted_at = MOMENT
    issued_at = MOMENT


class HeadFactory(DjangoModelFactory):
    """方清远, 局长 of the agency of the scene since 2020."""

    class Meta:
        model = Head

    organisation = factory.LazyFunction(lambda: organisation("371602-ZRZY"))
    name = "方清远"
    position = "局长"
    kind = "principal"
    first = date(2020, 1, 1)


class PaperReviewFactory(DjangoModelFactory):
    """核收; `reviewed_by`, a post, has to be given."""

    class Meta:
        model = PaperReview

    paper = factory.SubFactory(PaperFactory)
    verdict = "accepted"
    reviewed_at = MOMENT
    reviewed_on = date(2026, 10, 15)
