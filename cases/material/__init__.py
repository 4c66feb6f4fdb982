"""应诉材料: signing for what the court sent, returning it, correcting the day."""
