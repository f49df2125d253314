"""What a database does to answer a query. SQLite's, which does not depend on the sizes of its tables."""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence.database import Database


async def plan_of(database: Database, ask: Callable[[AsyncConnection], Awaitable[object]]) -> list[str]:
    """The steps of the one statement that `ask` sends."""
    asked: list[tuple[str, Any]] = []
    async with database.reading() as connection:
        event.listen(
            connection.sync_connection,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, values, *_: asked.append((statement, values)),
        )
        await ask(connection)
        [(statement, values)] = list(asked)
        return [row[3] for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
