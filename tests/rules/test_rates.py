import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.rates import format_rate, points_change


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed"),
    [
        (39, 41, "95.1"), (3, 4, "75.0"), (0, 7, "0.0"), (7, 7, "100.0"),
        (2499, 2500, "99.9"), (9996, 10000, "99.9"),
        (1, 2500, "0.0"), (1, 2000, "0.1"), (1, 8, "12.5"), (123, 137, "89.8"),
        (82, 95, "86.3"), (33, 536, "6.2"),
    ],
)  # fmt: skip
def test_a_rate_is_printed_with_one_decimal_half_up(numerator, denominator, printed):
    assert format_rate(numerator, denominator) == printed


def test_bulletins_may_print_two_decimals():
    assert [format_rate(*pair, decimals=2) for pair in ((123, 137), (82, 95), (99999, 100000))] == [
        "89.78", "86.32", "99.99",
    ]  # fmt: skip


def test_no_denominator_no_rate():
    assert format_rate(0, 0) is None


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 4), (1, 0)])
def test_a_numerator_outside_its_denominator_is_a_mistake(numerator, denominator):
    with pytest.raises(ValueError, match="no part of"):
        format_rate(numerator, denominator)


@given(st.integers(1, 10**6).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))))
def test_all_means_all(pair):
    numerator, denominator = pair
    assert (format_rate(numerator, denominator) == "100.0") == (numerator == denominator)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ("95.1", "94.7", "0.4"),
        ("60.0", "61.5", "-1.5"),
        ("80.0", "80.0", "0.0"),
        (None, "80.0", None),
        ("80.0", None, None),
    ],
)
def test_a_change_is_the_difference_of_the_printed_rates(now, before, change):
    assert points_change(now, before) == change
