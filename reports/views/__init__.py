"""Pages of figures, rankings and bulletins."""
