import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hashers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from organisations.accounts import change_password, first_password
from organisations.models import User

GOOD_ONES = [
    "Hedong-1998-Binzhou",
    "abcdEFGH12",
    "abcdefg-12",
    "ABCDEFG-12",
    "abcdEFGH--",
    "黄河入海流 Aa1 滨州",
    "this is a very long phrase of words",
    "黄河三角洲的秋天来得比往年更早一些而且风很大",
    "Ab1" * 40,
]
BAD_ONES = {
    "short": "Ab1-xyz",
    "nine characters": "abcdEFG12",
    "small letters and digits only": "abcdefgh1234",
    "capitals and digits only": "ABCDEFGH1234",
    "letters only": "abcdEFGHijkl",
    "digits and signs only": "1234-5678-90",
    "a known password": "Password123",
    "a common one with a capital": "1Qaz2wsx3edc4rfv",
    "the account name": "Zhangjianguo1",
    "like the account name": "1Zhangjianguo",
    "the mail address": "Zjg-Post@example",
    "the phone number": "A-0543-3612345",
    "digits alone": "8642097531864",
    "blank": "          ",
    "empty": "",
}


def somebody():
    return User(username="zhangjianguo", name="张建国", email="zjg-post@example.gov.cn", phone="0543-3612345")


@pytest.mark.parametrize("password", GOOD_ONES)
def test_the_policy_accepts(password):
    validate_password(password, somebody())


@pytest.mark.parametrize("password", BAD_ONES.values(), ids=BAD_ONES)
def test_the_policy_refuses(password):
    with pytest.raises(ValidationError):
        validate_password(password, somebody())


def test_a_first_password_keeps_the_policy_and_is_never_the_same():
    made = [first_password() for _ in range(200)]
    for password in made:
        validate_password(password, somebody())
    assert len(set(made)) == 200
    assert not set("".join(made)) & set("lIoO01")


def test_the_present_and_the_four_passwords_before_it_are_refused_the_fifth_may_come_back(cast, author_in):
    user = cast.office_clerk
    for number in range(1, 7):
        change_password(user, f"Hedong-{number}-Binzhou", author=author_in(cast.post.office_clerk))
    for number in (2, 3, 4, 5, 6):
        with pytest.raises(ValidationError, match="最近 5 次"):
            validate_password(f"Hedong-{number}-Binzhou", user)
    validate_password("Hedong-1-Binzhou", user)


def test_passwords_are_hashed_with_argon2id():
    get_hashers.cache_clear()
    with override_settings(PASSWORD_HASHERS=settings.PASSWORD_HASHERS[1:]):
        user = User()
        user.set_password("Hedong-1998-Binzhou")
    assert user.password.startswith("argon2$argon2id$")
