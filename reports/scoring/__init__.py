"""计分和排名: 满分 plus a ledger."""
