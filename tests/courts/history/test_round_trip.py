"""Cases taken out as a ledger, deleted, and taken in again: every figure has the ids that it had."""

from datetime import UTC, date, datetime

import pytest

from cases.models import (
    AppearanceRuling,
    AppearanceStatement,
    Case,
    Deadline,
    Decision,
    Designation,
    Dispute,
    FactChange,
    Hearing,
    HearingSession,
    Lane,
    Nomination,
    Obligation,
    SeriesGroup,
    Source,
)
from courts.history.exporting import export_ledger
from courts.models import HeldRow, HistoryImport
from organisations.authors import Author
from organisations.models import Region
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.courts.court_sheets import appearance, hearing, judgment, workbook
from tests.courts.history.conftest import counts
from tests.courts.history.exports import sheet_of
from tests.courts.history.ledgers import CITY, COUNTY, GOVERNMENT, POLICE, line

POPULATIONS = ("appearances", "outcomes", "appeals")
YEARS = ("2015", "2019", "2024", "2026")
BOTH = f"{POLICE}、{GOVERNMENT}"
NOW = datetime(2026, 10, 15, 1, tzinfo=UTC)
OWED = {"履行内容": "重新作出决定", "履行期限": "判决生效之日起60日内"}
# Children first: what hangs on something goes before it.
CASE_DATA = (
    Designation, AppearanceRuling, AppearanceStatement, Nomination, Hearing, Obligation, Decision, Deadline, FactChange,
    Lane,
)  # fmt: skip


def number(serial, kind="鲁1602行初"):
    return f"（2026）{kind}{serial}号"


def told_by_courts(send, world):
    """Two defendants, two hearings of which one was put off, two documents, an appeal that reverses, a withdrawal."""
    send.apply(
        workbook(
            排庭=[hearing(9, day="2026-10-28")],
            出庭=[
                appearance(1, BOTH, "2026-09-03", 是否开庭="延期", came=""),
                appearance(1, POLICE, "2026-09-17", 出庭负责人姓名="李某", 职务="副局长", 职级="副职"),
                appearance(1, GOVERNMENT, "2026-09-17", "否", 未出庭理由="需参加防汛公务"),
                appearance(2, POLICE, "2026-09-08"),
                appearance(2, POLICE, "2026-09-22", "否"),
                appearance(3, POLICE, "2026-09-09", 是否开庭="撤诉", came=""),
                appearance(4, GOVERNMENT, "2026-09-10", "否", 未出庭理由="生病住院"),
                appearance(5, BOTH, "2026-09-11", "否"),
            ],
            裁判=[
                judgment(number(1), "撤销被诉行政行为", day="2026-09-25", 被诉行政机关=POLICE, 是否败诉="是", **OWED),
                judgment(number(1), day="2026-09-25", 被诉行政机关=GOVERNMENT, 送达日期="2026-09-28", 是否上诉="否"),
                judgment(f"{number(1)}之一", "准许撤诉", "裁定", "2026-09-26"),
                judgment(number(2), "确认违法", day="2026-09-29", 立案日期="2026-08-03"),
                judgment(number(3), "准许撤诉", "裁定", "2026-09-09"),
            ],
        )
    )  # fmt: skip
    told = judgment(
        number(7, "鲁16行终"), "撤销一审判决，改判驳回诉讼请求", day="2026-10-09", 关联案号=number(2)
    )
    send.apply(workbook(裁判=[told]), month="2026-10", on="2026-10-12", court=world.appeal_court)
    assert HeldRow.objects.count() == 0


def told_by_ledgers(take_in):
    """Years ago: numbers of the old style and of courts whose letters are others now."""
    lines = [
        line("（2015）滨中行终字第129号", 开庭日期="2015-06-01", 负责人是否出庭="是", 裁判日期="2015-07-01",
             裁判结果="驳回上诉，维持原判", 是否败诉="是"),
        line("（2019）鲁1626行初3号", 开庭日期="2019-06-03", 负责人是否出庭="是", 裁判日期="2019-07-01",
             裁判结果="判决被告限期履行法定职责", 履行情况="已于六月重新作出决定"),
        line(COUNTY.format(2), 立案日期="2024-01-10", 开庭日期="2024-03-06", 负责人是否出庭="否", 裁判日期="2024-04-11",
             裁判结果="判决撤销被诉行政行为", 是否败诉="败诉", 履行情况="已履行", 备注="卷宗已归档"),
        line(CITY.format(11), 一审案号=COUNTY.format(2), 裁判日期="2024-07-15", 裁判结果="驳回上诉，维持原判"),
    ]  # fmt: skip
    assert take_in(*lines, year=2024, confirm=True)[0] == 0


