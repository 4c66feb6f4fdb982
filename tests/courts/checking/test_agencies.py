"""Which agency a clerk's words mean: never a guess that the clerk does not see."""

from datetime import date

import pytest

from courts.checking.agencies import AgencyDirectory
from organisations.models import CourtCode

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 12)


@pytest.fixture
def meant(reference):
    def find(court, name):
        directory = AgencyDirectory(CourtCode.objects.get(code=court).court)
        found = directory.find(name, on=ON)
        if found.agency:
            return directory.organisations[found.agency].code
        return "several" if found.several else "unknown"

    return find


@pytest.mark.parametrize(
    ("court", "name", "code"),
    [
        ("鲁1602", "滨州市滨城区自然资源局", "371602-ZRZY"),
        ("鲁1602", "山东省滨州市滨城区自然资源局", "371602-ZRZY"),
        ("鲁1602", "区政府", "371602-GOV"),
        ("鲁1622", "县政府", "371622-GOV"),
        ("鲁16", "市政府", "BZ-GOV"),
        ("鲁1602", "市政府", "BZ-GOV"),
        ("鲁1681", "邹平县人民政府", "371681-GOV"),  # before the county became a city
        # 县 and 区 are no words for the region of a court that is neither
        ("鲁1602", "县政府", "unknown"),
        ("鲁1602", "县公安局", "unknown"),
        ("鲁16", "区政府", "unknown"),
        ("鲁16", "县自然资源和规划局", "unknown"),
        # in a county-level city its own government or the one above
        ("鲁1681", "市政府", "several"),
        # a bare name fits the county's bureau and the city's
        ("鲁1602", "人社局", "several"),
        ("鲁1602", "公安局", "several"),
        ("鲁1602", "不存在的机关", "unknown"),
    ],
)
def test_the_words_mean_this_agency(meant, court, name, code):
    assert meant(court, name) == code
