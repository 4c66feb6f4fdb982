"""Putting a file right on the page: once for all rows, remembered for the court, with who and when."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cases.models import Case, FactChange, Hearing, Lane
from courts.models import HeldRow, Notification, RememberedColumn, RememberedName, Upload
from courts.uploads.background import check_again
from organisations.authors import Author
from organisations.models import Organisation, Region
from reports.figures.measure import measured
from reports.figures.measures import MEASURES
from reports.figures.populations import Populations
from rules.report_periods import parse_report_period
from tests.courts.court_sheets import as_bytes, hearing, judgment, workbook
from tests.factories import CaseFactory, LaneFactory

pytestmark = pytest.mark.usefixtures("world", "today")
MISSPELT = "滨城区公按局"


@pytest.fixture
def clerk(cast, client_of):
    return client_of(cast.clerk)


@pytest.fixture
def office(cast, client_of):
    return client_of(cast.office_clerk)


def key(*parts):
    return json.dumps(parts, ensure_ascii=False)


def held(upload):
    upload.refresh_from_db()
    return sum(sheet["held"] for sheet in upload.report["sheets"])


def post(client, upload, page, data=None):
    return client.post(f"/court/uploads/{upload.pk}/{page}/", data or {})


def test_a_name_chosen_once_serves_all_rows_and_the_next_file(clerk, cast, send, world):
    rows = [hearing(n, agency=MISSPELT) for n in (1, 2, 3)]
    upload = send(workbook(排庭=rows))
    assert held(upload) == 3
    post(clerk, upload, "correct", {key("agency", MISSPELT): world.police.code})
    assert held(upload) == 0
    remembered = RememberedName.objects.get()
    assert (remembered.agency, remembered.by, remembered.court) == (
        world.police, cast.post.clerk, world.court,
    )  # fmt: skip
    assert held(send(workbook(排庭=[hearing(4, agency=MISSPELT)]))) == 0


def test_a_remembered_name_is_the_courts_own(clerk, send, world):
    upload = send(workbook(排庭=[hearing(agency=MISSPELT)]))
    post(clerk, upload, "correct", {key("agency", MISSPELT): world.police.code})
    row = hearing(agency=MISSPELT, 案号="（2026）鲁16行初1号")
    assert held(send(workbook(排庭=[row]), court=world.appeal_court)) == 1


def test_a_name_that_may_mean_two_is_settled_by_a_person(clerk, send, world):
    upload = send(workbook(排庭=[hearing(agency="执法大队")]))
    post(clerk, upload, "correct", {key("agency", "执法大队"): world.police.name})
    assert held(upload) == 0


def test_an_agency_may_be_written_and_one_that_is_unknown_is_told(clerk, send, world):
    upload = send(workbook(排庭=[hearing(agency="某某局")]))
    answer = post(clerk, upload, "correct", {key("other", "某某局"): "无此机关"})
    assert (answer.status_code, "名录中没有“无此机关”" in answer.content.decode()) == (422, True)
    post(clerk, upload, "correct", {key("other", "某某局"): world.police.name})
    assert held(upload) == 0


def test_a_forgotten_name_means_nothing_any_more(clerk, send, world):
    post(clerk, send(workbook(排庭=[hearing(agency=MISSPELT)])), "correct", {
        key("agency", MISSPELT): world.police.code,
    })  # fmt: skip
    clerk.post(f"/notifications/names/{RememberedName.objects.get().pk}/forget/")
    assert held(send(workbook(排庭=[hearing(agency=MISSPELT)]))) == 1
    assert "已停用" in clerk.get("/notifications/names/").content.decode()


def test_a_cell_put_right_is_kept_with_its_old_value_and_the_file_stays(clerk, send):
    book = as_bytes(workbook(排庭=[hearing(day="10.32"), hearing(2)]))
    upload = send(book)
    post(clerk, upload, "correct", {key("cell", "排庭", 2, "开庭日期"): "2026-10-30"})
    assert held(upload) == 0
    [told] = upload.corrections
    assert (told["cell"] if "cell" in told else told["old"], told["new"], told["by"]) == (
        "10.32", "2026-10-30", "林书记",
    )  # fmt: skip
    assert upload.file.path.read_bytes() == book
    post(clerk, upload, "confirm")
    assert {h.day.isoformat() for h in Hearing.objects.all()} == {"2026-10-30", "2026-10-12"}


def test_a_plan_shown_before_another_tab_corrected_a_cell_does_not_take_effect(clerk, send):
    upload = send(workbook(排庭=[hearing(day="10.32"), hearing(2)]))
    seen = upload.plan_hash
    post(clerk, upload, "correct", {key("cell", "排庭", 2, "开庭日期"): "2026-10-30"})
    post(clerk, upload, "correct", {key("cell", "排庭", 2, "开庭日期"): "2026-10-30"})
    assert post(clerk, upload, "confirm", {"plan": seen}).status_code == 409
    assert not Hearing.objects.exists()


def test_a_correction_that_is_wrong_again_is_told_again(clerk, send):
    upload = send(workbook(排庭=[hearing(day="10.32")]))
    post(clerk, upload, "correct", {key("cell", "排庭", 2, "开庭日期"): "10.33"})
    assert held(upload) == 1
    assert "10.33" in clerk.get(f"/court/uploads/{upload.pk}/").content.decode()


def test_held_rows_are_put_right_later_as_the_next_version(clerk, send, world):
    first = send.apply(workbook(排庭=[hearing(), hearing(2, agency=MISSPELT)]))
    answer = post(clerk, first, "mend")
    copy = Upload.objects.exclude(pk=first.pk).get()
    assert answer.url == f"/court/uploads/{copy.pk}/"
    post(clerk, copy, "correct", {key("agency", MISSPELT): world.police.code})
    post(clerk, copy, "confirm", {"reason": "改正机关名称"})
    assert not HeldRow.objects.open().exists()
    assert Notification.objects.order_by("version").last().reason == "改正机关名称"


def test_the_office_names_an_agency_and_the_courts_next_check_knows_it(clerk, office, send, world):
    first = send.apply(workbook(排庭=[hearing(agency=MISSPELT)]))
    row = HeldRow.objects.get()
    assert row.owner == "司法局"
    assert MISSPELT in office.get("/notifications/held/").content.decode()
    office.post(f"/notifications/held/{row.pk}/name/", {"agency": world.police.name})
    post(clerk, first, "mend")
    assert held(Upload.objects.exclude(pk=first.pk).get()) == 0


def test_what_only_the_court_can_say_is_the_courts_debt(send):
    send.apply(workbook(排庭=[hearing(), hearing(2, agency=MISSPELT, day="10.32")]))
    assert HeldRow.objects.get().owner == "法院"


OWN_SHEET = [
    ["第一合议庭十月安排"],
    ["文号", "控告方", "应诉单位", "庭审日", "几点"],
    ["（2026）鲁1602行初1号", "张三", "滨城区公安局", "2026-10-12", "9:00"],
]


def own_file(client, rows=OWN_SHEET):
    file = SimpleUploadedFile("自己的表.xlsx", as_bytes(workbook(安排=rows)))
    client.post("/court/2026-10/", {"file": file})
    return Upload.objects.latest("pk")


def matched(client, upload, **names):
    data = {f"column-{index}": name for index, name in enumerate(names.values())}
    url = f"/court/uploads/{upload.pk}/columns/?sheet=安排&kind=schedule"
    return client.post(url, data)


COLUMNS = {"a": "案号", "b": "原告", "c": "被诉行政机关", "d": "开庭日期", "e": "开庭时间"}


def test_a_sheet_with_headers_of_its_own_is_matched_once_and_remembered(clerk):
    upload = own_file(clerk)
    assert (upload.state, upload.refusal_code) == ("refused", "no_known_sheet")
    page = clerk.get(f"/court/uploads/{upload.pk}/columns/").content.decode()
    assert "张三" in page
    assert "庭审日" in page
    matched(clerk, upload, **COLUMNS)
    upload.refresh_from_db()
    assert (upload.state, upload.report["sheets"][0]["accepted"]) == ("planned", 1)
    assert RememberedColumn.objects.get(header="庭审日").column == "开庭日期"
    later = [*OWN_SHEET[:2], ["（2026）鲁1602行初2号", "李四", "滨城区公安局", "2026-10-13", "9:00"]]
    assert own_file(clerk, later).state == "planned"


def test_a_required_column_left_out_and_one_chosen_twice_are_told(clerk):
    upload = own_file(clerk)
    answer = matched(clerk, upload, a="案号", b="原告", c="原告", d="开庭日期", e="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请指定这些列：被诉行政机关" in page
    assert "有两列都对应到“原告”" in page


def test_columns_said_wrongly_do_not_lose_the_file(clerk, law):
    """As said, no row is left to read: it can be said again."""
    upload = own_file(clerk)
    upload.layout = {"安排": {"kind": "schedule", "row": 3, "columns": {"案号": 0}}}
    upload.save(update_fields=["layout"])
    check_again(upload, author=Author(upload.uploaded_at), law=law)
    upload.refresh_from_db()
    assert (upload.refusal_code, upload.file is None) == ("empty", False)
    matched(clerk, upload, **COLUMNS)
    upload.refresh_from_db()
    assert upload.state == "planned"


def test_a_file_with_nothing_to_match_keeps_no_content(clerk):
    clerk.post("/court/2026-10/", {"file": SimpleUploadedFile("a.xlsx", b"%PDF-1.4")})
    upload = Upload.objects.get()
    assert (upload.refusal_code, upload.file) == ("not_a_workbook", None)
    assert clerk.get(f"/court/uploads/{upload.pk}/columns/").status_code == 302


def test_a_second_version_says_why(clerk, send):
    send.apply(workbook(排庭=[hearing()]))
    upload = send(workbook(排庭=[hearing(), hearing(2)]))
    answer = post(clerk, upload, "confirm")
    assert (answer.status_code, "请写明更正原因" in answer.content.decode()) == (422, True)
    post(clerk, upload, "confirm", {"reason": "补报一件"})
    assert Notification.objects.get(version=2).reason == "补报一件"


NATURES = [
    ({"nature": "event"}, ["event"]),
    ({"nature": "correction"}, ["correction"]),
    ({"nature": "each", "nature-0": "correction"}, ["correction"]),
    ({"nature": "each", "nature-0": "event"}, ["event"]),
]


@pytest.mark.parametrize(("said", "kept"), NATURES)
def test_a_changed_fact_is_an_event_or_the_mending_of_an_entry(clerk, send, said, kept):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    upload = send(workbook(排庭=[hearing(day="2026-10-20")]))
    assert post(clerk, upload, "confirm", {"reason": "改期"}).status_code == 422
    assert post(clerk, upload, "confirm", {"reason": "改期", "nature": "each"}).status_code == 422
    post(clerk, upload, "confirm", {"reason": "改期"} | said)
    assert list(FactChange.objects.values_list("reason", flat=True)) == kept
    populations = Populations(
        parse_report_period("2026-10"), Region.objects.get(code="371602"), date(2026, 11, 1)
    )
    moved = measured(MEASURES["rescheduled_count"], populations).total
    assert (len(moved.numerator), [each.reason for each in moved.excluded]) == (
        (1, []) if kept == ["event"] else (0, ["录入更正，开庭日期并未变动"])
    )


def test_a_case_that_its_agency_entered_first_is_met_by_its_number(send, world):
    """自录在先: the court's row finds the case, brings no second one, and leaves what it does not tell of alone."""
    case = CaseFactory(
        key="2026|鲁1602||行初|1", number="（2026）鲁1602行初1号", court=world.court, phone="0543"
    )
    case.source.kind = "agency"
    case.source.save()
    LaneFactory(case=case, organisation=world.police)
    upload = send.apply(workbook(排庭=[hearing()]))
    assert Case.objects.get() == case
    assert upload.effects["rows"] == {"added": 1}
    assert (Hearing.objects.get().case, Case.objects.get().phone) == (case, "0543")


