"""What screens and papers print finds the case, however it is typed, in search, list, board and suggestions alike."""

from datetime import date

import pytest

from cases.record.form_fields import organisation_named
from organisations.models import Organisation, OrganisationAlias
from rules.case_numbers import parse_case_number
from tests.factories import (
    BulletinFactory,
    CaseFactory,
    DeadlineFactory,
    LaneFactory,
    PaperFactory,
    UploadFactory,
    organisation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_dir", "today")]
NUMBER = "（2026）鲁1602行初76号"


@pytest.fixture
def case(reference):
    """One case against the construction bureau of 滨城区; another, with a longer number, against another bureau."""
    found = CaseFactory(number=NUMBER, key=parse_case_number(NUMBER).first.key, serial=76)
    LaneFactory(case=found, organisation=organisation("371602-ZJ"))
    other = CaseFactory(number="（2026）鲁1602行初1760号", serial=1760)
    LaneFactory(case=other, organisation=organisation("371602-SC"))
    return found


NAMES = [
    "住建局",
    "滨城区住建局",
    "滨州市滨城区住房和城乡建设局",
    "山东省滨州市滨城区住房和城乡建设局",
    "住房和 城乡建设",
    "建设",
]
NUMBERS = [
    NUMBER,
    "(2026)鲁1602行初76号",
    "〔2026〕鲁1602行初76号",
    "【2026】鲁１６０２行初７６号",
    "《2026》鲁1602行初76号",
    "2026鲁1602行初76号",
    "鲁1602行初76号",
    "行初76号",
    "第76号",
    "76号",
    "76",
    "７６",
]


@pytest.mark.parametrize("words", NAMES + NUMBERS)
def test_a_case_is_found_by_names_and_numbers_in_any_writing(case, cast, client_of, words):
    office = client_of(cast.office_clerk)
    for page in ("/search/", "/cases/"):
        text = office.get(page, {"q": words}).content.decode()
        assert (NUMBER in text, "行初1760号" in text) == (True, False), page


@pytest.mark.parametrize("words", ["住建局", "滨城区住建局", "住房和城乡建设局"])
def test_the_board_knows_units_by_the_same_names(case, cast, client_of, words):
    DeadlineFactory(lane=case.lanes.get(), due_on=date(2026, 10, 20))
    office = client_of(cast.office_clerk)
    assert NUMBER in office.get("/deadlines/", {"agency": words}).content.decode()
    assert NUMBER not in office.get("/deadlines/", {"agency": "市场监管局"}).content.decode()


def test_a_former_name_and_a_name_of_two_characters_find_the_unit(case, cast, client_of):
    OrganisationAlias.objects.create(
        organisation=organisation("371602-ZJ"), name="滨城区建委", kind=OrganisationAlias.Kind.FORMER
    )
    assert NUMBER in client_of(cast.office_clerk).get("/search/", {"q": "建委"}).content.decode()


def test_who_is_not_the_reader_s_to_see_is_not_found(case, cast, client_of):
    assert (
        NUMBER not in client_of(cast.foreign_office_clerk).get("/search/", {"q": "住建局"}).content.decode()
    )


def test_a_name_typed_in_a_form_is_the_unit_however_it_is_written(reference):
    for words in ("滨城区住建局", "滨州市滨城区 住房和城乡建设局", "山东省滨州市滨城区住房和城乡建设局"):
        assert organisation_named(words) == Organisation.objects.get(code="371602-ZJ")


def test_receipts_papers_and_bulletins_are_found_by_their_numbers(case, cast, client_of):
    paper = PaperFactory(lane=case.lanes.get(), submitted_by=cast.post.liaison)
    upload = UploadFactory()
    bulletin = BulletinFactory(
        number="滨司通〔2026〕3号", state="issued", region=cast.post.city_office_clerk.organisation.region
    )
    office = client_of(cast.city_office_clerk)
    for words, url in [
        (paper.number, f"/papers/{paper.pk}/"),
        (upload.number, f"/court/uploads/{upload.pk}/receipt/"),
        (bulletin.number, f"/bulletins/{bulletin.pk}/"),
        ("滨司通(2026)3号", f"/bulletins/{bulletin.pk}/"),
    ]:
        page = office.get("/search/", {"q": words}).content.decode()
        assert f'href="{url}">' in page, words
    assert "没有找到相符的案件和文书" in office.get("/search/", {"q": "滨司通〔2026〕4号"}).content.decode()
