"""履行: the log of an obligation, its checks, what is owed at all."""