def test_a_hearing_that_is_gone_stays_unless_withdrawn_with_a_reason(clerk, send):
    send.apply(workbook(排庭=[hearing(), hearing(2), hearing(3)]))
    upload = send(workbook(排庭=[hearing()]))
    told = {"reason": "更正", "withdrawn": ["2026|鲁1602||行初|3@2026-10-12"]}
    assert post(clerk, upload, "confirm", told).status_code == 422
    post(clerk, upload, "confirm", told | {"withdrawal_reason": "原告撤诉"})
    states = dict(Hearing.objects.values_list("case__serial", "state"))
    assert states == {1: "scheduled", 2: "scheduled", 3: "cancelled"}
    assert FactChange.objects.get().note == "撤销排庭：原告撤诉"


def test_an_addition_leaves_the_rest_of_the_month_alone(send):
    send.apply(workbook(排庭=[hearing(), hearing(2, agency=MISSPELT)]))
    more = send.apply(workbook(排庭=[hearing(3)]), is_addition=True)
    assert more.report["missing"] == []
    assert HeldRow.objects.open().count() == 1
    assert Notification.objects.get(version=2).reason == "补充报送"


def test_a_number_written_anew_is_suspected_of_being_the_missing_one(send):
    send.apply(workbook(排庭=[hearing(12)]))
    upload = send(workbook(排庭=[hearing(21)]))
    [pair] = upload.report["suspected"]
    assert (pair["number"], pair["other"]) == ("（2026）鲁1602行初21号", "（2026）鲁1602行初12号")


