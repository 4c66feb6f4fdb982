"""同一事实的两种说法: what court and agency state of one fact, compared, and where they differ."""
