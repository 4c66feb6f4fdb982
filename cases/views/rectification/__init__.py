"""Pages of 整改."""