def test_rows_that_say_what_no_other_sheet_knows_are_remarked_and_not_held(send, world):
    send.apply(workbook(排庭=[hearing()]), month="2026-09", on="2026-09-03")
    rows = [
        judgment("（2026）鲁1602行初7号"),
        judgment("（2026）鲁1602行初8号", 被诉行政机关=world.government.name),
    ]
    upload = send(workbook(裁判=rows))
    told = [(notice["code"], notice["row"]) for notice in upload.report["notices"]]
    assert sorted(told) == [("court_not_competent", 3), ("hearing_unknown", 2), ("hearing_unknown", 3)]
    assert held(upload) == 0


@pytest.mark.parametrize(("origin", "told"), [("（2026）鲁1602行初99号", 1), (None, 1)])
def test_an_appeal_that_joins_no_first_instance_is_remarked(send, world, origin, told):
    rows = [judgment("（2026）鲁16行终5号", "驳回上诉，维持原判", 关联案号=origin)]
    upload = send(workbook(裁判=rows), court=world.appeal_court)
    assert [notice["code"] for notice in upload.report["notices"]].count("origin_unknown") == told


def test_columns_that_are_not_read_are_named_with_the_nearest_known_one(send):
    rows = [
        ["案号", "被告", "开庭日期", "法庭", "开庭方试"],
        ["（2026）鲁1602行初1号", "滨城区公安局", "10-12", "一", "公开"],
    ]
    upload = send(workbook(排庭表=rows))
    assert upload.report["remarks"] == ["排庭表：没有读取这些列：开庭方试（是否为“开庭方式”）。"]


