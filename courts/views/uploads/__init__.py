"""Pages of one upload."""
