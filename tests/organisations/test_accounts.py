import re

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from organisations.accounts import create_account, end_account, give_post, take_post
from organisations.models import AuditEntry, Post, User
from organisations.roles import Role
from tests.factories import organisation

PASSWORD = re.compile(r"receipt-number\">([^<]{14})<")


def test_an_account_made_by_the_system_administrator_has_no_right_until_the_security_administrator_gives_one(
    client_of, cast, sign_in
):
    page = client_of(cast.system_admin).post("/sys/accounts/", {"username": "zhao.min", "name": "赵敏行"})
    password = PASSWORD.search(page.content.decode())[1]
    browser = Client()
    assert sign_in(browser, "zhao.min", password).status_code == 302
    assert browser.get("/role/")["Location"] == "/password/"
    assert not Post.objects.filter(user__username="zhao.min").exists()
    granted = client_of(cast.security_admin).post(
        "/sec/grants/", {"user": "zhao.min", "organisation": "滨州市滨城区司法局", "role": "office_clerk"}
    )
    assert granted.status_code == 302
    assert str(Post.objects.get(user__username="zhao.min")) == "滨城区司法局 · 司法局经办"


def test_a_first_password_is_shown_once_and_kept_nowhere(client_of, cast):
    browser = client_of(cast.system_admin)
    page = browser.post(f"/sys/accounts/{cast.liaison.pk}/", {"action": "reset"})
    password = PASSWORD.search(page.content.decode())[1]
    assert page["Cache-Control"] == "no-store"
    assert password not in browser.get("/sys/accounts/").content.decode()
    assert password not in str(browser.cookies) + str(dict(browser.session))
    assert not [e for e in AuditEntry.objects.all() if password in e.summary + str(e.data)]
    cast.liaison.refresh_from_db()
    assert cast.liaison.check_password(password)
    assert cast.liaison.must_change_password


def test_a_reset_ends_the_sessions_of_the_account(client_of, cast):
    browser = client_of(cast.liaison)
    assert browser.get("/role/").status_code == 200
    client_of(cast.system_admin).post(f"/sys/accounts/{cast.liaison.pk}/", {"action": "reset"})
    assert browser.get("/role/").status_code == 302


@pytest.mark.parametrize("part", ["security_admin", "audit_admin", "system_admin"])
def test_the_system_administrator_resets_no_administrator(client_of, cast, part):
    user = getattr(cast, part)
    page = client_of(cast.system_admin).post(f"/sys/accounts/{user.pk}/", {"action": "reset"}, follow=True)
    assert "管理员的密码由运维人员在服务器上重置" in page.content.decode()
    before = user.password
    user.refresh_from_db()
    assert user.password == before


def test_an_account_is_switched_off_and_on_again_with_a_fresh_password(client_of, cast):
    browser = client_of(cast.system_admin)
    browser.post(f"/sys/accounts/{cast.liaison.pk}/", {"action": "end"})
    cast.liaison.refresh_from_db()
    assert not cast.liaison.is_active
    page = browser.post(f"/sys/accounts/{cast.liaison.pk}/", {"action": "resume"})
    cast.liaison.refresh_from_db()
    assert cast.liaison.is_active
    assert cast.liaison.check_password(PASSWORD.search(page.content.decode())[1])
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == [
        "account.end",
        "account.resume",
        "password.reset",
    ]


def test_nobody_switches_off_the_own_account(cast, author_in):
    with pytest.raises(ValidationError, match="本人的账号由另一名系统管理员停用"):
        end_account(cast.system_admin, author=author_in(cast.post.system_admin))


def test_nobody_gives_a_right_to_himself(client_of, cast):
    page = client_of(cast.security_admin).post(
        "/sec/grants/", {"user": "security_admin", "organisation": "滨州市司法局", "role": "office_head"}
    )
    assert page.status_code == 422
    assert "安全管理员不能给本人授权，请由另一名安全管理员办理（三员分立）。" in page.content.decode()
    assert Post.objects.filter(user=cast.security_admin).count() == 1


def test_nobody_gives_a_right_to_an_account_of_the_own_making(cast, author_in):
    made, _ = create_account(username="zhao.min", name="赵敏行", author=author_in(cast.post.security_admin))
    office = organisation("371602-SF")
    with pytest.raises(ValidationError, match="账号由您建立"):
        give_post(
            user=made, organisation=office, role="office_clerk", author=author_in(cast.post.security_admin)
        )
    assert not made.posts.exists()


def test_nobody_takes_away_the_own_post(cast, author_in):
    with pytest.raises(ValidationError, match="另一名安全管理员撤销"):
        take_post(cast.post.security_admin, author=author_in(cast.post.security_admin))


