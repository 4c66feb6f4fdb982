"""放假安排 as an administrator enters it."""
