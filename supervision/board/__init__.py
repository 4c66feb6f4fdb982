"""期限看板 and 工作台: what is due, in bands, as a list, a matrix, a month, a feed."""
