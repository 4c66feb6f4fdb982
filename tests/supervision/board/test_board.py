"""期限看板: one set of duties as list, matrix, month, workbook and paper; whatever is counted can be opened."""

from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.law import shipped_law
from cases.models import Deadline
from organisations.models import Organisation
from supervision.models import Reminder, SavedView
from supervision.reminders.urging import urge
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    HearingFactory,
    LaneFactory,
    NominationFactory,
    at,
    organisation,
)
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.django_db
ZRZY, SC, ZJ = "371602-ZRZY", "371602-SC", "371602-ZJ"


def oct_(day):
    return date(2026, 10, day)


def duty(due_on, rule="defence_report", agency=ZRZY, **more):
    lane = LaneFactory(case=CaseFactory(), organisation=organisation(agency))
    return DeadlineFactory(lane=lane, rule=rule, due_on=due_on, **more)


def own_duty(agency, matter, due_on=date(2026, 12, 31), rule="training_second"):
    """Work of an organisation without a case."""
    due = shipped_law().due(rule, date(2025, 12, 31))
    return Deadline.objects.create(
        organisation=organisation(agency), rule=rule, label=due.limit.label, subject="period:2026", matter=matter,
        starts_on=due.starts_on, due_on=due_on, original_due_on=due_on, calendar=due.calendar,
        computation=due.to_json(),
    )  # fmt: skip


@pytest.fixture
def office(cast, client_of, today):
    return client_of(cast.office_clerk)


def listed(browser, query=""):
    """The duties that the list shows, on all its pages."""
    page = browser.get(f"/deadlines/?{query}").context["page"]
    assert page.number == 1
    return page.paginator.count


@pytest.fixture
def five(cast):
    """One in each band, as of 10-15."""
    return [
        duty(oct_(9), agency=ZRZY),
        duty(oct_(15), agency=SC),
        duty(oct_(16), "judgment_filing"),
        duty(oct_(20), "judgment_filing", SC),
        duty(oct_(30), agency=SC),
    ]


def test_the_most_overdue_comes_first_and_each_band_counts_what_it_lists(five, office):
    context = office.get("/deadlines/").context
    assert [row["deadline"] for row in context["rows"]] == five
    assert [(band["key"], band["count"]) for band in context["bands"]] == [
        ("overdue", 1),
        ("today", 1),
        ("soon", 1),
        ("running", 1),
        ("future", 1),
    ]
    for band, only in zip(context["bands"], five, strict=True):
        rows = office.get(f"/deadlines/{band['url']}").context["rows"]
        assert [row["deadline"] for row in rows] == [only]


@pytest.mark.parametrize("state", ["met", "suspended", "waived", "void"])
def test_what_is_not_open_stands_on_no_board(five, office, state):
    Deadline.objects.filter(pk=five[0].pk).update(state=state, met_on=oct_(10) if state == "met" else None)
    assert listed(office) == 4
    assert office.get("/deadlines/").context["bands"][0]["count"] == 0


def test_what_only_informs_stands_on_no_board(five, office):
    Deadline.objects.filter(pk=five[0].pk).update(is_duty=False)
    assert listed(office) == 4


SCOPES = [
    ("office_clerk", 5),
    ("city_office_clerk", 5),
    ("supervision", 5),
    ("liaison", 2),
    ("other_liaison", 3),
    ("foreign_office_clerk", 0),
]


@pytest.mark.parametrize(("part", "count"), SCOPES)
def test_everybody_sees_the_own_scope(five, cast, client_of, today, part, count):
    assert listed(client_of(getattr(cast, part))) == count


@pytest.mark.parametrize("part", ["clerk", "leader", "agency_head", "system_admin", "without_post"])
def test_who_has_no_board_is_refused_on_all_its_pages(five, cast, client_of, today, part):
    browser = client_of(getattr(cast, part))
    for page in ("", "export/", "print/"):
        assert browser.get(f"/deadlines/{page}").status_code == 403


