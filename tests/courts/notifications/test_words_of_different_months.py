"""The latest word wins, not the latest upload; and the order in which rows become good does not matter."""

from datetime import date
from itertools import permutations

import pytest

from cases.decisions.presumed_effect import presume_effect
from cases.law import shipped_law
from cases.models import AppearanceStatement, Deadline, Decision, FactChange, Hearing
from courts.notifications.confirmation import confirm
from courts.uploads.background import check_again
from courts.uploads.corrections import affirm_rows
from organisations.authors import Author
from tests.courts.court_sheets import appearance, hearing, judgment, workbook

pytestmark = pytest.mark.django_db
NUMBER = "（2026）鲁1602行初1号"
SERVED = {"送达日期": "2026-03-05"}


def decided(result="判决赔偿", **told):
    return judgment(NUMBER, result, day="2026-03-02", **(SERVED | told))


def march(**told):
    return workbook(裁判=[decided(**told)])


def state():
    return Decision.objects.values_list("effect", "effective_on", "appealed").get()


def presumed(send, world, on):
    presume_effect(on=date.fromisoformat(on), author=Author(send.at(on)), law=world.law)


def test_to_say_again_what_the_month_said_before_takes_nothing_back(send, world):
    """March is sent again to mend another row; April had told of the appeal."""
    send.apply(march(是否上诉="否"), month="2026-03", on="2026-04-01")
    send.apply(march(是否上诉="是"), month="2026-04", on="2026-05-04")
    mended = workbook(裁判=[decided(是否上诉="否"), judgment("（2026）鲁1602行初2号", day="2026-03-10")])
    again = send.apply(mended, month="2026-03", on="2026-05-06")
    assert again.report["sheets"][0]["unchanged"] == 1
    presumed(send, world, "2026-06-01")
    assert Decision.objects.filter(case__number=NUMBER).values_list("effect", "appealed").get() == (
        "appealed",
        True,
    )


def test_a_confirmed_effect_does_not_fall_back_to_a_presumed_one(send, world):
    send.apply(march(是否生效="否"), month="2026-03", on="2026-04-01")
    send.apply(march(是否生效="是", 生效日期="2026-03-21"), month="2026-04", on="2026-05-04")
    send.apply(march(是否生效="否", 履行内容="赔偿1万元"), month="2026-03", on="2026-05-06")
    assert state()[:2] == ("confirmed", date(2026, 3, 21))
    assert not FactChange.objects.filter(field="effect", new="not_yet").exists()


def test_a_correction_speaks_for_what_it_changes(send):
    send.apply(march(), month="2026-03", on="2026-04-01")
    send.apply(march(送达日期="2026-03-05", 是否上诉="否"), month="2026-04", on="2026-05-04")
    send.apply(march(履行内容="赔偿1万元"), month="2026-03", on="2026-05-06")
    assert state()[2] is False
    assert Decision.objects.get().outcomes.get().obligation.content == "赔偿1万元"


def test_an_appeal_that_a_later_month_contradicts_takes_no_effect_back(send):
    confirmed = {"是否上诉": "否", "是否生效": "是", "生效日期": "2026-03-21"}
    send.apply(march(**confirmed), month="2026-04", on="2026-05-04")
    upload = send(march(是否上诉="是", 送达日期="2026-03-06"), month="2026-03", on="2026-05-06")
    [asked] = upload.report["issues"]
    assert asked["message"] == (
        "与后来的通报不一致：送达日期“2026-03-06”，2026年4月的通报为“2026-03-05”；是否上诉“是”，2026年4月的通报为“否”。"
    )
    send.apply(march(是否上诉="是", 送达日期="2026-03-06"), month="2026-03", on="2026-05-06")
    assert state() == ("confirmed", date(2026, 3, 21), False)


def test_an_appeal_told_after_the_effect_takes_it_back(send):
    send.apply(march(是否生效="是", 生效日期="2026-03-21"), month="2026-03", on="2026-04-01")
    send.apply(march(是否上诉="是"), month="2026-04", on="2026-05-04")
    assert state() == ("appealed", None, True)


