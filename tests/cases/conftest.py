"""What the tests of cases share."""

import pytest

from tests.factories import LaneFactory


@pytest.fixture
def lane(cast, today):
    """滨城区自然资源局 as defendant of a case before its district court; nothing has happened yet."""
    return LaneFactory()
