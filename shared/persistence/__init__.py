"""How one service keeps its state: one transaction for state, outbox and inbox, on PostgreSQL and SQLite."""
