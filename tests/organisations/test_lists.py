import pytest

from organisations import audit
from organisations.models import Post, User
from organisations.roles import Role
from tests.factories import organisation
from tests.queries import assert_constant_queries


@pytest.fixture
def more_people(cast, author_in):
    """Twenty accounts with a post and an audit entry each."""

    def grow():
        for number in range(20):
            user = User.objects.create_user(f"more{number:02}", name=f"张{number}")
            Post.objects.create(user=user, organisation=organisation("371602-SC"), role=Role.AGENCY_LIAISON)
            audit.record(
                author_in(cast.post.security_admin), "post.give", f"授予 more{number:02}", about=user
            )

    return grow


@pytest.mark.parametrize(
    ("part", "url"),
    [("system_admin", "/sys/accounts/"), ("security_admin", "/sec/grants/"), ("audit_admin", "/audit/")],
)
def test_a_longer_list_takes_no_more_queries(client_of, cast, author_in, more_people, part, url):
    audit.record(author_in(), "test", "第一件")
    assert_constant_queries(client_of(getattr(cast, part)), url, more_people)


@pytest.mark.parametrize(
    ("part", "url"), [("system_admin", "/sys/accounts/"), ("security_admin", "/sec/grants/")]
)
def test_a_list_is_searched_by_account_and_by_name(client_of, cast, more_people, part, url):
    more_people()
    page = client_of(getattr(cast, part)).get(url, {"q": "more07"}).content.decode()
    assert "张7" in page
    assert "张8" not in page
    assert "张7" in client_of(getattr(cast, part)).get(url, {"q": "张7"}).content.decode()


def test_a_page_of_a_search_leads_to_the_next_page_of_the_same_search(client_of, cast):
    for number in range(60):
        User.objects.create_user(f"more{number:02}", name="张三")
    page = client_of(cast.system_admin).get("/sys/accounts/", {"q": "张三"}).content.decode()
    assert "q=%E5%BC%A0%E4%B8%89&amp;page=2" in page
