"""The pages of notifications: the clerk's month, one upload, its repairs, the office's view."""
