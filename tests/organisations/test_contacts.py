"""How people and units are reached, and pages that say what an act does before it is done."""

import pytest

from organisations.models import AuditEntry, Post
from tests.factories import organisation

pytestmark = pytest.mark.django_db


def test_one_s_own_number_is_changed_and_stands_beside_the_name(cast, client_of):
    browser = client_of(cast.liaison)
    assert (
        browser.post("/contact/", {"phone": "0543-3210000", "email": "a@example.gov.cn"}).status_code == 302
    )
    cast.liaison.refresh_from_db()
    assert (cast.liaison.phone, cast.liaison.email) == ("0543-3210000", "a@example.gov.cn")
    assert 'value="0543-3210000"' in browser.get("/contact/").content.decode()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"phone": "请打电话"}, "电话用数字、空格和横线"),
        ({"phone": "12"}, "电话用数字、空格和横线"),
        ({"email": "a@"}, "请填写完整的邮箱地址"),
    ],
)
def test_what_is_no_number_and_no_address_is_said(cast, client_of, told, words):
    answer = client_of(cast.liaison).post("/contact/", told)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    cast.liaison.refresh_from_db()
    assert (cast.liaison.phone, cast.liaison.email) == ("", "")


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("liaison", 302),
        ("agency_head", 302),
        ("office_clerk", 302),
        ("city_office_clerk", 302),
        ("other_liaison", 404),
        ("foreign_office_clerk", 404),
        ("clerk", 404),
        ("leader", 403),
        ("system_admin", 404),
    ],
)
def test_a_unit_s_number_is_kept_by_its_people_and_the_office_that_calls_it(cast, client_of, part, status):
    unit = organisation("371602-ZRZY")
    answer = client_of(getattr(cast, part)).post(f"/contact/{unit.pk}/", {"phone": "0543-3210001"})
    unit.refresh_from_db()
    assert (answer.status_code, unit.phone == "0543-3210001") == (status, status == 302)


def test_the_trail_names_the_number_of_a_unit_and_not_that_of_a_person(cast, client_of):
    client_of(cast.liaison).post(f"/contact/{organisation('371602-ZRZY').pk}/", {"phone": "0543-3210001"})
    client_of(cast.liaison).post("/contact/", {"phone": "13900000000"})
    told = AuditEntry.objects.filter(verb__startswith="contact.").order_by("pk")
    assert [entry.summary for entry in told] == [
        "滨州市滨城区自然资源局 的电话：未登记 → 0543-3210001",
        "修改 liaison 的电话和邮箱",
    ]


def test_an_administrator_mends_the_number_of_another(cast, client_of):
    page = f"/sys/accounts/{cast.liaison.pk}/"
    client_of(cast.system_admin).post(page, {"action": "contact", "phone": "13900000000", "email": ""})
    cast.liaison.refresh_from_db()
    assert cast.liaison.phone == "13900000000"


def test_the_list_leads_to_pages_that_say_what_is_about_to_happen(cast, client_of):
    browser = client_of(cast.system_admin)
    rows = browser.get("/sys/accounts/").content.decode()
    assert f'href="/sys/accounts/{cast.liaison.pk}/"' in rows
    assert 'value="end"' not in rows
    assert 'value="reset"' not in rows
    page = browser.get(f"/sys/accounts/{cast.liaison.pk}/").content.decode()
    for words in ("原密码立即失效", "只显示这一次", "1 项身份随之不起作用"):
        assert words in page


def test_opening_the_page_of_revoking_revokes_nothing_and_names_who_is_left(cast, client_of):
    browser, post = client_of(cast.security_admin), cast.post.liaison
    page = browser.get(f"/sec/grants/{post.pk}/end/").content.decode()
    for words in ("这是最后一项身份", "提醒将无人接收"):
        assert words in page
    Post.objects.create(user=cast.without_post, organisation=post.organisation, role=post.role)
    assert "单位里同一角色还有：秦某" in browser.get(f"/sec/grants/{post.pk}/end/").content.decode()
    post.refresh_from_db()
    assert post.valid_to is None
    assert browser.post(f"/sec/grants/{post.pk}/end/").status_code == 302
    post.refresh_from_db()
    assert post.valid_to is not None
