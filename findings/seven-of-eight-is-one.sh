#!/usr/bin/env bash
# An appearance rate of 7 in 8 is 1, and 3 in 8 is 0, once the counts are Decimals.
#
# Versions: polars 2.1.0
# Guess: a quotient of two Decimal columns has more decimal places than the columns, as in SQL and in Python's decimal.
# Behaviour: the result keeps the scale of the dividend. Counts that come as Decimal(n, 0), which is what a database gives
# for NUMERIC sums, divide to whole numbers, rounded. The same counts as integers divide to 0.875.
#
# Output:
#   integers: ['0.875', '0.375'] as Float64
#   Decimal(18, 0): ['1', '0'] as Decimal(precision=38, scale=0)
#   Decimal(18, 2): ['0.88', '0.38'] as Decimal(precision=38, scale=2)
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0

venv/bin/python - <<'PYTHON'
from decimal import Decimal

import polars as pl

counts = {"区县": ["滨城区", "惠民县"], "出庭": [7, 3], "应出庭": [8, 8]}
rate = (pl.col("出庭") / pl.col("应出庭")).alias("rate")


def rates(scale: int | None) -> pl.Series:
    frame = pl.DataFrame(counts)
    if scale is not None:
        frame = frame.with_columns(pl.col("出庭", "应出庭").cast(pl.Decimal(18, scale)))
    return frame.select(rate)["rate"]


for label, found in {"integers": rates(None), "Decimal(18, 0)": rates(0), "Decimal(18, 2)": rates(2)}.items():
    print(f"{label}: {[str(each) for each in found]} as {found.dtype}")
assert rates(None).to_list() == [0.875, 0.375]
assert rates(0).to_list() == [Decimal(1), Decimal(0)]
assert rates(2).to_list() == [Decimal("0.88"), Decimal("0.38")]
PYTHON
