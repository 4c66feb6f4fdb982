"""Three months of a few disputes, day by day, against the oracle; `make year` plays whole years."""

import pytest

from tests.year.play import Player
from tests.year.scene import Scene
from tests.year.world import make_world
from tests.year.year import Year

pytestmark = pytest.mark.usefixtures("reference", "files_dir")


def test_three_months_are_as_the_rules_say():
    year = Year(make_world(7, cases=8, months=3), Player(Scene()))
    differences = year.live()
    assert not differences, "\n".join(differences)
