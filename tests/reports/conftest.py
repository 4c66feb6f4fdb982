"""A few cases of 鲁1602 against agencies of the city and of two counties, with facts told in few words."""

from datetime import UTC, date, datetime

import pytest

from cases.deadlines.sync import sync_deadlines
from cases.law import shipped_law
from cases.models import (
    AppearanceRuling,
    AppearanceStatement,
    Case,
    Deadline,
    Decision,
    DecisionOutcome,
    Designation,
    Dispute,
    Hearing,
    Lane,
    Obligation,
    Source,
)
from courts.models import Kind, Notification, Upload
from organisations.authors import Author
from organisations.models import Organisation, Post, Region, User
from rules.case_numbers import parse_case_number

NOW = datetime(2026, 10, 15, 1, 0, tzinfo=UTC)  # 09:00 in Binzhou
TODAY = date(2026, 10, 15)

COURTS = ("鲁16", "鲁1602", "鲁1603", "鲁1621", "鲁1622", "鲁1623", "鲁1625", "鲁1681", "鲁1691")
AGENCIES = {
    "市公安局": "市公安局",
    "市人社局": "市人社局",
    "区住建局": "滨城区住建局",
    "县公安局": "惠民县公安局",
}


def day(text):
    """09-01 of 2026, or a full ISO day."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


class World:
    """Makes facts in the fewest words; agencies by the names of `AGENCIES`."""

    def __init__(self):
        self.city, self.county, self.other_county, self.zone = (
            Region.objects.get(code=code) for code in ("371600", "371602", "371621", "371671")
        )
        self.court = Organisation.objects.get(code="鲁1602")
        self.office = Organisation.objects.get(code="BZ-SF")
        self.agencies = {name: Organisation.objects.get(short_name=short) for name, short in AGENCIES.items()}
        self.source = Source.objects.create(kind="court", organisation=self.court, stated_at=NOW)
        self.in_time = Source.objects.create(
            kind="court", organisation=self.court, stated_at=datetime(2026, 8, 5, 1, tzinfo=UTC)
        )

    def case(self, serial, *agencies, type_code="行初", plaintiffs="张三丰"):
        """A case of 鲁1602 against the agencies; its display number is a plain function of the serial."""
        number = parse_case_number(f"（2026）鲁1602{type_code}{serial}号").first
        case = Case.objects.create(
            dispute=Dispute.objects.create(opened_at=NOW),
            key=number.key,
            number=number.display,
            year=2026,
            type_code=type_code,
            serial=serial,
            court=self.court,
            instance=number.kind.instance,
            plaintiffs=plaintiffs,
            source=self.source,
        )
        for name in agencies or ["市公安局"]:
            Lane.objects.create(case=case, organisation=self.agencies[name], source=self.source)
        return case

    def lane(self, case, agency="市公安局"):
        return case.lanes.get(organisation=self.agencies[agency])

    def hearing(self, case, on="09-01", state="held"):
        return Hearing.objects.create(case=case, day=day(on), state=state, source=self.source)

    def said(self, hearing, agency="市公安局", *, by="court", attended=True, counts=None, **facts):
        return AppearanceStatement.objects.create(
            hearing=hearing,
            lane=self.lane(hearing.case, agency),
            stated_by=by,
            attended=attended,
            counts=bool(attended) if counts is None else counts,
            source=self.source,
            **facts,
        )

    def rule_for(self, statement):
        return AppearanceRuling.objects.create(
            hearing=statement.hearing,
            lane=statement.lane,
            statement=statement,
            reason="经核实",
            ruled_at=NOW,
            ruled_by=self.post("ruler", "office_clerk", self.office),
        )

    def designate(self, case, agency):
        return Designation.objects.create(
            case=case, lane=self.lane(case, agency), ground="court", source=self.source
        )

    def heard(self, serial, *agencies, on="09-01", **facts):
        """A case with one held hearing at which all its agencies are told of alike."""
        case = self.case(serial, *agencies)
        hearing = self.hearing(case, on)
        for agency in agencies or ["市公安局"]:
            self.said(hearing, agency, **facts)
        return case

    def decided(
        self, serial, code="J-DISMISS", *, on="09-01", lost=None, effect="not_yet", agency="市公安局", **case
    ):
        case = self.case(serial, agency, **case)
        decision = Decision.objects.create(
            case=case, kind="判决", decided_on=day(on), effect=effect, source=self.source
        )
        return DecisionOutcome.objects.create(
            decision=decision,
            lane=self.lane(case, agency),
            code=code,
            judged=code.startswith("J-"),
            lost=lost,
            lost_basis="table",
            source=self.source,
        )

    def owes(self, serial, *, due="09-10", done=None, certainty="yes", effect="confirmed", state="not_due"):
        outcome = self.decided(serial, "J-PAY", on="08-01", lost=True, effect=effect)
        for fact in (outcome, outcome.decision, outcome.lane):
            fact.source = self.in_time
            fact.save()
        obligation = Obligation.objects.create(
            outcome=outcome,
            lane=outcome.lane,
            kind="pay",
            certainty=certainty,
            named_on=day(due),
            performed_on=day(done) if done else None,
            state=state,
            source=self.in_time,
        )
        sync_deadlines(
            [outcome.lane.pk], law=shipped_law(), author=Author(self.source.stated_at), reason="生效"
        )
        return obligation

    def due(self, case, rule, *, on="09-10", met=None, state=None, subject="x:1", agency="市公安局"):
        return Deadline.objects.create(
            case=case,
            lane=self.lane(case, agency),
            organisation=self.agencies[agency],
            rule=rule,
            label=rule,
            subject=subject,
            starts_on=day("09-01"),
            due_on=day(on),
            original_due_on=day(on),
            computation={},
            state=state or ("met" if met else "open"),
            met_on=day(met) if met else None,
        )

    def told(self, court, *months, kinds=Kind.values):
        """The court's notifications of these months of 2026, with nothing in them that matters here."""
        for month in months:
            moment = datetime(2026, month, 5, 1, tzinfo=UTC)
            organisation = Organisation.objects.get(code=court)
            upload = Upload.objects.create(
                court=organisation, month=date(2026, month, 1), uploaded_at=moment, state="planned"
            )
            for kind in kinds:
                Notification.objects.create(
                    court=organisation, month=upload.month, kind=kind, version=1, upload=upload,
                    number=f"{court}-{month}-{kind}"[:20], received_at=moment,
                )  # fmt: skip

    def all_told(self, *months):
        for court in COURTS:
            self.told(court, *months)

    def post(self, username, role, organisation):
        user = User.objects.create_user(username, name=username)
        return Post.objects.create(user=user, organisation=organisation, role=role)


@pytest.fixture
def world(reference, today, files_dir):
    return World()


@pytest.fixture
def author(world):
    return Author(at=NOW, post=world.post("drafter", "office_head", world.office))


@pytest.fixture
def page_of(cast, client_of):
    def get(part, url, status=200):
        answer = client_of(getattr(cast, part)).get(url)
        assert answer.status_code == status, url
        return answer.content.decode()

    return get
