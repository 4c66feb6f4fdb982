"""指标: sets of cases, counted last."""
