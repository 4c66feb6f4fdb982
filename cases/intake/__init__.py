"""通报入库: the rows of a court's notification on their way into the record."""
