"""代录: an office that enters for 滨城区自然资源局, which cannot."""

from dataclasses import replace
from datetime import date

import pytest

from cases.mandates.opening import MandateDetails, behalf_of, open_mandate
from organisations.files import Attachment
from tests.factories import at

TODAY = date(2026, 10, 15)
DETAILS = MandateDetails("区自然局函〔2026〕12号", "韩科长", date(2026, 10, 14), phone="0543-3210000")
LETTER = Attachment("来函.pdf", b"%PDF-1.4 letter", "application/pdf")
WORDS = (
    "代录：滨城区司法局 李经办代滨城区自然资源局录入，依据区自然局函〔2026〕12号，请求人 韩科长（2026-10-14）"
)


@pytest.fixture
def clerk(cast):
    return cast.post.office_clerk


@pytest.fixture
def opened(lane, clerk, files_dir):
    """Opens a mandate of the clerk in the lane, with other details where they are given."""

    def made(*, on=TODAY, by=None, of=None, **changes):
        return open_mandate(of or lane, replace(DETAILS, **changes), author=at(on, by or clerk))

    return made


@pytest.fixture
def entering(opened, clerk):
    """An author who enters under a mandate, on a day."""

    def author(*, on=TODAY, hour=9, mandate=None, **changes):
        under = mandate or opened(on=on, **changes)
        return replace(at(on, clerk, hour=hour), behalf=behalf_of(under))

    return author
