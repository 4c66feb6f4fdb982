"""Pages of the desk and the board."""
