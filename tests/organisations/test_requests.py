import pytest
from django.test import RequestFactory

from organisations.api import issue_token
from organisations.middleware import idle_limit
from organisations.models import User
from organisations.requests import author_of, client_address
from tests.factories import MOMENT

PROXY, BROWSER, FORGED = "10.0.0.1", "172.16.5.9", "8.8.8.8"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, FORGED, PROXY),
        (1, BROWSER, BROWSER),
        (1, f"{FORGED}, {BROWSER}", BROWSER),
        (2, f"{FORGED}, {BROWSER}, 10.0.0.2", BROWSER),
        (2, BROWSER, PROXY),
        (1, "", PROXY),
        (1, "not an address", PROXY),
        (1, f"{BROWSER}\r\nX: y", PROXY),
        (1, "2001:db8::9", "2001:db8::9"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxy_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
    assert author_of(request).address == address


def test_behind_a_proxy_the_lock_is_for_the_browser_not_for_the_proxy(settings, client, clerk):
    settings.TRUSTED_PROXIES = 1

    def sign_in(password, forwarded):
        told = {"username": "office_clerk", "password": password}
        return client.post(
            "/login/", told, REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": forwarded}
        ).status_code

    assert [sign_in("wrong", BROWSER) for _ in range(5)][-1] == 429
    assert sign_in("Hedong-1998-Binzhou", f"{FORGED}, {BROWSER}") == 429
    assert sign_in("Hedong-1998-Binzhou", "172.16.5.10") == 302


def test_an_author_without_a_request_of_a_person_is_the_system():
    author = author_of(RequestFactory().get("/"))
    assert (author.name, author.user, author.organisation) == ("系统", None, None)


def test_a_person_without_a_post_is_named_all_the_same(client_of, cast):
    request = client_of(cast.without_post).get("/role/").wsgi_request
    assert (author_of(request).name, author_of(request).post) == ("秦某", None)


def test_administrators_idle_half_as_long_as_others(settings):
    assert idle_limit("audit_admin") * 2 == idle_limit("office_clerk") == settings.SESSION_IDLE


def test_a_token_is_kept_as_a_hash_only(cast):
    key = issue_token(cast.post.office_clerk, label="统计系统", at=MOMENT)
    token = cast.post.office_clerk.tokens.get()
    assert key not in str(vars(token))
    assert len(token.digest) == 64


def test_the_api_knows_a_token_until_it_is_revoked_or_its_account_is_switched_off(client, cast):
    def status(key):
        return client.get("/api/v1/cases/", headers={"Authorization": f"Token {key}"}).status_code

    first = issue_token(cast.post.office_clerk, label="统计系统", at=MOMENT)
    second = issue_token(cast.post.office_clerk, label="备用", at=MOMENT)
    assert (status(first), status(second), status("wrong"), status("two words")) == (200, 200, 401, 401)
    cast.post.office_clerk.tokens.get(label="统计系统").revoke(at=MOMENT)
    assert (status(first), status(second)) == (401, 200)
    User.objects.filter(pk=cast.office_clerk.pk).update(is_active=False)
    assert status(second) == 401
