"""The matrix is shaded in four steps; the number stands in the cell all the same."""

import pytest

from supervision.board.board import heat_of


@pytest.mark.parametrize(
    ("count", "shade"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (9, 3), (10, 4), (99, 4)]
)
def test_the_more_there_are_the_darker(count, shade):
    assert heat_of(count) == shade