def test_every_number_of_the_matrix_opens_as_many_duties(five, cast, client_of, today):
    """Among the agencies those whose short name is no part of the full one: 滨城区住建局."""
    agencies = Organisation.objects.filter(region__code="371602", kind="department").order_by("code")[:8]
    more = [one.code for one in agencies]
    more.append(Organisation.objects.get(short_name="滨城区住建局").code)
    for number, code in enumerate(dict.fromkeys(more)):
        duty(oct_(9 + number), agency=code)
        duty(oct_(20 + number % 3), "name_head" if number % 2 else "judgment_filing", agency=code)
    browser = client_of(cast.city_office_clerk)
    lines = browser.get("/deadlines/?view=matrix").context["lines"]
    total = 0
    told, found = {}, {}
    for line in lines:
        for place, cell in enumerate(line["cells"]):
            if cell["count"]:
                total += cell["count"]
                told[line["row"].name, place] = cell["count"]
                found[line["row"].name, place] = listed(browser, cell["url"])
    assert total == listed(browser)
    assert found == told


def test_the_matrix_puts_who_is_most_overdue_first_and_marks_it(five, office):
    duty(oct_(8), "judgment_filing", SC)
    duty(oct_(9), "judgment_filing", SC)
    answer = office.get("/deadlines/?view=matrix")
    columns, lines = answer.context["columns"], answer.context["lines"]
    assert [rule for rule, _ in columns] == ["defence_report", "judgment_filing"]
    assert [(line["row"].name, [(c["count"], c["late"]) for c in line["cells"]]) for line in lines] == [
        ("滨城区市场监管局", [(2, 0), (3, 2)]),
        ("滨城区自然资源局", [(1, 1), (1, 0)]),
    ]
    assert "■2" in answer.content.decode()


def test_the_matrix_keeps_the_filters_of_the_address(five, office):
    lines = office.get("/deadlines/?view=matrix&rule=judgment_filing&band=running").context["lines"]
    assert [(line["row"].name, line["row"].total) for line in lines] == [("滨城区市场监管局", 1)]


def test_every_filter_in_use_is_a_chip_that_takes_it_away(five, office, cast):
    region = cast.post.office_clerk.organisation.region
    query = f"region={region.pk}&rule=defence_report&agency=市场&day=2026-10-15&band=today"
    context = office.get(f"/deadlines/?{query}").context
    assert [row["deadline"] for row in context["rows"]] == [five[1]]
    chips = {chip["label"]: chip["remove_url"] for chip in context["chips"]}
    assert set(chips) == {
        f"范围：{region.name}",
        "步骤：应诉情况报告",
        "机关：市场",
        "届满日：2026-10-15",
        "紧急程度：今日到期",
    }
    assert "agency" not in chips["机关：市场"]
    assert "rule=defence_report" in chips["机关：市场"]
    assert "band=" not in chips["紧急程度：今日到期"]
    assert office.get("/deadlines/").context["chips"] == []


def test_no_duty_and_no_duty_that_fits_are_two_sentences(cast, client_of, office):
    assert "本范围内没有未完成期限" in office.get("/deadlines/").content.decode()
    shown = office.get("/deadlines/?rule=obligation").content.decode()
    assert "没有符合筛选的期限" in shown
    assert "清除筛选" in shown


def test_a_saved_view_opens_the_filters_and_only_its_owner_deletes_it(five, cast, client_of, office):
    query = "rule=judgment_filing&band=soon"
    office.post("/deadlines/views/", {"name": "本周要催", "query": query, "shared": "on"})
    office.post("/deadlines/views/", {"name": "自己看", "query": query})
    shared, own = SavedView.objects.get(name="本周要催"), SavedView.objects.get(name="自己看")
    assert listed(office, shared.query) == 1
    head = client_of(cast.office_head)
    page = head.get("/deadlines/").content.decode()
    assert ("本周要催" in page, "（李经办）" in page, "自己看" in page) == (True, True, False)
    for part in ("liaison", "city_office_clerk", "foreign_office_clerk"):
        assert "本周要催" not in client_of(getattr(cast, part)).get("/deadlines/").content.decode()
    for view in (shared, own):
        assert head.post(f"/deadlines/views/{view.pk}/drop/").status_code == 404
    assert SavedView.objects.count() == 2
    office.post(f"/deadlines/views/{shared.pk}/drop/")
    assert list(SavedView.objects.all()) == [own]


