"""Pages of 代录."""
