"""Runs of one or several consumers of a service, in one transaction and one unit of work."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging import faults
from shared.messaging.inbox import claim
from shared.messaging.run import Run


async def pass_through(connection: AsyncConnection, runs: Sequence[Run]) -> None:
    """Let them act one after another; whoever began the transaction commits it.

    What they change leaves together, and what one of them has looked up the next need not.
    """
    bench, now = runs[0].bench, runs[0].now
    claimed = await claim(connection, {run.bench.consumer.name: run.to_claim for run in runs}, now)
    work = await bench.open(connection, now)
    for run in runs:
        await run.act(connection, work, claimed[run.bench.consumer.name])
    await work.flush()
    for run in runs:
        await run.remember(connection)
        faults.reach(f"{run.bench.consumer.name}.acted")
