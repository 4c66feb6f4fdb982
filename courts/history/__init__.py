"""历史台账: the old ledgers of 2018 to 2025, taken in as facts and figures that start no duty."""
