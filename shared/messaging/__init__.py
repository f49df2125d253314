"""How facts travel: the outbox is drained by a relay, deliveries run through a pipeline into units of work."""
