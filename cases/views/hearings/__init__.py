"""Pages about heads and hearings."""
