"""Runs of one or several consumers of a service, in one transaction and one unit of work."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging import faults
from shared.messaging.inbox import claim
from shared.messaging.run import Run


async def pass_through(connection: AsyncConnection, runs: Sequence[Run], *, last: bool = False) -> None:
    """Let them act one after another; whoever began the transaction commits it.

    What they change leaves together, and what one of them has looked up the next need not. What is the `last` of the
    transaction, and only keeps states, may be committed at once.
    """
    bench, now = runs[0].bench, runs[0].now
    claimed = await claim(connection, {run.bench.consumer.name: run.to_claim for run in runs}, now)
    work = await bench.open(connection, now)
    for run in runs:
        await run.act(connection, work, claimed[run.bench.consumer.name], last=last and len(runs) == 1)
    await work.flush()
    for run in runs:
        await run.remember(connection)
        faults.reach(f"{run.bench.consumer.name}.acted")
