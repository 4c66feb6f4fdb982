"""Small one-purpose modules without Django."""
