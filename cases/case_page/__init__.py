"""案件页: the statutory steps, the timeline, what people did."""
