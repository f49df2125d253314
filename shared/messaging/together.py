"""Few records at a time: all consumers of a service act on them in one transaction and one unit of work.

A transaction of its own for each costs a beginning, a commit, writing and a connection each, and where events come one
by one that is half of all that is asked of the database. It binds nobody: whatever goes wrong, nothing of it is kept,
and each acts for itself, as on many records.
"""

import time
from collections.abc import Sequence
from typing import Any, Final

import structlog

from shared.messaging.delivery import Delivery
from shared.messaging.passing import pass_through
from shared.messaging.pipeline import Pipeline

log: Any = structlog.get_logger(__name__)

_FEW: Final = 50
"""On more of them the consumers gain by acting side by side: one computes while the database works for another."""


async def act_together(pipelines: Sequence[Pipeline], deliveries: Sequence[Delivery]) -> bool:
    """Let these act one after another and commit once. Whether it is done; otherwise nothing is.

    Raises what a consumer raises that acts on them alone.
    """
    if len(deliveries) > _FEW:
        return False
    shares = [(pipeline, batch) for pipeline in pipelines if (batch := pipeline.share_of(deliveries))]
    if len(shares) < 2:
        for pipeline, batch in shares:
            await pipeline.take(batch)
        return True
    began = time.perf_counter()
    runs = [pipeline.run_of(batch) for pipeline, batch in shares]
    try:
        async with runs[0].bench.works.database.writing() as connection:
            await pass_through(connection, runs)
    except Exception as error:  # noqa: BLE001
        # Whose it is, each finds out for itself.
        log.debug("nothing was done together", error=type(error).__name__)
        return False
    seconds = (time.perf_counter() - began) / len(shares)
    for (pipeline, _), run in zip(shares, runs, strict=True):
        pipeline.tell(run, seconds)
    return True