def ruled_and_designated(office_clerk):
    """In 4 the agency's word was ruled for; in 5 the police sends its head for both; 1 and 2 are one series."""
    by_court = AppearanceStatement.objects.get(hearing__case__number=number(4))
    said = AppearanceStatement.objects.create(
        hearing=by_court.hearing, lane=by_court.lane, stated_by="agency", attended=True, head_rank="principal",
        head_name="周某", counts=True, spoke=True, source=by_court.source,
    )  # fmt: skip
    ruling = {"reason": "有签到表", "ruled_at": NOW, "ruled_by": office_clerk}
    AppearanceRuling.objects.create(hearing=said.hearing, lane=said.lane, statement=said, **ruling)
    lane = Lane.objects.get(case__number=number(5), organisation__code="371602-GA")
    Designation.objects.create(case=lane.case, lane=lane, ground="court", source=lane.source)
    series = SeriesGroup.objects.create(court=lane.case.court, label="甲组")
    Case.objects.filter(number__in=[number(1), number(2)]).update(series=series)
    AppearanceStatement.objects.filter(head_name="李某").update(head_name="=李某")
    Case.objects.filter(number=number(1)).update(cause="=1+1", third_parties="某甲公司", judge="林某")


def ids(part):
    return sorted(unit.id for unit in part.numerator), sorted(unit.id for unit in part.rest)


def figures():
    """Numerator and rest of every measure of the three populations, in all and by agency."""
    region, found = Region.objects.get(pk="371600"), {}
    for year in YEARS:
        populations = Populations(parse_report_period(year), region, NOW.date())
        for key, measure in MEASURES.items():
            if measure.source in POPULATIONS:
                figure = measured(measure, populations)
                found[year, key] = ids(figure.total)
                parts = {agency.code: ids(part) for agency, part in figure.by_agency}
                found[year, key, "by_agency"] = {
                    code: part for code, part in parts.items() if part != ([], [])
                }
    return found


def forget_cases():
    for model in CASE_DATA:
        model.objects.all().delete()
    Case.objects.update(origin=None)
    for model in (Case, Dispute, SeriesGroup, HearingSession, HistoryImport):
        model.objects.all().delete()
    Source.objects.filter(kind="history").delete()


@pytest.fixture
def taken_out(world, send, take_in, cast):
    told_by_courts(send, world)
    told_by_ledgers(take_in)
    ruled_and_designated(cast.post.office_clerk)
    author = Author(NOW, cast.post.city_office_clerk)
    return export_ledger(Case.objects.all(), author=author, chosen="")


def test_an_export_taken_in_again_gives_the_same_figures(taken_out, take_in):
    before = figures()
    assert before["2026", "appearance_rate"] == ([number(1), number(2), number(4)], [number(5)])
    forget_cases()
    assert figures() != before
    code, document = take_in(book=taken_out, name="2023年交接.xlsx", confirm=True)
    assert (code, [one for one in document["issues"] if one["severity"] == "error"]) == (0, [])
    assert counts(document)[2] == 0
    assert figures() == before


def test_taking_it_in_twice_changes_nothing(taken_out, take_in):
    forget_cases()
    _, first = take_in(book=taken_out, confirm=True)
    code, second = take_in(book=taken_out, confirm=True)
    accepted = counts(first)[1]
    assert (code, counts(second)[3:], second["receipt"]) == (0, (0, 0, accepted), first["receipt"])


def test_what_was_taken_in_can_be_taken_out_again_alike(taken_out, take_in, cast):
    forget_cases()
    take_in(book=taken_out, confirm=True)
    author = Author(NOW, cast.post.city_office_clerk)
    again = export_ledger(Case.objects.all(), author=author, chosen="")
    assert sorted(map(repr, sheet_of(again))) == sorted(map(repr, sheet_of(taken_out)))
    assert Hearing.objects.get(case__number=number(1), state="postponed").day == date(2026, 9, 3)
