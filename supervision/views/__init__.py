"""The desk and the deadline board; the work calendar."""
