"""三通报: what was confirmed takes effect, once; what came, what is missing, what goes back to the court."""
