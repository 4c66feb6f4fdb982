"""Pages of the months: the clerk's own, and the office's view."""
