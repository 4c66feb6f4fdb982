"""Pages about the court's papers."""