def test_three_rows_of_headers_are_one(send):
    rows = [
        ["案号", "当事人", None, "开庭", None, None],
        [None, None, None, "时间地点", None, None],
        [None, "原告", "被告", "日期", "时间", "地点"],
        ["（2026）鲁1602行初1号", "张三", "滨城区公安局", "2026-10-12", "9:00", "一庭"],
    ]
    book = workbook(排庭=[])
    sheet = book["排庭"]
    sheet.delete_rows(1)
    for row in rows:
        sheet.append(row)
    for cells in ("A1:A3", "B1:C2", "D1:F1", "D2:F2"):
        sheet.merge_cells(cells)
    upload = send(book)
    [told] = upload.report["sheets"]
    assert (told["header_row"], told["accepted"]) == (3, 1)
    send.apply(book)
    assert Lane.objects.get().organisation == Organisation.objects.get(code="371602-GA")


def test_the_marked_workbook_put_right_and_sent_again_corrects_just_those_rows(clerk, send):
    first = send.apply(workbook(排庭=[hearing(), hearing(2, day="10.32")]))
    marked = load_workbook(BytesIO(clerk.get(f"/court/uploads/{first.pk}/marked/").content))
    assert marked["排庭"]["A1"].value == "问题与改法"
    marked["排庭"]["G3"] = "2026-10-30"
    again = send(as_bytes(marked))
    [sheet] = again.report["sheets"]
    assert (sheet["added"], sheet["unchanged"], sheet["held"]) == (1, 1, 0)


@pytest.mark.parametrize(
    ("sheet", "row_of", "column", "said", "words"),
    [
        ("排庭", hearing, "审理程序", "半审", ["一审普通程序", "一审简易程序", "二审", "再审"]),
        ("裁判", judgment, "文书类型", "函", ["判决", "裁定", "调解书"]),
        ("裁判", judgment, "是否败诉", "大概", ["是", "否"]),
    ],
)
def test_of_a_closed_list_one_picks(clerk, send, sheet, row_of, column, said, words):
    upload = send(workbook(**{sheet: [row_of(**{column: said})]}))
    page = clerk.get(f"/court/uploads/{upload.pk}/").content.decode()
    options = [f'<option value="{word}">{word}</option>' for word in words]
    assert all(option in page for option in options)
    assert f'<option value="{said}" selected>现为：{said}</option>' in page
    post(clerk, upload, "correct", {key("cell", sheet, 2, column): words[0]})
    assert held(upload) == 0


def test_an_outcome_is_picked_from_the_words_that_are_read(clerk, send):
    upload = send(workbook(裁判=[judgment(裁判结果="不好说")]))
    page = clerk.get(f"/court/uploads/{upload.pk}/").content.decode()
    assert '<option value="撤销被诉行政行为">' not in page  # one writing of each is enough
    assert '<option value="撤销">撤销</option>' in page
    post(clerk, upload, "correct", {key("cell", "裁判", 2, "裁判结果"): "撤销"})
    assert held(upload) == 0


def test_a_blank_or_a_dash_takes_nothing_back(clerk, send):
    told = {"法庭": "第一审判法庭", "审理程序": "一审普通程序", "案由": "行政处罚", "书记员": "林书记"}
    post(clerk, send(workbook(排庭=[hearing(**told)])), "confirm")
    for nothing in ("", "/", "无", "—"):
        upload = send(workbook(排庭=[hearing(**dict.fromkeys(told, nothing))]))
        assert [sheet["unchanged"] for sheet in upload.report["sheets"]] == [1], nothing
