"""登记案件: cases and defendants that the court has not told of yet."""