@pytest.fixture
def confirmed(send, world):
    def confirms(upload):
        return confirm(upload, author=Author(send.at("2026-05-06")), law=world.law)

    return confirms


@pytest.fixture
def contradicted(send):
    """April told of an appeal; only then comes March, which says that there was none."""
    send.apply(march(是否上诉="是"), month="2026-04", on="2026-05-04")
    return send(march(是否上诉="否", 履行内容="赔偿1万元"), month="2026-03", on="2026-05-06")


def test_where_a_later_month_said_otherwise_the_later_word_stands_and_the_clerk_is_asked(contradicted, world):
    [asked] = contradicted.report["issues"]
    assert (asked["code"], asked["severity"], asked["asks"], asked["column"]) == (
        "later_word", "warning", True, "是否上诉",
    )  # fmt: skip
    assert asked["message"] == "与后来的通报不一致：是否上诉“否”，2026年4月的通报为“是”。"
    assert contradicted.report["sheets"][0]["held"] == 0


def test_the_rest_of_the_row_holds(contradicted, confirmed):
    confirmed(contradicted)
    decision = Decision.objects.get()
    assert (decision.appealed, decision.effect) == (True, "appealed")
    assert decision.outcomes.get().obligation.content == "赔偿1万元"


def test_what_the_clerk_affirms_holds_against_the_later_word(contradicted, confirmed, send, world):
    author = Author(send.at("2026-05-06"))
    affirm_rows(contradicted, [("裁判", 2, "later_word")], author=author)
    again = check_again(contradicted, author=author, law=world.law)
    assert not again.report["issues"]
    confirmed(again)
    assert (Decision.objects.get().appealed, Decision.objects.get().effect) == (False, "not_yet")


def test_an_appearance_holds_altogether_or_not_at_all(send):
    """The name of a head who came does not stand beside the absence that a later month told of."""
    came = workbook(出庭=[appearance(出庭负责人姓名="李某")])
    send.apply(workbook(出庭=[appearance(came="否", 未出庭理由="出差")]), month="2026-10", on="2026-10-08")
    send.apply(came, month="2026-09", on="2026-10-09")
    said = AppearanceStatement.objects.get()
    assert (said.attended, said.head_name, said.absence_reason) == (False, "", "出差")


# The first comes before the second in time; each is a version of the notification of one month.
POSTPONED = appearance(1, day="2026-09-28", came="", 是否开庭="延期")
NEW_DAY = hearing(1, day="2026-10-20")
OTHER = hearing(2, day="2026-10-21")


def record():
    hearings = sorted(Hearing.objects.values_list("case__number", "day", "state"))
    moves = list(FactChange.objects.filter(model="hearing", field="day").values_list("old", "new"))
    return hearings, moves


def test_held_and_mended_is_the_same_as_right_at_once(send):
    """The 延期 row is held for a typo and mended the next day: one hearing, moved, not two."""
    send.apply(workbook(排庭=[hearing(1, day="2026-09-28")]), month="2026-09", on="2026-09-03")
    typo = appearance(1, day="2026-09-28", came="", 是否开庭="延其")
    first = send.apply(workbook(排庭=[NEW_DAY, OTHER], 出庭=[typo]), month="2026-10", on="2026-10-05")
    assert first.report["sheets"][1]["held"] == 1
    send.apply(workbook(排庭=[NEW_DAY, OTHER], 出庭=[POSTPONED]), month="2026-10", on="2026-10-06")
    assert record() == (
        [
            (NUMBER, date(2026, 10, 20), "scheduled"),
            ("（2026）鲁1602行初2号", date(2026, 10, 21), "scheduled"),
        ],
        [("2026-09-28", "2026-10-20")],
    )
    assert Deadline.objects.open().filter(rule="name_head").count() == 2


