"""Runs of one or several consumers of a service, in one transaction and one unit of work."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging import faults
from shared.messaging.run import Run


async def pass_through(connection: AsyncConnection, runs: Sequence[Run]) -> None:
    """Let them act one after another; whoever began the transaction commits it.

    What they change leaves together, and what one of them has looked up the next need not.
    """
    work = await runs[0].bench.open(connection, runs[0].now)
    for run in runs:
        await run.act(connection, work)
    await work.flush()
    for run in runs:
        await run.remember(connection)
        faults.reach(f"{run.bench.consumer.name}.acted")
