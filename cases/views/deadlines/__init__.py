"""Pages about one deadline."""
