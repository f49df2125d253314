"""Acts in batches: one request does the same act to many objects, each row with an outcome of its own.

Each row goes through the very route of its act, in a task of its own, as far as the transaction: whatever the route
asks of a request it asks of the row. Then all rows are carried out in one transaction, each as a step of one unit of
work, which is kept or dropped.
"""

from shared.web.batches.marking import IN_BATCHES
from shared.web.batches.router import batches_router

__all__ = ["IN_BATCHES", "batches_router"]
