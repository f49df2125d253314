"""Who is calling, what a route asks of them, and which things are theirs."""
