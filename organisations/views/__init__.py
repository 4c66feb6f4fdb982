"""Pages of signing in, of the three administrators, and of one's own contact."""
