"""代录: an office enters for an agency that cannot enter itself; the agency confirms or contests later."""
