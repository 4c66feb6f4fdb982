"""A court that sends workbooks."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from courts.notifications.confirmation import confirm
from courts.uploads.planning import month_of, plan_upload
from organisations.authors import Author
from organisations.models import CourtCode, Organisation, OrganisationAlias
from tests.courts.court_sheets import as_bytes

BINZHOU = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world(reference, files_dir, law):
    """The courts and agencies of the examples; 执法大队 is a name that two of them share."""
    codes = {"police": "371602-GA", "government": "371602-GOV", "city": "BZ-GOV"}
    world = SimpleNamespace(**{name: Organisation.objects.get(code=code) for name, code in codes.items()})
    world.law = law
    world.court = CourtCode.objects.get(code="鲁1602").court
    world.appeal_court = CourtCode.objects.get(code="鲁16").court
    for agency in (world.police, world.government):
        OrganisationAlias.objects.create(organisation=agency, name="执法大队", kind="short")
    return world


@pytest.fixture
def send(world):
    """Plan a workbook as the clerk of a court would; `send.apply` also confirms it."""

    def plan(
        book,
        *,
        month="2026-10",
        court=None,
        kind="auto",
        on="2026-10-05",
        is_addition=False,
        name="通报.xlsx",
    ):
        return plan_upload(
            book if isinstance(book, bytes) else as_bytes(book),
            name=name,
            court=court or world.court,
            month=month_of(month),
            kind=kind,
            is_addition=is_addition,
            author=Author(at(on)),
            law=world.law,
        )

    def at(day):
        return datetime.fromisoformat(f"{day} 09:00").replace(tzinfo=BINZHOU)

    def apply(book, **how):
        upload = plan(book, **how)
        return confirm(upload, author=Author(upload.uploaded_at), law=world.law)

    plan.apply, plan.at = apply, at
    return plan
