"""The routes of batches: every act that says so of itself is also asked for in batches."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any, Final

from fastapi import Request
from fastapi.routing import APIRoute

from shared.identity.access import from_document
from shared.identity.router import DECLARATION, AccessRouter
from shared.web.batches.batch import Batch
from shared.web.batches.marking import address_of, batched, id_in
from shared.web.batches.row import Row
from shared.web.batches.views import MOST_ROWS, BatchBody, BatchView, NewRow, ObjectRow
from shared.web.edge import Edge, EdgeIn
from shared.web.operations import RuntimeIn
from shared.web.runtime import Runtime

_ABOUT: Final = (
    "Do what `POST {path}` does to up to {most:,} objects at once, in the order of the rows. Each row has the outcome "
    "that its own request would have had; one that is refused keeps no other from being done. `body` is what the act "
    "itself is sent."
)


def batches_router(routers: Iterable[AccessRouter]) -> AccessRouter:
    """A route beside each of those of these routers whose acts may be done in batches, open to the same callers."""
    router = AccessRouter(tags=["batches"])
    for route in batched(routers):
        _add(router, route)
    return router


def _add(router: AccessRouter, act: APIRoute) -> None:
    shape: Any = BatchBody[ObjectRow] if id_in(act.path) else BatchBody[NewRow]

    async def batch(request: Request, body: shape, edge: EdgeIn, runtime: RuntimeIn) -> BatchView:
        await edge.require_first()
        rows = [Row(number, row, act, request) for number, row in enumerate(body.rows, start=1)]
        return await _done(rows, edge, runtime)

    declared: Any = (act.openapi_extra or {})[DECLARATION]
    router.add_api_route(
        address_of(act.path),
        batch,
        access=from_document(declared),
        methods=["POST"],
        name=f"{act.name}_in_batches",
        description=_ABOUT.format(path=act.path, most=MOST_ROWS),
    )


async def _done(rows: Sequence[Row], edge: Edge, runtime: Runtime) -> BatchView:
    batch = Batch(runtime.works, rows)
    done: dict[int, Any] = {}
    try:
        for row in rows:
            await row.begin()
        view = await edge.transact(batch.carry_out)
        done = {outcome.row: outcome.answer for outcome in view.rows}
    finally:
        await asyncio.gather(*(row.end(done.get(row.number)) for row in rows))
    return view
