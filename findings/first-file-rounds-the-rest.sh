#!/usr/bin/env bash
# A rate changes in the fourth decimal place because of another file in the folder.
#
# Versions: duckdb 2.0.1, pyarrow 26.0.1, polars 2.1.0
# Guess: over several Parquet files DuckDB takes a decimal type that holds all of them, or refuses, as the other readers do.
# Behaviour: without a declared schema pyarrow gives each file the narrowest type that its own values need. DuckDB then
# reads all files in the type of the first one and rounds the others in silence; union_by_name=true keeps them whole.
# pyarrow and polars raise on the same folder.
#
# Output:
#   2026-08: 0.334 written as decimal128(3, 3)
#   2026-09: 0.3335 written as decimal128(4, 4)
#   duckdb:               ['0.334', '0.334']
#   duckdb union_by_name: ['0.3340', '0.3335']
#   pyarrow: ArrowInvalid
#   polars: SchemaError
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check duckdb==2.0.1 pyarrow==26.0.1 polars==2.1.0

venv/bin/python - <<'PYTHON'
from decimal import Decimal

import duckdb
import polars
import pyarrow
import pyarrow.dataset
import pyarrow.parquet

for month, rate in (("2026-08", "0.334"), ("2026-09", "0.3335")):
    table = pyarrow.table({"出庭率": [Decimal(rate)]})
    pyarrow.parquet.write_table(table, f"{month}.parquet")
    print(f"{month}: {rate} written as {table.schema.field('出庭率').type}")

plain = duckdb.sql("SELECT 出庭率 FROM '2026-*.parquet' ORDER BY filename").fetchall()
union = duckdb.sql(
    "SELECT 出庭率 FROM read_parquet('2026-*.parquet', union_by_name=true) ORDER BY filename"
).fetchall()
print("duckdb:              ", [str(rate) for (rate,) in plain])
print("duckdb union_by_name:", [str(rate) for (rate,) in union])
assert plain == [(Decimal("0.334"),), (Decimal("0.334"),)]
assert union == [(Decimal("0.334"),), (Decimal("0.3335"),)]

READERS = {
    "pyarrow": lambda: pyarrow.dataset.dataset(["2026-08.parquet", "2026-09.parquet"]).to_table(),
    "polars": lambda: polars.read_parquet("2026-*.parquet"),
}
for name, read in READERS.items():
    try:
        read()
    except (pyarrow.ArrowInvalid, polars.exceptions.SchemaError) as error:
        print(f"{name}: {type(error).__name__}")
    else:
        raise SystemExit(f"{name} reads the folder now")
PYTHON
