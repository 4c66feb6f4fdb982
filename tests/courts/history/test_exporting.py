"""导出台账: what stands in it, who may take it out, and what the words of a ledger for each code are."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases.models import AppearanceStatement, Case, Obligation
from courts.history import exporting
from courts.history.export_words import absence_words, outcome_words, performance_words
from courts.history.exporting import export_ledger
from courts.sheets import choices
from courts.sheets.ledger_columns import LEDGER
from organisations.audit import matter_of
from organisations.authors import Author
from organisations.models import AuditEntry
from rules.appearance import AbsenceGround
from rules.outcomes import load_outcomes
from tests.courts.court_sheets import appearance, hearing, workbook
from tests.courts.history.exports import notes_of, sheet_of
from tests.courts.history.ledgers import COUNTY, GOVERNMENT, POLICE, line

NOW = datetime(2026, 10, 15, 1, tzinfo=UTC)
URL = "/ledger/export/"
TOLD = {"原告": "张三", "立案日期": "2024-01-08", "开庭日期": "2024-03-05", "负责人是否出庭": "是"}


@pytest.fixture
def two_cases(take_in):
    """One of the police with two hearings and a decision, one of the government with nothing but its filing."""
    rows = [
        line(COUNTY.format(1), 裁判日期="2024-06-03", 裁判结果="判决驳回原告诉讼请求", **TOLD),
        line(COUNTY.format(1), 开庭日期="2024-04-08", 负责人是否出庭="否"),
        line(COUNTY.format(2), GOVERNMENT, 原告="李四", 立案日期="2024-02-01"),
    ]
    take_in(*rows, confirm=True)


def taken_out(cast, chosen=""):
    return export_ledger(Case.objects.all(), author=Author(NOW, cast.post.office_clerk), chosen=chosen)


def test_each_fact_stands_once_and_each_defendant_has_a_row(two_cases, cast):
    rows = sheet_of(taken_out(cast))
    assert [(row["案号"], str(row.get("开庭日期", ""))[:10], row.get("裁判结果")) for row in rows] == [
        (COUNTY.format(1), "2024-03-05", "判决驳回原告诉讼请求"),
        (COUNTY.format(1), "2024-04-08", None),
        (COUNTY.format(2), "", None),
    ]
    assert [row["原告"] for row in rows] == ["张三", "张三", "李四"]


def test_its_columns_are_those_that_a_ledger_is_read_by(two_cases, cast):
    sheet = load_workbook(BytesIO(taken_out(cast)))["导出台账"]
    assert [cell.value for cell in sheet[1]] == [column.name for column in LEDGER]


def test_a_text_that_begins_like_a_formula_is_a_text(two_cases, cast):
    Case.objects.update(cause="=HYPERLINK(1)")
    sheet = load_workbook(BytesIO(taken_out(cast)))["导出台账"]
    assert {(cell.value, cell.data_type) for cell in sheet["C"][1:]} == {("=HYPERLINK(1)", "s")}


def test_the_second_sheet_says_who_took_it_out_and_how_it_is_taken_in(send, two_cases, cast):
    send.apply(workbook(排庭=[hearing(9, day="2026-10-28")]))
    notes = notes_of(taken_out(cast, "年度：2024"))
    assert notes["导出"] == f"{cast.post.office_clerk.organisation.name} 李经办 2026-10-15 01:00"
    assert (notes["范围"], notes["行数"][:4]) == ("年度：2024", "4 行。")
    assert "import_history" in notes["再次导入"]
    assert "已排庭尚无结果的开庭（本次 1 次）" in notes["不列入"]


def test_a_person_ruled_whose_statement_stands(send, cast):
    send.apply(workbook(出庭=[appearance(1, POLICE, "2026-09-10", "否")]), month="2026-09")
    by_court = AppearanceStatement.objects.get()
    facts = {"hearing": by_court.hearing, "lane": by_court.lane, "source": by_court.source}
    said = AppearanceStatement.objects.create(stated_by="agency", attended=True, head_name="周某", **facts)
    assert sheet_of(taken_out(cast))[0]["负责人是否出庭"] == "否"
    said.rulings.create(
        hearing=said.hearing, lane=said.lane, reason="有签到表", ruled_at=NOW, ruled_by=cast.post.office_clerk
    )
    [row] = sheet_of(taken_out(cast))
    assert (row["负责人是否出庭"], row["出庭负责人姓名"]) == ("是", "周某")


def test_more_cases_take_no_more_queries(two_cases, cast, take_in):
    with CaptureQueriesContext(connection) as first:
        taken_out(cast)
    take_in(*[line(COUNTY.format(serial), **TOLD) for serial in (5, 6, 7)], confirm=True)
    with CaptureQueriesContext(connection) as second:
        taken_out(cast)
    assert len(second) == len(first)


# The page


def test_an_office_takes_it_out_and_the_trail_says_so(two_cases, cast, client_of, today):
    client = client_of(cast.office_clerk)
    assert f'href="{URL}?year=2024">导出台账</a>' in client.get("/cases/?year=2024").content.decode()
    answer = client.get(f"{URL}?year=2024")
    assert answer["Content-Disposition"].endswith("2026-10-15.xlsx")
    assert (len(sheet_of(answer.content)), notes_of(answer.content)["范围"]) == (3, "年度：2024")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.summary, entry.data) == (
        "history.export", "导出台账 3 行（年度：2024）", {"rows": 3},
    )  # fmt: skip
    assert matter_of(entry.verb) == "历史台账"


@pytest.mark.parametrize("part", ["clerk", "liaison", "leader", "supervision"])
def test_nobody_else_takes_it_out(two_cases, cast, client_of, part, today):
    client = client_of(getattr(cast, part))
    assert "导出台账" not in client.get("/cases/").content.decode()
    assert client.get(URL).status_code == 403
    assert not AuditEntry.objects.filter(verb="history.export").exists()


def refusal(client, query=""):
    answer = client.get(f"{URL}?{query}", follow=True)
    assert answer.redirect_chain == [(f"/cases/?{query}", 302)]
    return answer.content.decode()


def test_an_office_takes_out_what_it_sees(two_cases, cast, client_of, today):
    assert "没有可以导出的案件" in refusal(client_of(cast.foreign_office_clerk))


def test_voided_cases_are_no_part_of_a_ledger(two_cases, cast, client_of, today):
    Case.objects.update(voided_at=NOW)
    assert "没有可以导出的案件" in refusal(client_of(cast.office_clerk), "voided=on")


def test_a_filter_that_cannot_be_read_takes_nothing_out(two_cases, cast, client_of, today):
    assert "有筛选条件读不出，没有导出" in refusal(client_of(cast.office_clerk), "heard_from=2026-02-30")


@pytest.mark.parametrize(("most", "refused"), [(1, True), (2, True), (3, False)])
def test_more_rows_than_can_be_taken_in_again_are_refused(
    two_cases, cast, client_of, today, monkeypatch, most, refused
):
    monkeypatch.setattr(exporting, "MOST_ROWS", most)
    client = client_of(cast.office_clerk)
    if refused:
        assert "超过 10000 行，没有导出。请用筛选缩小范围" in refusal(client)
    else:
        assert len(sheet_of(client.get(URL).content)) == 3


# The words


@pytest.mark.parametrize("outcome", list(load_outcomes()), ids=lambda outcome: outcome.code)
def test_every_outcome_of_the_table_is_read_from_its_words(outcome):
    for document in outcome.documents:
        for instance in outcome.instances:
            words = outcome_words(outcome.code, document, instance)
            assert load_outcomes().match(words, document, instance).code == outcome.code


GROUNDS = [
    ("", AbsenceGround.NONE, ""),
    ("开会", AbsenceGround.OTHER, "开会"),
    ("", AbsenceGround.OTHER, "无法出庭的其他正当事由"),
    ("防汛", AbsenceGround.OFFICIAL_DUTY, "需要履行他人不能代替的公务：防汛"),
    ("紧急公务", AbsenceGround.OFFICIAL_DUTY, "紧急公务"),
    ("", AbsenceGround.FORCE_MAJEURE, "不可抗力"),
    ("车祸", AbsenceGround.ACCIDENT, "意外事件：车祸"),
]


@pytest.mark.parametrize(("reason", "ground", "words"), GROUNDS)
def test_the_ground_of_an_absence_is_read_from_its_words(reason, ground, words):
    said = AppearanceStatement(attended=False, absence_reason=reason, absence_ground=ground)
    assert (absence_words(said), choices.absence_ground(words)) == (words, ground)


PERFORMED = [
    ("done", "已履行"), ("done_late", "逾期履行"), ("enforced", "强制执行"), ("partial", "部分履行"),
    ("overdue", "未履行"), ("in_progress", "履行中"), ("settled", "和解"), ("none", "无履行内容"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "words"), PERFORMED)
def test_the_state_of_performance_is_read_from_its_words(state, words):
    told = performance_words(Obligation(state=state, proof="收据"))
    assert (told, choices.PERFORMANCE[told]) == (words, state)


OPEN = [
    ("not_due", ""),
    ("reported", "履行中"),
    ("suspended", "中止（再审）"),
    ("impossible", "客观不能，待法院认定"),
]


@pytest.mark.parametrize(("state", "words"), OPEN)
def test_states_that_no_ledger_knows_are_told_as_they_are(state, words):
    assert performance_words(Obligation(state=state)) == words
