"""期限: which facts start a deadline, how it is computed, and what moves, ends and meets it."""
