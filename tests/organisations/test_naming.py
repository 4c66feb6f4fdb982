"""更名: the new name counts from its day, what is older keeps the name of its time, and successors stand in line."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils.timezone import make_aware

from cases.models import Case
from organisations.access import sees_agency
from organisations.authors import Author
from organisations.models import AuditEntry, Organisation, Region
from organisations.naming import rename
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.factories import LaneFactory, organisation

pytestmark = pytest.mark.django_db
OLD, NEW = "滨州市滨城区自然资源局", "滨州市滨城区自然资源和规划局"


@pytest.fixture
def author(cast):
    return Author(make_aware(datetime(2026, 10, 15, 9)), cast.post.security_admin)


@pytest.fixture
def renamed(author):
    rename(organisation("371602-ZRZY"), NEW, "区自然资规局", since=date(2026, 9, 1), author=author)
    return organisation("371602-ZRZY")


@pytest.mark.parametrize(
    ("on", "name"),
    [(date(2015, 1, 1), OLD), (date(2026, 8, 31), OLD), (date(2026, 9, 1), NEW), (date(2026, 10, 15), NEW)],
)
def test_the_name_on_a_day(renamed, on, name):
    assert renamed.name_on(on) == name


def test_two_renamings_leave_three_names_each_in_its_time(renamed, author):
    rename(renamed, "第三个名称", "三", since=date(2026, 10, 1), author=author)
    third = organisation("371602-ZRZY")
    assert [third.name_on(date(2026, month, 15)) for month in (8, 9, 10)] == [OLD, NEW, "第三个名称"]


def test_a_renaming_survives_the_next_start_and_is_on_record(renamed):
    call_command("load_reference_data")
    assert organisation("371602-ZRZY").name == NEW
    assert AuditEntry.objects.get(verb="organisation.rename").summary == f"更名：{OLD} → {NEW}，自 2026-09-01"


@pytest.mark.parametrize(
    ("name", "since", "field"),
    [
        (NEW, date(2026, 10, 16), "since"),
        (OLD, date(2026, 10, 1), "name"),
        ("滨州市滨城区市场监督管理局", date(2026, 10, 1), "name"),
    ],
)
def test_what_cannot_be_a_renaming_is_refused_at_its_field(author, cast, name, since, field):
    with pytest.raises(ValidationError) as refused:
        rename(organisation("371602-ZRZY"), name, "简称", since=since, author=author)
    assert list(refused.value.message_dict) == [field]


def test_a_renaming_before_the_last_one_is_refused(renamed, author):
    with pytest.raises(ValidationError, match="须晚于上一次更名"):
        rename(renamed, "别的名称", "别的", since=date(2026, 8, 1), author=author)


def test_an_old_case_says_both_names(renamed, cast, client_of, today):
    lane = LaneFactory()
    Case.objects.filter(pk=lane.case_id).update(filed_on=date(2026, 8, 20))
    page = client_of(cast.liaison).get(f"/cases/{lane.case_id}/").content.decode()
    assert f"{NEW}（时为{OLD}）" in page


def test_who_stands_in_its_place_is_followed_along_the_chain(cast):
    last = organisation("371602-ZRZY")
    middle = Organisation.objects.create(
        code="M",
        name="中间",
        short_name="中",
        kind="department",
        level="county",
        region=last.region,
        successor=last,
    )
    first = Organisation.objects.create(
        code="F",
        name="最早",
        short_name="早",
        kind="department",
        level="county",
        region=last.region,
        successor=middle,
    )
    assert first.succession() == [first.pk, middle.pk, last.pk]
    case = LaneFactory(organisation=first).case
    assert list(Case.objects.visible_to(cast.post.liaison)) == [case]
    assert sees_agency(cast.post.liaison, first)
    assert not sees_agency(cast.post.other_liaison, first)


def test_the_figures_of_a_period_name_an_agency_as_it_was_called_at_its_end(renamed):
    region = Region.objects.get(code="371602")
    names = {
        key: Populations(parse_report_period(key), region, date(2026, 10, 15)).agencies[renamed.pk].name
        for key in ("2026Q2", "2026Q3")
    }
    assert names == {"2026Q2": OLD, "2026Q3": NEW}
