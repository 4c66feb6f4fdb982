"""What a confirmed notification does to the record, and that saying it again does nothing."""

from datetime import date

import pytest

from cases.deadlines.sync import sync_deadlines
from cases.models import (
    AppearanceStatement,
    Case,
    Deadline,
    Decision,
    Hearing,
    Lane,
    Obligation,
    Party,
)
from courts.models import HeldRow, Notification, Upload
from courts.notifications.confirmation import AlreadyConfirmed, PlanOutdated, confirm
from organisations.authors import Author
from tests.courts.court_sheets import SCHEDULE, appearance, as_bytes, hearing, judgment, workbook

APPEAL = "（2026）鲁16行终5号"


def counts(upload):
    names = ("rows_read", "accepted", "held", "ignored", "added", "changed", "unchanged", "missing")
    return {name: sum(sheet[name] for sheet in upload.report["sheets"]) for name in names}


def done(upload):
    return [counts(upload)[name] for name in ("added", "changed", "unchanged")]


def days():
    return [(hearing.day.isoformat(), hearing.state) for hearing in Hearing.objects.order_by("day")]


def test_the_same_file_again_changes_nothing(send):
    sheets = {
        "排庭": [hearing(), hearing(2, agency="滨城区公安局、滨城区人民政府")],
        "出庭": [
            appearance(),
            appearance(2, came="否", 未出庭理由="公务"),
            appearance(3, came=None, 是否开庭="延期"),
        ],
        "裁判": [judgment(送达日期="2026-09-12"), judgment("（2026）鲁1602行初2号", "撤销被诉行政行为")],
    }
    book = as_bytes(workbook(**sheets))
    first = send(book)
    assert send(book).plan_hash == first.plan_hash
    assert done(send.apply(book)) == [7, 0, 0]
    again = send(book)
    assert done(again) == [0, 0, 7]
    assert counts(again)["missing"] == 0


def test_deadlines_of_new_cases_are_those_that_the_record_calls_for(send, world):
    first = [hearing(), hearing(2, agency="滨城区公安局、滨城区人民政府"), hearing(3, day="2026-10-10")]
    heard = [appearance(2, came="否", day="2026-09-10"), appearance(1)]
    decided = [
        judgment(
            "（2026）鲁1602行初4号",
            "撤销被诉行政行为",
            是否生效="是",
            送达日期="2026-09-12",
            履行内容="重新作出决定",
            履行期限="2026-12-01",
        )
    ]
    upload = send.apply(workbook(排庭=first, 出庭=heard, 裁判=decided))
    told = upload.effects["deadlines"]["created"]
    again = sync_deadlines(
        list(Lane.objects.values_list("pk", flat=True)),
        law=world.law, author=Author(upload.uploaded_at), reason="重算",
    )  # fmt: skip
    assert (told, dict(again)) == (Deadline.objects.count(), {})
    assert {"name_head", "absence_explanation", "judgment_filing", "obligation"} <= set(
        Deadline.objects.values_list("rule", flat=True)
    )


def test_the_same_file_confirmed_again_is_answered_with_the_receipt_it_has(send):
    book = as_bytes(workbook(排庭=[hearing(), hearing(2, day="10.32")]))
    first = send.apply(book)
    with pytest.raises(AlreadyConfirmed, match=first.number):
        send.apply(book)
    assert Notification.objects.count() == 1


def test_a_file_in_between_makes_the_same_file_news_again(send):
    book = as_bytes(workbook(排庭=[hearing()]))
    send.apply(book)
    send.apply(workbook(排庭=[hearing(), hearing(2)]))
    assert done(send.apply(book)) == [0, 0, 1]


def test_a_fact_knows_its_file_sheet_row_and_cell(send):
    upload = send.apply(workbook(排庭=[hearing()]))
    source = Hearing.objects.get().source
    assert (source.file_id, source.file_name, source.sheet, source.row) == (
        upload.file_id,
        "通报.xlsx",
        "排庭",
        2,
    )
    assert (source.cells["开庭日期"], source.reference) == ("F2", upload.number)


def test_a_single_hearing_whose_date_moved_is_changed(send):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    upload = send.apply(workbook(排庭=[hearing(day="2026-10-20")]))
    assert done(upload) == [0, 1, 0]
    assert upload.report["changes"][0]["changes"] == [["开庭日期", "2026-10-12", "2026-10-20"]]
    assert days() == [("2026-10-20", "scheduled")]


def test_a_second_day_in_one_schedule_is_a_second_hearing(send):
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    send.apply(workbook(排庭=[hearing(day="2026-10-12"), hearing(day="2026-10-20")]))
    assert days() == [("2026-10-12", "scheduled"), ("2026-10-20", "scheduled")]


