"""All rows of a batch in one transaction: each is a step that is kept or dropped, and none takes others along."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kernel.aggregate import Aggregate
from shared.kernel.work import Context
from shared.messaging.blame import is_away, is_database, is_race
from shared.persistence.unit_of_work import UnitOfWork
from shared.persistence.work import Works
from shared.web import problems
from shared.web.batches.row import Ready, Row
from shared.web.batches.views import BatchView, OutcomeView

Waiting = Sequence[tuple[Row, Ready]]


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of a batch that have come to their transaction, and those that were refused before."""

    works: Works[Any]
    rows: Sequence[Row]
    outcomes: dict[int, OutcomeView] = field(default_factory=dict)

    async def carry_out(self, connection: AsyncConnection, context: Context) -> tuple[BatchView, bool]:
        """What came of every row; and whether it may be stored, which no secret may."""
        self.outcomes.clear()
        waiting = [(row, row.ready) for row in self.rows if row.ready is not None]
        if waiting:
            await self._part(waiting, connection, context)
        self.outcomes.update({row.number: row.refusal for row in self.rows if row.ready is None})
        told = [self.outcomes[row.number] for row in self.rows]
        done = sum(outcome.problem is None for outcome in told)
        view = BatchView(done=done, refused=len(told) - done, rows=told)
        return view, not any(ready.asked.secret for _, ready in waiting)

    async def _part(self, waiting: Waiting, connection: AsyncConnection, context: Context) -> None:
        """Carry these out, without those that the database refuses: it is halved down to them, in order."""
        try:
            async with connection.begin_nested():
                await self._steps(waiting, connection, context)
        except Exception as error:
            if is_race(error) or is_away(error):
                raise
            if len(waiting) == 1:
                await self._refuse(*waiting[0], error)
                return
            middle = len(waiting) // 2
            await self._part(waiting[:middle], connection, context)
            await self._part(waiting[middle:], connection, context)

    async def _steps(self, waiting: Waiting, connection: AsyncConnection, context: Context) -> None:
        work: UnitOfWork = await self.works.on(connection, context)
        for shape, ids in _named(waiting).items():
            await work.prefetch(shape, ids)
        for row, ready in waiting:
            await self._step(row, ready, work)
            # Where everything is known already nothing is waited for, and others wait for the loop.
            await asyncio.sleep(0)
        await work.flush()

    async def _step(self, row: Row, ready: Ready, work: UnitOfWork) -> None:
        work.begin_step(ready.context)
        try:
            _, view = await ready.asked.carry_out(work, ready.request, ready.who)
        except Exception as error:
            if is_database(error):
                raise
            work.drop_step()
            await self._refuse(row, ready, error)
        else:
            work.keep_step()
            self.outcomes[row.number] = OutcomeView(row=row.number, status=row.status, answer=view)

    async def _refuse(self, row: Row, ready: Ready, error: Exception) -> None:
        answer = await problems.answer_to(ready.request, error)
        problem = orjson.loads(bytes(answer.body))
        self.outcomes[row.number] = OutcomeView(row=row.number, status=answer.status_code, problem=problem)


def _named(waiting: Waiting) -> Mapping[type[Aggregate], set[str]]:
    """What is addressed, by kind, to be loaded by one statement each and locked in the order of ids."""
    named: dict[type[Aggregate], set[str]] = defaultdict(set)
    for _, ready in waiting:
        if ready.asked.on is not None:
            shape, id = ready.asked.on
            named[shape].add(id)
    return dict(sorted(named.items(), key=lambda item: item[0].kind))
