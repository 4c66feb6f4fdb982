"""Names of agencies for those who are typing one."""

import pytest

pytestmark = pytest.mark.usefixtures("cast", "today")
URL = "/agencies/names/"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("滨城区自然", "滨州市滨城区自然资源局"),
        ("博兴县医保", "博兴县医疗保障局"),
        ("惠民县公安", "惠民县公安局"),
    ],
)
def test_part_of_any_name_brings_the_name_in_full(client_of, cast, typed, name):
    shown = client_of(cast.clerk).get(URL, {"whatever": typed}).content.decode()
    assert f'<option value="{name}">' in shown


def test_courts_are_no_agencies_and_nothing_typed_is_nothing_named(client_of, cast):
    client = client_of(cast.office_clerk)
    assert "法院" not in client.get(URL, {"agency": "人民法院"}).content.decode()
    assert "<option" not in client.get(URL).content.decode()


def test_a_list_stays_short(client_of, cast):
    assert client_of(cast.clerk).get(URL, {"agency": "局"}).content.decode().count("<option") == 12
