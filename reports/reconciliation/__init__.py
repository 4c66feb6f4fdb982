"""数据核对: what a ruling does to the figures, and the month as it stands compared."""
