import json
from datetime import date

import pytest
from django.core.management import call_command

from cases.models import Case
from organisations.models import CourtCode, Organisation, OrganisationAlias, Region
from tests.factories import LaneFactory, organisation

pytestmark = pytest.mark.usefixtures("reference")


def loaded(capsys, *arguments):
    call_command("load_reference_data", "--json", *arguments)
    return json.loads(capsys.readouterr().out)


def test_a_second_run_changes_nothing(capsys):
    assert loaded(capsys)["changes"] == 0


def test_what_people_changed_and_added_stays(capsys):
    """A renamed unit once got its old name back at the next start."""
    Organisation.objects.filter(code="371602-SF").update(short_name="别的")
    OrganisationAlias.objects.create(organisation=organisation("371602-SF"), name="滨城司法", kind="variant")
    assert loaded(capsys)["changes"] == 0
    assert organisation("371602-SF").short_name == "别的"
    assert OrganisationAlias.objects.filter(name="滨城司法").exists()


def test_what_a_newer_table_says_is_taken_over_but_for_what_people_changed(capsys):
    office = organisation("371602-SF")
    office.shipped |= {"phone": "", "note": "旧注", "short_name": "旧简称"}
    office.note, office.short_name = "旧注", "自己定的简称"
    office.save()
    assert loaded(capsys)["changes"] == 1
    fresh = organisation("371602-SF")
    assert (fresh.note, fresh.short_name) == ("", "自己定的简称")
    assert loaded(capsys)["changes"] == 0


def test_a_dry_run_writes_nothing(capsys):
    OrganisationAlias.objects.filter(name="沾化县下洼镇人民政府").delete()
    assert loaded(capsys, "--dry-run")["changes"] == 1
    assert not OrganisationAlias.objects.filter(name="沾化县下洼镇人民政府").exists()


def test_the_city_has_seven_counties_three_zones_and_a_court_for_each_code():
    kinds = Region.objects.filter(parent="371600").values_list("kind", flat=True)
    assert (list(kinds).count("county"), list(kinds).count("zone")) == (7, 3)
    assert CourtCode.objects.get(code="鲁1624").court.code == "鲁1603"
    assert CourtCode.objects.get(code="鲁1602").court.name == "滨州市滨城区人民法院"


@pytest.mark.parametrize(
    ("former", "successor"),
    [("BZ-GT", "BZ-ZRZY"), ("BZ-GH", "BZ-ZRZY"), ("BZ-GS", "BZ-SC"), ("BZ-FZB", "BZ-SF")],
)
def test_an_abolished_agency_leads_to_its_successor(former, successor):
    old = organisation(former)
    assert old.successor.code == successor
    assert old.existed(on=date(2018, 12, 31))
    assert not old.existed(on=date(2019, 1, 1))
    assert not Organisation.objects.existing(on=date(2026, 10, 15)).filter(pk=old.pk).exists()


def test_the_liaison_of_the_successor_sees_what_concerned_the_abolished_agency(cast):
    cast.post.liaison.organisation = organisation("BZ-ZRZY")
    of_land_office = LaneFactory(organisation=organisation("BZ-GT")).case
    LaneFactory(organisation=organisation("BZ-GS"))
    assert list(Case.objects.visible_to(cast.post.liaison)) == [of_land_office]


def test_a_former_name_is_an_alias_with_the_days_of_its_use():
    alias = OrganisationAlias.objects.get(name="沾化县下洼镇人民政府")
    assert (alias.organisation.code, alias.kind, alias.valid_to) == (
        "371603-XIAWA",
        "former",
        date(2014, 9, 11),
    )
