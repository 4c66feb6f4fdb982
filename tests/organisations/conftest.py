"""People with passwords, and the way they sign in."""

import pytest

from organisations.authors import Author
from tests.factories import MOMENT

GOOD = "Hedong-1998-Binzhou"


@pytest.fixture(autouse=True)
def quick_hashing(settings):
    """Real hashes, made quickly: one test of its own looks at the hasher of the settings."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]


@pytest.fixture
def clerk(cast):
    """李经办 of 滨城区司法局, with a password."""
    cast.office_clerk.set_password(GOOD)
    cast.office_clerk.save()
    return cast.office_clerk


@pytest.fixture
def sign_in():
    """Send the sign-in form, from an address."""

    def send(client, username, password=GOOD, address="10.1.1.1"):
        return client.post("/login/", {"username": username, "password": password}, REMOTE_ADDR=address)

    return send


@pytest.fixture
def author_in():
    """The author who acts in a post, in the morning of 2026-10-15."""

    def author(post=None):
        return Author(at=MOMENT, post=post, address="10.1.1.1")

    return author