def test_a_view_saved_again_under_its_name_is_one_view(office):
    for query in ("band=soon", "band=overdue"):
        office.post("/deadlines/views/", {"name": "本周要催", "query": query})
    assert SavedView.objects.get().query == "band=overdue"


@pytest.mark.parametrize("name", ["", "长" * 31])
def test_a_view_needs_a_name_of_at_most_thirty_characters(office, name):
    answer = office.post("/deadlines/views/", {"name": name, "query": "band=soon"}, follow=True)
    assert "30 字以内的名称" in answer.content.decode()
    assert not SavedView.objects.exists()


def exported(browser, query=""):
    answer = browser.get(f"/deadlines/export/?{query}")
    content = b"".join(answer) if answer.streaming else answer.content
    return list(load_workbook(BytesIO(content)).active.iter_rows())


def test_the_workbook_holds_what_the_filters_leave_and_texts_stay_texts(five, office):
    for number, matter in enumerate(("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")')):
        own_duty((ZRZY, SC, ZJ, "371602-SF", "371602-GOV")[number], matter)
    head, *rows = exported(office)
    assert [cell.value for cell in head][:6] == ["状态", "事项", "机关", "案号或事由", "起算日", "届满日"]
    assert len(rows) == listed(office) == 10
    matters = [row[3] for row in rows[-5:]]
    assert {cell.value for cell in matters} == {"=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'}
    assert {cell.data_type for row in rows for cell in row if isinstance(cell.value, str)} == {"s"}
    first = [cell.value for cell in rows[0]]
    assert first[0] == "逾期 6 天"
    assert first[3] == five[0].case.number
    assert first[5] == datetime(2026, 10, 9)
    assert len(exported(office, "rule=judgment_filing")) == 1 + 2
    assert len(exported(office, "band=overdue")) == 1 + 1


def test_an_export_holds_the_reader_s_scope_alone(five, cast, client_of, today):
    assert len(exported(client_of(cast.liaison))) == 1 + 2


def test_the_print_has_one_part_for_each_unit(five, office):
    answer = office.get("/deadlines/print/")
    units = {name: [row["deadline"] for row in rows] for name, rows in answer.context["units"]}
    agencies = {code: organisation(code).name for code in (ZRZY, SC)}
    assert units == {agencies[ZRZY]: [five[0], five[2]], agencies[SC]: [five[1], five[3], five[4]]}
    page = answer.content.decode()
    assert page.count('class="print-unit"') == 2
    assert f"{agencies[SC]}（3 项）" in page
    assert len(dict(office.get("/deadlines/print/?rule=judgment_filing&band=soon").context["units"])) == 1


def cells(answer):
    return {cell["day"].date: cell for week in answer.context["weeks"] for cell in week}


def test_the_month_counts_what_ends_on_each_day_and_knows_days_off(five, office):
    duty(oct_(20), agency=ZRZY)
    answer = office.get("/deadlines/?view=calendar&month=2026-10")
    days = cells(answer)
    counts = {day: cell["day"].count for day, cell in days.items() if cell["day"].count}
    assert counts == {oct_(9): 1, oct_(15): 1, oct_(16): 1, oct_(20): 2, oct_(30): 1}
    for day, count in counts.items():
        assert listed(office, days[day]["url"]) == count
    assert min(days) == date(2026, 9, 28)  # a Monday
    assert max(days) == date(2026, 11, 1)
    assert [days[oct_(n)]["day"].is_off for n in (1, 7, 8, 10, 11)] == [True, True, False, False, True]
    assert "调休上班日" in days[oct_(10)]["day"].note
    assert "month=2026-09" in answer.context["before"]
    assert "month=2026-11" in answer.context["after"]
    assert not any(
        cell["day"].count for cell in cells(office.get("/deadlines/?view=calendar&month=2026-12")).values()
    )


@pytest.mark.parametrize("month", ["", "2026-13", "2026", "2026Q3", "x"])
def test_a_month_that_is_none_is_this_month(five, office, month):
    assert office.get(f"/deadlines/?view=calendar&month={month}").context["month"] == oct_(1)


# 催报 in bulk.


def test_reminders_are_shown_first_and_who_was_told_today_is_passed_over(five, cast, office, law):
    urge([five[0]], author=at(oct_(15), cast.post.office_head), law=law)
    chosen = {"deadline": [five[0].pk, five[1].pk]}
    preview = office.post("/deadlines/remind/", chosen)
    context = preview.context
    assert [row["deadline"] for row in context["fresh"]] == [five[1]]
    assert [row["deadline"] for row in context["skipped"]] == [five[0]]
    assert Reminder.objects.count() == 1
    office.post("/deadlines/remind/", chosen | {"confirmed": "1"})
    assert set(Reminder.objects.values_list("deadline", flat=True)) == {five[0].pk, five[1].pk}
    assert Reminder.objects.count() == 2
    office.post("/deadlines/remind/", chosen | {"confirmed": "1"})
    assert Reminder.objects.count() == 2


def test_all_that_fit_the_filters_are_reminded_and_nothing_else(five, cast, office):
    for number in range(25):
        duty(oct_(16), "judgment_filing", (ZRZY, SC)[number % 2])
    foreign = duty(oct_(16), "judgment_filing", "371625-ZRZY")
    query = "rule=judgment_filing&band=soon"
    wanted = listed(office, query)
    assert wanted == 26  # more than a page
    preview = office.post("/deadlines/remind/", {"all": "1", "query": query})
    fresh = [row["deadline"].pk for row in preview.context["fresh"]]
    assert len(fresh) == wanted
    office.post("/deadlines/remind/", {"deadline": fresh, "confirmed": "1"})
    reminded = Deadline.objects.filter(reminders__isnull=False)
    assert reminded.count() == wanted
    assert set(reminded.values_list("rule", "due_on")) == {("judgment_filing", oct_(16))}
    assert foreign not in reminded


def test_nothing_chosen_is_told_so(five, office):
    answer = office.post("/deadlines/remind/", {}, follow=True)
    assert "请先勾选要提醒的事项" in answer.content.decode()
    assert not Reminder.objects.exists()


def test_duties_outside_the_scope_or_closed_are_not_reminded(five, cast, client_of, today):
    Deadline.objects.filter(pk=five[1].pk).update(state="suspended")
    data = {"deadline": [one.pk for one in five] + ["x", "9" * 30], "confirmed": "1"}
    assert client_of(cast.liaison).post("/deadlines/remind/", data).status_code == 403
    client_of(cast.foreign_office_clerk).post("/deadlines/remind/", data)
    assert not Reminder.objects.exists()
    client_of(cast.office_clerk).post("/deadlines/remind/", data)
    assert Reminder.objects.count() == 4


PAGES = ["?", "?view=matrix", "?view=calendar&month=2026-10", "print/?", "export/?"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("part", ["office_clerk", "liaison"])
def test_sixty_duties_take_as_many_queries_as_five(five, cast, client_of, today, page, part):
    def grow():
        lanes = [LaneFactory(organisation=organisation((ZRZY, SC)[n % 2])) for n in range(11)]
        for number in range(55):
            due_on = oct_(9 + number % 20)
            rule = ("defence_report", "judgment_filing", "name_head")[number % 3]
            DeadlineFactory(lane=lanes[number % 11], rule=rule, due_on=due_on)

    assert_constant_queries(client_of(getattr(cast, part)), f"/deadlines/{page}", grow)
    assert Deadline.objects.count() == 60


def test_shared_views_of_many_colleagues_take_no_more_queries(five, cast, client_of, today):
    def share(owner, name):
        SavedView.objects.create(owner=owner, name=name, query="band=soon", shared=True)

    share(cast.post.office_head, "一")

    def grow():
        for number in range(5):
            share(cast.post.office_head, f"视图{number}")

    assert_constant_queries(client_of(cast.office_clerk), "/deadlines/", grow)


def test_the_case_list_keeps_views_of_its_own(office):
    told = {"page": "cases", "name": "逾期的", "query": "state=overdue"}
    assert office.post("/deadlines/views/", told, follow=True).redirect_chain[0][0] == "/cases/?state=overdue"
    assert "?state=overdue" in office.get("/cases/").content.decode()
    assert "逾期的" not in office.get("/deadlines/").content.decode()
    view = SavedView.objects.get()
    assert office.post(f"/deadlines/views/{view.pk}/drop/", follow=True).redirect_chain[0][0] == "/cases/"


def test_an_unknown_band_shows_everything_on_the_desk(five, office):
    assert office.get("/desk/").context["page"].paginator.count == 5
    assert office.get("/desk/?band=nonsense").context["page"].paginator.count == 5
    assert office.get("/desk/?band=overdue").context["page"].paginator.count == 1


@pytest.mark.parametrize("query", ["rule=nothing", "day=2026-02-30", "region=0"])
def test_nothing_is_exported_where_a_filter_cannot_be_read(five, office, query):
    answer = office.get(f"/deadlines/export/?{query}", follow=True)
    assert answer.redirect_chain == [(f"/deadlines/?{query}", 302)]
    assert "有筛选条件读不出，没有导出" in answer.content.decode()


# The desk of an office


def labels(rows):
    return [row["deadline"].label for row in rows]


def test_an_office_finds_its_own_work_first_then_what_units_owe(five, cast, office):
    own = own_duty("371602-SF", "2026年9月", oct_(30))
    shown = office.get("/desk/").context
    assert labels(shown["own_rows"]) == [own.label]
    assert own.pk not in [row["deadline"].pk for row in shown["rows"]]
    assert len(shown["rows"]) == 5


def test_ten_units_that_owe_one_report_are_one_line_that_opens(cast, client_of, today):
    counties = Organisation.objects.filter(kind="legal_office").exclude(code="BZ-SF")[:9]
    for unit in counties:
        own_duty(unit.code, "2026年9月", oct_(8), rule="county_rollup")
    client = client_of(cast.city_office_clerk)
    shown = client.get("/desk/").context
    [line] = shown["shared"]
    assert (line.units, line.due_on, line.status.word, shown["rows"]) == (9, oct_(8), "逾期 7 天", [])
    assert client.get(f"/deadlines/?{line.query}").context["page"].paginator.count == 9


def test_a_row_of_a_unit_is_urged_from_the_desk_and_ones_own_is_not(five, cast, office):
    own = own_duty("371602-SF", "2026年9月", oct_(30))
    page = office.get("/desk/").content.decode()
    assert f'name="deadline" value="{own.pk}"' not in page
    assert page.count(">催报</button>") == 5


def test_an_agency_and_its_head_have_one_list(five, cast, client_of, today):
    for part in ("liaison", "agency_head"):
        shown = client_of(getattr(cast, part)).get("/desk/").context
        assert ("shared" in shown, "own_rows" in shown) == (False, False)


def test_the_greeting_of_a_head_begins_with_what_waits_for_the_head(cast, client_of, today):
    lane = LaneFactory()
    hearing = HearingFactory(case=lane.case, day=oct_(28))
    NominationFactory(lane=lane, hearing=hearing, named_by=cast.post.liaison)
    page = client_of(cast.agency_head).get("/desk/").content.decode()
    assert "方局长，1 次开庭待您确认出庭。" in page


def test_the_board_is_sorted_by_its_headings(five, office):
    by_due = [row["deadline"].due_on for row in office.get("/deadlines/?sort=-due").context["rows"]]
    assert by_due == sorted(by_due, reverse=True)
    assert 'aria-sort="descending"' in office.get("/deadlines/?sort=-due").content.decode()


def test_the_section_of_ones_own_work_bears_the_units_name_and_opens_on_the_board(five, cast, office):
    own_duty("371602-SF", "2026年9月", oct_(30))
    page = office.get("/desk/").content.decode()
    unit = cast.post.office_clerk.organisation
    assert f"<h2>{unit.short_name}的事项</h2>" in page
    assert office.get(f"/deadlines/?unit={unit.pk}").context["page"].paginator.count == 1
