"""Which agencies and courts a post sees: as a filter, and the same for one agency at hand."""

import pytest

from organisations.access import agency_q, court_q, sees_agency
from organisations.models import Organisation, Post
from organisations.roles import Role

COURTS = ["鲁16", "鲁1602", "鲁1625"]
CITY, COUNTY = ["371602-SC", "371602-ZRZY", "371625-ZRZY", "BZ-ZRZY"], ["371602-SC", "371602-ZRZY"]
# The part: the agencies and the courts it sees.
SEEN = {
    "liaison": (["371602-ZRZY"], []),
    "agency_head": (["371602-ZRZY"], []),
    "foreign_liaison": (["371625-ZRZY"], []),
    "office_clerk": (COUNTY, ["鲁1602"]),
    "foreign_office_head": (["371625-ZRZY"], ["鲁1625"]),
    "city_office_clerk": (CITY, COURTS),
    "supervision": (CITY, COURTS),
    "clerk": ([], ["鲁1602"]),
    "city_clerk": ([], ["鲁16"]),
    "system_admin": ([], []),
}


@pytest.fixture
def someone_everywhere(cast):
    """A post in each of the organisations, as something that has an organisation."""
    for row in Organisation.objects.filter(code__in=[*CITY, *COURTS]):
        Post.objects.create(user=cast.without_post, organisation=row, role=Role.AGENCY_LIAISON)
    return cast


def seen(condition, among):
    found = Post.objects.filter(condition, organisation__code__in=among)
    return sorted(found.order_by().values_list("organisation__code", flat=True).distinct())


@pytest.mark.parametrize("part", SEEN)
def test_a_post_sees_its_own_agency_or_those_of_its_region(someone_everywhere, part):
    post = getattr(someone_everywhere.post, part)
    agencies = Organisation.objects.filter(code__in=CITY).select_related("region")
    assert seen(agency_q(post, "organisation"), CITY) == SEEN[part][0]
    assert sorted(agency.code for agency in agencies if sees_agency(post, agency)) == SEEN[part][0]


@pytest.mark.parametrize("part", SEEN)
def test_a_post_sees_its_own_court_or_those_of_its_region(someone_everywhere, part):
    assert seen(court_q(getattr(someone_everywhere.post, part), "organisation"), COURTS) == SEEN[part][1]


def test_an_agency_sees_what_was_that_of_one_it_follows(someone_everywhere):
    former = Organisation.objects.get(code="371602-SC")
    former.successor = Organisation.objects.get(code="371602-ZRZY")
    former.save()
    assert sees_agency(someone_everywhere.post.liaison, former)
    assert seen(agency_q(someone_everywhere.post.liaison, "organisation"), CITY) == COUNTY


def test_who_has_no_post_sees_nothing(someone_everywhere):
    agency = Organisation.objects.get(code="371602-ZRZY")
    assert sees_agency(None, agency) is False
    assert seen(agency_q(None, "organisation") | court_q(None, "organisation"), [*CITY, "鲁1602"]) == []