def test_a_postponed_hearing_moves_into_a_later_month_and_old_files_do_not_move_it_back(send):
    september = workbook(排庭=[hearing(day="2026-09-10")])
    october = workbook(
        排庭=[hearing(day="2026-10-12")], 出庭=[appearance(day="2026-09-10", came=None, 是否开庭="延期")]
    )
    send.apply(september, month="2026-09", on="2026-09-05")
    send.apply(october)
    assert days() == [("2026-10-12", "scheduled")]
    assert done(send(october)) == [0, 0, 2]
    assert done(send(september, month="2026-09")) == [0, 0, 1]
    assert days() == [("2026-10-12", "scheduled")]


def test_a_past_hearing_nobody_reported_stays_and_the_later_one_is_a_second(send):
    send.apply(workbook(排庭=[hearing(day="2026-09-10")]), month="2026-09", on="2026-09-05")
    send.apply(workbook(排庭=[hearing(day="2026-10-12")]))
    assert [day for day, _ in days()] == ["2026-09-10", "2026-10-12"]


def test_a_hearing_still_ahead_moves_into_the_later_month(send):
    send.apply(workbook(排庭=[hearing(day="2026-10-30")]))
    send.apply(workbook(排庭=[hearing(day="2026-11-12")]), month="2026-11", on="2026-10-29")
    assert days() == [("2026-11-12", "scheduled")]


def test_an_appearance_before_its_schedule_makes_the_hearing_and_the_schedule_does_not_undo_it(send):
    send.apply(workbook(出庭=[appearance(day="2026-10-02")]))
    send.apply(workbook(排庭=[hearing(day="2026-10-02", 原告="张三、李四")]))
    assert days() == [("2026-10-02", "held")]
    assert list(Party.objects.values_list("name", flat=True)) == ["张三", "李四"]


def test_an_appearance_corrected_to_attended_loses_its_reason_and_counts(send):
    send.apply(workbook(出庭=[appearance(came="否", 未出庭理由="公务冲突")]))
    send.apply(workbook(出庭=[appearance(came="是", 出庭负责人姓名="王局", 职级="副职")]))
    said = AppearanceStatement.objects.get()
    assert (said.attended, said.absence_reason, said.head_name, said.counts) == (True, "", "王局", True)


def test_on_appeal_the_agency_may_stand_under_the_appellant(send, world):
    headers = ["案号", "上诉人", "被上诉人", "开庭日期", "法庭"]
    row = [APPEAL, "滨州市公安局滨城分局", "张三", "2026-10-12", "一"]
    send.apply(workbook(排庭二审=[headers, row]), court=world.appeal_court)
    case = Case.objects.get()
    assert (case.plaintiffs, case.instance) == ("张三", "second")
    assert Lane.objects.get().organisation == world.police


@pytest.mark.parametrize("order", [("first", "appeal"), ("appeal", "first")])
def test_a_reversal_reaches_the_first_instance_in_either_order(send, world, order):
    books = {
        "first": (workbook(裁判=[judgment(result="驳回原告诉讼请求", 是否上诉="是")]), world.court),
        "appeal": (
            workbook(
                裁判=[judgment(APPEAL, "撤销原判，改判撤销被诉行政行为", 关联案号="（2026）鲁1602行初1号")]
            ),
            world.appeal_court,
        ),
    }
    for name in order:
        send.apply(books[name][0], court=books[name][1])
    assert Decision.objects.get(case__number="（2026）鲁1602行初1号").effect == "reversed"
    appeal = Case.objects.get(number=APPEAL)
    assert appeal.origin.number == "（2026）鲁1602行初1号"
    assert appeal.dispute == appeal.origin.dispute
    for name in order:
        assert done(send(books[name][0], court=books[name][1])) == [0, 0, 1]


def test_origin_and_case_new_in_one_file(send):
    rows = [
        judgment("（2026）鲁1602行初9号", 关联案号="（2026）鲁1602行初1号"),
        judgment("（2026）鲁1602行初1号"),
    ]
    send.apply(workbook(裁判=rows))
    assert Case.objects.get(serial=9).origin.serial == 1


EFFECTS = [
    ({"是否生效": "是", "生效日期": "2026-09-28"}, "confirmed", date(2026, 9, 28)),
    ({"是否上诉": "是", "送达日期": "2026-09-12"}, "appealed", None),
    ({"送达日期": "2026-09-12"}, "not_yet", None),
    ({"document": "裁定", "result": "准许撤诉", "送达日期": "2026-09-12"}, "presumed", date(2026, 9, 12)),
]


