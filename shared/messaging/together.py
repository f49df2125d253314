"""Few records at a time: all consumers of a service act on them in one transaction.

A transaction of its own for each costs a beginning, a commit and a connection each, and where events come one by one
that is a third of all that is asked of the database. It binds nobody: whatever goes wrong, nothing of it is kept, and
each acts for itself, as on many records.
"""

import time
from collections.abc import Sequence
from typing import Any, Final

import structlog

from shared.messaging.delivery import Delivery
from shared.messaging.pipeline import Pipeline
from shared.messaging.run import Run

log: Any = structlog.get_logger(__name__)

_FEW: Final = 50
"""On more of them the consumers gain by acting side by side: one computes while the database works for another."""

_Share = tuple[Pipeline, list[Delivery]]


async def act_together(pipelines: Sequence[Pipeline], deliveries: Sequence[Delivery]) -> bool:
    """Let these act one after another and commit once. Whether it is done; otherwise nothing is."""
    if len(deliveries) > _FEW:
        return False
    shares = [(pipeline, batch) for pipeline in pipelines if (batch := pipeline.share_of(deliveries))]
    if len(shares) < 2:
        return not shares
    began = time.perf_counter()
    try:
        runs = await _acted(shares)
    except Exception as error:  # noqa: BLE001
        # Whose it is, each finds out for itself.
        log.debug("nothing was done together", error=type(error).__name__)
        return False
    seconds = (time.perf_counter() - began) / len(shares)
    for (pipeline, _), run in zip(shares, runs, strict=True):
        pipeline.tell(run, seconds)
    return True


async def _acted(shares: Sequence[_Share]) -> list[Run]:
    database = shares[0][0].bench.works.database
    async with database.writing() as connection:
        return [await pipeline.act(connection, batch) for pipeline, batch in shares]
