"""放假安排 entered on a page: checked, foretold, approved by another person, and nothing rewritten."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import make_aware
from openpyxl import Workbook

from cases.law import current_law, forget_law
from cases.material import signing
from cases.models import CalendarNotice, Deadline
from cases.work_calendar.notices import NoticeRefused, approve_notice, enter_notice, read_lines
from organisations.authors import Author
from organisations.four_eyes import NotApproved
from rules.calendars import load_calendar, read_year_calendars
from tests.factories import LaneFactory

# An invented arrangement: the real one for 2027 is announced by the State Council.
LINES = """放假 元旦 2027-01-01 2027-01-04
放假 春节 2027-02-06 2027-02-12
上班 春节 2027-02-14
放假 清明节 2027-04-03 2027-04-05
放假 劳动节 2027-05-01 2027-05-05
放假 端午节 2027-06-09
放假 中秋节 9月15日
放假 国庆节 2027-10-01 2027-10-07"""
NOTICE = {
    "year": 2027,
    "published_on": "2026-10-12",
    "notice": "2027年放假安排（测试）",
    "arrangement": LINES,
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(cast):
    return lambda post: Author(make_aware(datetime(2026, 12, 18, 9)), post)


@pytest.fixture
def clerk_of_system(author, cast):
    return author(cast.post.system_admin)


@pytest.fixture
def head(author, cast):
    return author(cast.post.security_admin)


@pytest.fixture
def answer(author, cast, law):
    """A deadline whose nominal end, 2027-01-02, lies beyond the announced years."""
    signing.sign_for_material(
        LaneFactory(), received_on=date(2026, 12, 18), method="direct", period=None,
        author=author(cast.post.liaison), law=law,
    )  # fmt: skip
    return Deadline.objects.get(rule="answer")


def enter(author, lines=LINES, year=2027):
    return enter_notice(
        year=year, published_on=date(2026, 11, 4), notice="2027年放假安排（测试）", author=author,
        ranges=read_lines(lines, year),
    )  # fmt: skip


def test_the_impact_is_told_before_anything_changes(answer, clerk_of_system):
    assert (answer.due_on, answer.provisional) == (date(2027, 1, 4), True)
    notice = enter(clerk_of_system)
    moves = notice.moves.filter(deadline__rule="answer").values_list("old_due_on", "new_due_on")
    assert list(moves) == [(date(2027, 1, 4), date(2027, 1, 5))]
    assert notice.progress == {"done": 1, "of": 1, "finished": True}
    answer.refresh_from_db()
    assert answer.due_on == date(2027, 1, 4)


def test_what_another_approved_counts_and_the_old_day_is_kept(answer, clerk_of_system, head):
    notice = enter(clerk_of_system)
    approved = approve_notice(notice, author=head)
    answer.refresh_from_db()
    assert (answer.due_on, answer.provisional, answer.calendar) == (date(2027, 1, 5), False, "2027@1")
    assert answer.changes.get().old_due_on == date(2027, 1, 4)
    assert CalendarNotice.objects.get().effects["moved"] == approved.moves.count() > 0
    forget_law()
    assert current_law().calendar.known_until == date(2027, 12, 31)


def test_who_entered_it_does_not_approve_it(clerk_of_system):
    with pytest.raises(NotApproved, match="录入人不能核准"):
        approve_notice(enter(clerk_of_system), author=clerk_of_system)


def test_it_is_approved_once(clerk_of_system, head):
    notice = enter(clerk_of_system)
    approve_notice(notice, author=head)
    with pytest.raises(NotApproved, match="不能再核准"):
        approve_notice(notice, author=head)


def test_no_deadline_comes_earlier_without_an_express_word(answer, clerk_of_system, head):
    approve_notice(enter(clerk_of_system), author=head)
    forget_law()
    shorter = enter(clerk_of_system, LINES.replace("2027-01-04", "2027-01-03"))
    assert shorter.number == 2
    with pytest.raises(NoticeRefused, match="将提前"):
        approve_notice(shorter, author=head)
    approve_notice(shorter, author=head, earlier_allowed=True)
    answer.refresh_from_db()
    assert answer.due_on == date(2027, 1, 4)


FAULTS = [
    (LINES.replace("2027-10-01 2027-10-07", "2026-10-01 2026-10-07"), "第 8 行：2026-10-01 不在 2027 年。"),
    (LINES.replace("放假 清明节", "清明节"), "第 4 行"),
    (LINES.replace("放假 清明节", "休市 清明节"), "第 4 行：“休市”须写作放假或上班。"),
    (LINES.replace("2027-05-05", "5月32日"), "第 5 行"),
    ("\n".join(LINES.splitlines()[:-1]), "缺少国庆的安排"),
    (LINES + "\n上班 国庆节 2027-10-03", "2027-10-03 既列为放假又列为上班"),
    (LINES + "\n上班 国庆节 2027-09-22", "本就上班"),
    (LINES + "\n放假 国庆节 2027-10-07", "列了两次"),
    ("", "缺少元旦、春节、清明、劳动、端午、中秋、国庆的安排"),
]


@pytest.mark.parametrize(("lines", "told"), FAULTS)
def test_an_arrangement_that_cannot_be_right_is_refused_with_its_row(clerk_of_system, lines, told):
    with pytest.raises(NoticeRefused) as refused:
        enter(clerk_of_system, lines)
    assert told in str(refused.value)


def test_a_year_that_leaves_a_gap_is_refused(clerk_of_system):
    with pytest.raises(NoticeRefused, match="缺少 2027 年"):
        enter(clerk_of_system, LINES.replace("2027", "2028").replace("2028-02-14", "2028-02-13"), 2028)


AMENDED = [(2015, date(2015, 9, 2)), (2019, date(2019, 5, 2)), (2020, date(2020, 1, 31))]


@pytest.mark.parametrize(("year", "day"), AMENDED)
def test_the_three_amended_years_are_known_as_before_and_after(year, day):
    """2015 the parade (3–5 September), 2019 a longer 五一, 2020 a longer 春节: the first version is kept beside."""
    years = [version for version in read_year_calendars() if version.year == year]
    assert [version.number for version in years] == [1, 2]
    first, second = (load_calendar(known_on=version.published_on) for version in years)
    changed = [
        each.date for each in second._days.values()
        if each.date.year == year and each.is_day_off != first.is_day_off(each.date)
    ]  # fmt: skip
    assert changed
    assert min(abs((each - day).days) for each in changed) <= 2


def csv_file(text, encoding):
    return SimpleUploadedFile("安排.csv", text.replace(" ", ",").encode(encoding))


def xlsx_file(text):
    book = Workbook()
    book.active.append(["安排", "节日", "起", "止"])
    for line in text.splitlines():
        book.active.append(line.split())
    kept = BytesIO()
    book.save(kept)
    return SimpleUploadedFile("安排.xlsx", kept.getvalue())


FILES = [lambda: csv_file(LINES, "utf-8-sig"), lambda: csv_file(LINES, "gb18030"), lambda: xlsx_file(LINES)]


@pytest.mark.parametrize("make", FILES, ids=["utf8", "gbk", "xlsx"])
def test_an_arrangement_may_come_as_a_file(cast, client_of, today, make):
    told = {name: value for name, value in NOTICE.items() if name != "arrangement"}
    client_of(cast.system_admin).post("/calendars/", told | {"file": make()})
    assert len(CalendarNotice.objects.get().ranges) == len(LINES.splitlines())


def test_the_pages_lead_from_entry_to_approval_by_another(cast, client_of, answer, today):
    system, office = client_of(cast.system_admin), client_of(cast.security_admin)
    page = system.post("/calendars/", NOTICE).url
    assert "2027-01-05" in system.get(page).content.decode()
    assert system.post(f"{page}approve/").status_code == 409
    assert "核准这份安排" in office.get(page).content.decode()
    office.post(f"{page}approve/")
    assert "已核准" in office.get(page).content.decode()
    assert "2027 年第 1 版" in office.get("/calendars/").content.decode()


def test_a_faulty_entry_comes_back_with_everything_typed(cast, client_of, today):
    answer = client_of(cast.system_admin).post("/calendars/", NOTICE | {"arrangement": "放假 元旦 13月1日"})
    page = answer.content.decode()
    assert (answer.status_code, "第 1 行" in page, "放假 元旦 13月1日" in page) == (422, True, True)


def test_a_dropped_notice_never_counts(cast, client_of, head, today):
    page = client_of(cast.system_admin).post("/calendars/", NOTICE).url
    client_of(cast.system_admin).post(f"{page}drop/")
    with pytest.raises(NotApproved, match="已放弃"):
        approve_notice(CalendarNotice.objects.get(), author=head)
