"""The scene of tests/cases/reconciliation with proof of everything, and who looks at it."""

from datetime import datetime

import pytest
from django.utils.timezone import make_aware

from organisations.authors import Author
from organisations.models import Region
from tests.cases.reconciliation.conftest import Scene, office  # noqa: F401 - a fixture
from tests.cases.reconciliation.test_deciding import seeded as seeded_fact
from tests.factories import CaseFactory, HearingFactory, LaneFactory, organisation


@pytest.fixture
def scene(cast, law, today, files_dir):
    return Scene(cast, law)


@pytest.fixture
def seeded(scene):
    """An open discrepancy of that fact, beside another agency's case that nobody disputes."""

    def seed(fact):
        other = LaneFactory(case=CaseFactory(), organisation=organisation("371602-SC"))
        HearingFactory(case=other.case, day=scene.hearing.day, state="held")
        return seeded_fact(scene, fact)

    return seed


@pytest.fixture
def county(reference):
    return Region.objects.get(code="371602")


@pytest.fixture
def city_office(cast):
    return Author(make_aware(datetime(2026, 10, 15, 10, 0)), cast.post.city_office_clerk)
