"""Three months of a few disputes, day by day, against the oracle; `make year` plays whole years."""

import ast
from pathlib import Path

import pytest

from tests.year.play import Player
from tests.year.scene import Scene
from tests.year.world import make_world
from tests.year.year import Year

HERE = Path(__file__).parent
# What stands on the other side: the world and the oracle, which know nothing of the product.
INDEPENDENT = (
    "events", "calendar", "mailing", "suits", "conduct", "world", "record", "notified", "effects", "duties",
    "urging", "acts", "oracle", "figures", "ranks", "regular", "work", "people",
)  # fmt: skip
STANDARD = {
    "ast", "collections", "dataclasses", "datetime", "decimal", "random", "re", "typing", "tests",
}  # fmt: skip


@pytest.mark.usefixtures("reference", "files_dir")
@pytest.mark.parametrize("seed", [7])
def test_three_months_are_as_the_rules_say(seed):
    differences = Year(make_world(seed, cases=8, months=3), Player(Scene())).live()
    assert not differences, "\n".join(differences)


@pytest.mark.parametrize("name", INDEPENDENT)
def test_world_and_oracle_import_nothing_of_the_product(name):
    for node in ast.walk(ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))):
        imported = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in imported:
            first, *rest = module.split(".")
            assert first in STANDARD, module
            assert first != "tests" or (rest[:1] == ["year"] and rest[1] in INDEPENDENT), module


def test_the_same_seed_is_the_same_year():
    one, two = (make_world(3, cases=5, months=4) for _ in range(2))
    assert one.events == two.events