@pytest.mark.parametrize(("told", "effect", "effective_on"), EFFECTS)
def test_effect_of_a_decision(send, told, effect, effective_on):
    send.apply(workbook(裁判=[judgment(**told)]))
    decision = Decision.objects.get()
    assert (decision.effect, decision.effective_on) == (effect, effective_on)


OBLIGATIONS = [
    ({"履行期限": "2026-11-30"}, date(2026, 11, 30), False),
    ({"履行期限": "判决生效之日起60日内"}, date(2026, 11, 27), False),
    ({"履行期限": "2026年12月31日前"}, date(2026, 12, 31), False),
    ({"履行期限": "2027年1月2日前"}, date(2027, 1, 2), False),  # a named day off does not move
    ({"履行期限": "自2026年9月1日起30日内"}, date(2026, 10, 8), False),  # over the National Day
    ({"履行期限": "0日内"}, date(2026, 11, 27), True),
    ({"履行期限": "9999年内"}, date(2026, 11, 27), True),
    ({}, date(2026, 11, 27), True),  # 60 days to act anew
]


@pytest.mark.parametrize(("told", "due_on", "estimated"), OBLIGATIONS)
def test_due_day_of_an_obligation(send, told, due_on, estimated):
    in_force = {"是否生效": "是", "生效日期": "2026-09-28", "履行内容": "重新作出决定"}
    send.apply(workbook(裁判=[judgment(result="撤销并责令重新作出", **in_force, **told)]))
    found = Deadline.objects.get(rule="obligation")
    assert (found.due_on, found.computation["estimated"]) == (due_on, estimated)


def test_without_effect_an_estimated_obligation_has_no_day(send):
    send.apply(workbook(裁判=[judgment(result="撤销并责令重新作出", 送达日期="2026-09-12")]))
    assert Obligation.objects.get().named_on is None
    assert not Deadline.objects.filter(rule="obligation").exists()


def test_two_documents_of_a_case_are_two_decisions(send):
    send.apply(workbook(裁判=[judgment(), judgment("（2026）鲁1602行初1号之二", "准许撤诉", "裁定")]))
    assert list(Decision.objects.order_by("ordinal").values_list("kind", "ordinal")) == [
        ("判决", 0),
        ("裁定", 2),
    ]


def test_a_range_of_numbers_makes_a_case_each(send):
    upload = send.apply(workbook(排庭=[hearing(案号="（2026）鲁1602行初12-15号")]))
    assert sorted(Case.objects.values_list("serial", flat=True)) == [12, 13, 14, 15]
    assert done(upload) == [1, 0, 0]


def test_a_second_confirmation_has_no_effect(send, world):
    upload = send(workbook(排庭=[hearing()]))
    confirmed = confirm(upload, author=Author(upload.uploaded_at), law=world.law)
    with pytest.raises(AlreadyConfirmed, match=confirmed.number):
        confirm(upload, author=Author(upload.uploaded_at), law=world.law)
    assert Notification.objects.count() == 1


def test_a_plan_of_a_record_that_moved_has_no_effect(send, world):
    stale = send(workbook(排庭=[hearing(hour="9:00")]))
    send.apply(workbook(排庭=[hearing(hour="10:00")]))
    with pytest.raises(PlanOutdated):
        confirm(stale, author=Author(stale.uploaded_at), law=world.law)
    assert Upload.objects.get(pk=stale.pk).state == "planned"
    assert Hearing.objects.get().time.isoformat() == "10:00:00"


def test_held_rows_are_debts_until_the_next_version(send):
    send.apply(workbook(排庭=[hearing(), hearing(2, day="10.32")]))
    assert HeldRow.objects.get().resolved_at is None
    send.apply(workbook(排庭=[hearing(), hearing(2)]))
    assert HeldRow.objects.get().resolved_at is not None


def test_missing_counts_once_over_several_sheets_and_not_what_is_held(send):
    send.apply(workbook(排庭=[hearing(serial) for serial in (1, 2, 3, 4)]))
    upload = send(
        workbook(排庭一=[SCHEDULE, hearing(1)], 排庭二=[SCHEDULE, hearing(2), hearing(3, day="2025-10-12")])
    )
    assert [sheet["missing"] for sheet in upload.report["sheets"]] == [1, 0]
    assert [row["number"] for row in upload.report["missing"]] == ["（2026）鲁1602行初4号"]


def test_a_hearing_known_from_its_appearance_alone_is_still_on_no_schedule(send):
    send.apply(workbook(排庭=[hearing()]))
    unscheduled = workbook(出庭=[appearance(day="2026-10-13")])
    for upload in (send.apply(unscheduled, on="2026-11-02"), send(unscheduled, on="2026-11-02")):
        assert [issue["code"] for issue in upload.report["issues"]] == ["not_on_schedule"]