def test_a_post_ends_with_the_day_before_and_can_be_given_again(cast, author_in):
    author = author_in(cast.post.security_admin)
    take_post(cast.post.liaison, author=author)
    assert not Post.objects.active(on=author.on).filter(pk=cast.post.liaison.pk).exists()
    again = give_post(
        user=cast.liaison, organisation=organisation("371602-ZRZY"), role="agency_liaison", author=author
    )
    assert again.pk == cast.post.liaison.pk
    assert Post.objects.active(on=author.on).filter(pk=again.pk).exists()


@pytest.mark.parametrize("first", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
@pytest.mark.parametrize("second", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_database_lets_nobody_be_two_of_the_three_administrators(cast, first, second):
    Post.objects.create(user=cast.without_post, organisation=organisation("BZ-SF"), role=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(user=cast.without_post, organisation=organisation("BZ-GOV"), role=second)


@pytest.mark.parametrize(
    ("part", "role", "message"),
    [
        ("audit_admin", "system_admin", "一人只能担任系统、安全、审计管理员中的一种"),
        ("audit_admin", "office_clerk", "管理员账号与办案账号须分开"),
        ("office_clerk", "audit_admin", "管理员账号与办案账号须分开"),
    ],
)
def test_duties_that_must_be_apart_are_not_combined(client_of, cast, part, role, message):
    page = client_of(cast.security_admin).post(
        "/sec/grants/", {"user": part, "organisation": "滨州市滨城区司法局", "role": role}
    )
    assert page.status_code == 422
    assert message in page.content.decode()
    assert Post.objects.filter(user=getattr(cast, part)).count() == 1


def test_no_post_is_given_for_an_organisation_that_no_longer_exists(cast, author_in):
    with pytest.raises(ValidationError, match="不存在或已撤销"):
        give_post(
            user=cast.without_post,
            organisation=organisation("BZ-GT"),
            role="agency_liaison",
            author=author_in(cast.post.security_admin),
        )


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"username": "office_clerk", "name": "李四"}, "账号 office_clerk 已存在，请换一个。"),
        ({"username": "李四", "name": "李四"}, "账号用 3–50 位字母、数字、点或横线。"),
        ({"username": "lisi", "name": ""}, "请填写姓名。"),
    ],
)
def test_an_account_is_refused_with_words(client_of, cast, told, message):
    before = User.objects.count()
    page = client_of(cast.system_admin).post("/sys/accounts/", told)
    assert page.status_code == 422
    assert message in page.content.decode()
    assert User.objects.count() == before


def test_no_field_of_an_account_can_be_set_besides_those_of_the_form(client_of, cast):
    told = {
        "username": "zhao.min",
        "name": "赵敏行",
        "is_active": "",
        "must_change_password": "",
        "password": "x",
    }
    client_of(cast.system_admin).post("/sys/accounts/", told)
    made = User.objects.get(username="zhao.min")
    assert made.is_active
    assert made.must_change_password
    assert not made.check_password("x")


def test_the_first_administrators_are_made_on_the_server(reference, capsys):
    call_command("administrator", "security_admin", "an.quan", "--name", "安全一")
    post = Post.objects.get(user__username="an.quan")
    assert (post.role, post.organisation.code) == ("security_admin", "BZ-SF")
    assert post.user.must_change_password
    first = re.search(r"初始密码 (\S{14})，", capsys.readouterr().out)[1]
    assert post.user.check_password(first)


def test_the_server_gives_an_administrator_a_fresh_password(cast, capsys):
    call_command("administrator", "audit_admin", "audit_admin")
    fresh = re.search(r"初始密码 (\S{14})，", capsys.readouterr().out)[1]
    cast.audit_admin.refresh_from_db()
    assert cast.audit_admin.check_password(fresh)
    assert Post.objects.filter(user=cast.audit_admin).count() == 1


def test_a_dry_run_on_the_server_makes_nobody(reference):
    call_command("administrator", "audit_admin", "shen.ji", "--name", "审计一", "--dry-run")
    assert not User.objects.exists()


@pytest.mark.parametrize("arguments", [("audit_admin", "office_clerk"), ("audit_admin", "new.one")])
def test_the_server_makes_no_administrator_out_of_another_account_or_without_a_name(cast, arguments):
    with pytest.raises(CommandError) as refused:
        call_command("administrator", *arguments)
    assert refused.value.returncode == 2


def test_the_help_page_tells_how_to_begin_and_what_the_words_mean(client_of, cast):
    page = client_of(cast.liaison).get("/help/").content.decode()
    for word in ("怎么开始", "机关联络员", "术语表", "零通报", "电话"):
        assert word in page


def test_a_new_account_takes_no_words_for_a_telephone(cast, client_of):
    told = {"username": "zhao.min", "name": "赵敏行", "phone": "请打电话"}
    page = client_of(cast.system_admin).post("/sys/accounts/", told)
    assert "电话用数字、空格和横线" in page.content.decode()
    assert not User.objects.filter(username="zhao.min").exists()
