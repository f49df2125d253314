"""The decisions that a service has kept, read from its database: one by its id, or those that are still open."""

import os
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.operations.databases import open_database, reached
from shared.operations.folder import Folder
from shared.operations.settings import SettingsError, read_settings
from shared.persistence.database import Database
from shared.persistence.spine import DecisionRow, table_of
from shared.rules.decision import Decision
from shared.web.service import Service

_DECISION: Final = table_of(DecisionRow)
_AT_ONCE: Final = 500


@asynccontextmanager
async def database_of(service: Service) -> AsyncIterator[Database]:
    """The service's PostgreSQL where an address is given, else its file. Raises `SettingsError` without either."""
    settings = read_settings(os.environ, service.name)
    database = (
        open_database(service.name, settings, pool=2)
        if settings.database_url is not None
        else Database(_file(service, settings.home))
    )
    try:
        await reached(service.name, database)
        yield database
    finally:
        await database.close()


async def decision_of(connection: AsyncConnection, id: str) -> tuple[Decision, datetime] | None:
    """A decision, and when it was made; None where this service has none of that id."""
    row = (await connection.execute(select(_DECISION).where(_DECISION.c.id == id))).mappings().first()
    return None if row is None else (_read(row["body"]), row["decided_on"])


async def open_decisions(connection: AsyncConnection, service: Service) -> AsyncIterator[Decision]:
    """For each thing whose status is still open the last decision on each rule, a few things at a time."""
    for shape, statuses in service.undecided.items():
        table, after = service.work.mapping_of(shape).table, ""
        while True:
            statement = select(table.c.id).where(table.c.status.in_(list(statuses)), table.c.id > after)
            ids = list((await connection.execute(statement.order_by(table.c.id).limit(_AT_ONCE))).scalars())
            for decision in await _last_on(connection, ids):
                yield decision
            if len(ids) < _AT_ONCE:
                break
            after = ids[-1]


async def _last_on(connection: AsyncConnection, subjects: Collection[str]) -> Sequence[Decision]:
    order = (_DECISION.c.subject, _DECISION.c.decided_on, _DECISION.c.id)
    statement = select(_DECISION.c.body).where(_DECISION.c.subject.in_(list(subjects))).order_by(*order)
    last: dict[tuple[str, str], Decision] = {}
    for body in (await connection.execute(statement)).scalars():
        decision = _read(body)
        for finding in decision.findings:
            last[decision.subject, finding.rule] = decision
    return list({decision.id: decision for decision in last.values()}.values())


def _read(body: Mapping[str, Any]) -> Decision:
    return Decision.from_json(orjson.dumps(body))


def _file(service: Service, home: Path) -> str:
    folder = Folder(home)
    if not (folder.path / f"{service.name}.db").exists():
        raise SettingsError(
            f"there is no database of {service.name} in {folder.path}; set SUNMAO_HOME to the folder of the town, "
            f"or SUNMAO_{service.name.upper()}_DATABASE_URL to its PostgreSQL"
        )
    return folder.database_url(service.name)
