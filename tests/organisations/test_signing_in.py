from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from organisations.models import AuditEntry, Post, User
from organisations.roles import Role
from tests.factories import organisation
from tests.organisations.conftest import GOOD

NINE = datetime(2026, 10, 15, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CHANGED = "Xihe-2026-Wudi"


def is_signed_in(client):
    return client.get("/role/").status_code == 200


def minutes(number, seconds=0):
    return timedelta(minutes=number, seconds=seconds)


@pytest.fixture
def time():
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


def test_signing_in_leads_to_the_page_asked_for(client, clerk):
    asked = client.get("/role/")
    assert (asked.status_code, asked["Location"]) == (302, "/login/?next=/role/")
    answer = client.post("/login/?next=/role/", {"username": "office_clerk", "password": GOOD})
    assert (answer.status_code, answer["Location"]) == (302, "/role/")


def test_an_address_of_another_site_is_not_followed(client, clerk):
    answer = client.post("/login/?next=https://example.com/", {"username": "office_clerk", "password": GOOD})
    assert answer["Location"] == "/"


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(sign_in, clerk):
    wrong = sign_in(Client(), "office_clerk", "wrong")
    unknown = sign_in(Client(), "nobody_here", "wrong")
    inactive = sign_in(Client(), "inactive", "wrong")
    assert wrong.status_code == unknown.status_code == inactive.status_code == 422
    assert _without_token(wrong, "office_clerk") == _without_token(unknown, "nobody_here")
    assert _without_token(wrong, "office_clerk") == _without_token(inactive, "inactive")
    assert "账号或密码不正确" in wrong.content.decode()


def test_an_inactive_account_with_the_right_password_gets_the_same_answer_too(sign_in, cast):
    User.objects.filter(pk=cast.inactive.pk).update(password=cast.inactive.password)
    cast.inactive.set_password(GOOD)
    cast.inactive.save()
    refused = sign_in(Client(), "inactive")
    unknown = sign_in(Client(), "nobody_here")
    assert _without_token(refused, "inactive") == _without_token(unknown, "nobody_here")


def _without_token(response, username):
    text = response.content.decode().replace(username, "USERNAME")
    token = response.context["csrf_token"]
    return text.replace(str(token), "TOKEN")


def test_five_wrong_passwords_lock_the_account_for_this_address_for_fifteen_minutes(time, sign_in, clerk):
    statuses = [sign_in(Client(), "office_clerk", "wrong").status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    locked = sign_in(Client(), "office_clerk")
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert "账号已锁定 15 分钟" in locked.content.decode()
    time.shift(minutes(15, 1))
    assert sign_in(Client(), "office_clerk").status_code == 302


def test_the_lock_does_not_shut_out_the_person_at_another_address(sign_in, clerk):
    for _ in range(5):
        sign_in(Client(), "office_clerk", "wrong", address="10.9.9.9")
    assert sign_in(Client(), "office_clerk", address="10.9.9.9").status_code == 429
    assert sign_in(Client(), "office_clerk", address="10.1.1.1").status_code == 302


def test_four_wrong_passwords_are_forgotten_after_the_right_one(sign_in, clerk):
    for _ in range(2):
        assert [sign_in(Client(), "office_clerk", "wrong").status_code for _ in range(4)] == [422] * 4
        assert sign_in(Client(), "office_clerk").status_code == 302


def test_the_trail_tells_of_signing_in_and_out_and_of_refusals_but_never_of_what_was_typed(
    client, sign_in, clerk
):
    sign_in(client, "office_clerk", "wrong-Secret-1")
    sign_in(client, "My-Secret-Password-2", "x")
    sign_in(client, "office_clerk")
    client.post("/logout/", REMOTE_ADDR="10.1.1.1")
    told = list(AuditEntry.objects.order_by("pk").values_list("verb", "summary", "username", "address"))
    assert told == [
        ("session.refused", "账号 office_clerk 登录未成功", "", "10.1.1.1"),
        ("session.refused", "不存在的账号 登录未成功", "", "10.1.1.1"),
        ("session.start", "李经办 登录", "office_clerk", "10.1.1.1"),
        ("session.end", "李经办 退出", "office_clerk", "10.1.1.1"),
    ]


def test_signing_out_ends_the_session_on_the_server_and_clears_the_browser(client, sign_in, clerk):
    sign_in(client, "office_clerk")
    kept = client.cookies["sessionid"].value if "sessionid" in client.cookies else client.session.session_key
    answer = client.post("/logout/")
    assert (answer.status_code, answer["Location"]) == (302, "/login/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not client.session.exists(kept)


def test_signing_out_twice_leads_to_the_sign_in_page(client, db):
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/logout/").status_code == 405


def test_a_new_session_key_at_signing_in_and_at_changing_the_post(client, sign_in, cast, clerk):
    client.get("/login/")
    client.session["visited"] = True
    before = client.session
    before.save()
    sign_in(client, "office_clerk")
    first = client.session.session_key
    assert first != before.session_key
    other = Post.objects.create(user=clerk, organisation=organisation("BZ-SF"), role=Role.OFFICE_CLERK)
    client.post("/role/", {"post": other.pk})
    assert client.session.session_key != first
    assert not client.session.exists(first)
    assert client.get("/role/").wsgi_request.actor == other


def test_the_post_chosen_as_default_is_the_first_one_next_time(client, sign_in, cast, clerk):
    other = Post.objects.create(user=clerk, organisation=organisation("BZ-SF"), role=Role.OFFICE_CLERK)
    sign_in(client, "office_clerk")
    client.post("/role/", {"post": other.pk, "default": "on"})
    again = Client()
    sign_in(again, "office_clerk")
    assert again.get("/role/").wsgi_request.actor == other


def test_the_post_of_somebody_else_cannot_be_chosen(client_of, cast):
    client = client_of(cast.office_clerk)
    answer = client.post("/role/", {"post": cast.post.system_admin.pk})
    assert answer["Location"] == "/role/"
    assert client.get("/role/").wsgi_request.actor == cast.post.office_clerk


@pytest.mark.parametrize(
    ("part", "limit"),
    [("office_clerk", 30), ("clerk", 30), ("system_admin", 15), ("security_admin", 15), ("audit_admin", 15)],
)
def test_an_idle_session_ends(time, client_of, cast, part, limit):
    client = client_of(getattr(cast, part))
    assert is_signed_in(client)
    time.shift(minutes(limit - 1, 59))
    assert is_signed_in(client)
    time.shift(minutes(limit, 1))
    assert not is_signed_in(client)


def test_a_session_idles_from_signing_in_on_even_before_its_first_page(time, client, sign_in, clerk):
    sign_in(client, "office_clerk")
    time.shift(minutes(30, 1))
    assert not is_signed_in(client)


def test_a_session_ends_after_twelve_hours_of_work(time, client_of, cast):
    client = client_of(cast.office_clerk)
    for _ in range(12 * 3):
        assert is_signed_in(client)
        time.shift(minutes(20))
    assert not is_signed_in(client)


def test_a_part_of_a_page_gets_401_when_the_session_has_ended(time, client_of, cast):
    client = client_of(cast.office_clerk)
    assert is_signed_in(client)
    time.shift(minutes(31))
    answer = client.get("/role/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "Location" not in answer


def test_an_account_that_is_switched_off_is_out_at_its_next_request(client_of, cast):
    client = client_of(cast.office_clerk)
    assert is_signed_in(client)
    User.objects.filter(pk=cast.office_clerk.pk).update(is_active=False)
    assert client.get("/role/")["Location"] == "/login/?next=/role/"


def test_a_post_that_ended_gives_no_right_at_the_next_request(client_of, cast):
    client = client_of(cast.system_admin)
    assert client.get("/sys/accounts/").status_code == 200
    Post.objects.filter(user=cast.system_admin).update(valid_to=now().date() - timedelta(days=1))
    assert client.get("/sys/accounts/").status_code == 403


def test_with_a_first_password_only_the_change_of_password_is_open(client_of, clerk):
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    client = client_of(clerk)
    for path in ("/", "/role/", "/sys/accounts/"):
        assert client.get(path)["Location"] == "/password/"
    assert client.get("/password/").status_code == 200
    changed = {"old_password": GOOD, "new_password1": CHANGED, "new_password2": CHANGED}
    assert client.post("/password/", changed)["Location"] == "/"
    assert is_signed_in(client)


def test_a_password_lasts_ninety_days(time, client_of, clerk):
    User.objects.filter(pk=clerk.pk).update(password_changed_at=NINE)
    time.shift(timedelta(days=90))
    assert is_signed_in(client_of(clerk))
    time.shift(timedelta(seconds=1))
    assert client_of(clerk).get("/role/")["Location"] == "/password/"


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client_of, clerk):
    here, elsewhere = client_of(clerk), client_of(clerk)
    key = here.session.session_key
    here.post("/password/", {"old_password": GOOD, "new_password1": CHANGED, "new_password2": CHANGED})
    assert is_signed_in(here)
    assert here.session.session_key != key
    assert not is_signed_in(elsewhere)
    assert AuditEntry.objects.get().verb == "password.change"


@pytest.mark.parametrize(
    ("old", "new", "again", "message"),
    [
        ("wrong", CHANGED, CHANGED, "当前密码不正确，请重新填写。"),
        (GOOD, CHANGED, CHANGED + "x", "两次填写的新密码不一致，请重新填写。"),
        (GOOD, GOOD, GOOD, "请换一个最近 5 次没有用过的密码。"),
        (GOOD, "", "", "请填写新密码。"),
    ],
)
def test_a_change_of_password_is_refused_with_words(client_of, clerk, old, new, again, message):
    answer = client_of(clerk).post(
        "/password/", {"old_password": old, "new_password1": new, "new_password2": again}
    )
    assert answer.status_code == 422
    assert message in answer.content.decode()
    clerk.refresh_from_db()
    assert clerk.check_password(GOOD)


def test_pages_of_a_signed_in_person_are_kept_nowhere(client_of, cast):
    assert "no-store" in client_of(cast.office_clerk).get("/role/")["Cache-Control"]


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page_and_says_so(clerk, sign_in, client):
    page = "/deadlines/?band=overdue"
    refused = client.post("/court/uploads/1/redo/", HTTP_REFERER=f"http://testserver{page}")
    assert refused.status_code == 302
    assert parse_qs(urlsplit(refused["Location"]).query) == {"next": [page]}
    back = client.post("/login/", {"username": clerk.username, "password": GOOD, "next": page}, follow=True)
    assert back.redirect_chain[0][0] == page
    assert "刚才按的没有保存，请再按一次" in back.content.decode()
    assert "请再按一次" not in client.get(page).content.decode()


@pytest.mark.parametrize("referer", [None, "http://elsewhere.example/page", "nonsense"])
def test_without_a_page_of_this_site_one_comes_to_the_first_page(client, db, referer):
    headers = {"HTTP_REFERER": referer} if referer else {}
    refused = client.post("/court/uploads/1/redo/", **headers)
    assert parse_qs(urlsplit(refused["Location"]).query) == {"next": ["/"]}
