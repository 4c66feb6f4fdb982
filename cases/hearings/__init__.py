"""开庭和负责人出庭: naming a head, the head's answer, what happened on the day."""