THIRD = "（2026）鲁1602行初3号"
ROWS = {
    "a": ("排庭", hearing, {"serial": 1, "day": "2026-10-20"}),
    "b": ("出庭", appearance, {"serial": 1, "day": "2026-09-28", "came": "", "是否开庭": "延期"}),
    "c": ("裁判", judgment, {"number": THIRD, "result": "撤销被诉行政行为", "送达日期": "2026-09-14"}),
    "d": ("裁判", judgment, {"number": THIRD, "送达日期": "2026-09-16", "被诉行政机关": "滨城区政府"}),
}


def notification(good):
    """All four rows, in their order; those that are not good yet have a day that nobody can read."""
    sheets = {}
    for name, (sheet, row, told) in ROWS.items():
        values = row(**(told if name in good else told | {"day": "2026-13-40"}))
        sheets.setdefault(sheet, []).append(values)
    return workbook(**sheets)


@pytest.mark.parametrize("order", ["".join(each) for each in permutations("abcd")])
def test_in_whatever_order_the_rows_of_a_notification_become_good_the_record_is_the_same(send, order):
    send.apply(workbook(排庭=[hearing(1, day="2026-09-28")]), month="2026-09", on="2026-09-03")
    for number in range(1, 5):
        send.apply(notification(order[:number]), month="2026-10", on=f"2026-10-{number + 4:02}")
    decision = Decision.objects.get()
    assert record() == ([(NUMBER, date(2026, 10, 20), "scheduled")], [("2026-09-28", "2026-10-20")])
    assert (decision.delivered_on, decision.effect) == (date(2026, 9, 16), "not_yet")
    assert sorted(decision.outcomes.values_list("code", "lost")) == [("J-DISMISS", False), ("J-REVOKE", True)]


def test_what_is_added_to_a_notification_is_read_together_with_it(send):
    """The later service of two defendants counts, whichever is told first."""
    rows = [row(**told) for _, row, told in (ROWS["d"], ROWS["c"])]
    for day, row in enumerate(rows, start=5):
        upload = send(workbook(裁判=[row]), month="2026-10", on=f"2026-10-{day:02}", is_addition=True)
        if upload.report["issues"]:
            affirm_rows(upload, [("裁判", 2, "defendant_new")], author=Author(upload.uploaded_at))
            upload = check_again(upload, author=Author(upload.uploaded_at), law=shipped_law())
        confirm(upload, author=Author(upload.uploaded_at), law=shipped_law())
    assert Decision.objects.get().delivered_on == date(2026, 9, 16)


def test_what_a_later_month_tells_again_was_known_before(send, world):
    """Told in time in March and again in April: the judgment is to be filed within five days of its service."""
    send.apply(march(), month="2026-03", on="2026-03-06")
    send.apply(march(), month="2026-04", on="2026-05-04")
    assert Deadline.objects.get(rule="judgment_filing").due_on == date(2026, 3, 10)
    upload = send(march(是否上诉="否", 送达日期="2026-03-04"), month="2026-03", on="2026-05-06")
    assert [issue["code"] for issue in upload.report["issues"]] == ["later_word"]


PUT_OFF = {"came": "", "是否开庭": "延期"}


@pytest.mark.parametrize("days", [("2026-05-28", "2026-06-05"), ("2026-06-02", "2026-06-20")])
@pytest.mark.parametrize("sheets", list(permutations(["排庭", "出庭"])))
@pytest.mark.parametrize("turned", [1, -1])
def test_a_hearing_put_off_set_anew_and_held_in_one_file_is_one_hearing(send, days, sheets, turned):
    """In whatever order the sheets and their rows stand."""
    old, new = days
    send.apply(workbook(排庭=[hearing(1, day=old)]), month=old[:7], on=f"{old[:7]}-01")
    rows = {
        "排庭": [hearing(1, day=new)],
        "出庭": [appearance(1, day=old, **PUT_OFF), appearance(1, day=new)][::turned],
    }
    book = workbook(**{name: rows[name] for name in sheets})
    send.apply(book, month="2026-06", on="2026-06-25")
    assert record() == ([(NUMBER, date.fromisoformat(new), "held")], [days])
    assert AppearanceStatement.objects.count() == 1
