"""States: what a fresh group reads from the state topics is what their owners keep and their neighbours made of it."""

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.event import State
from shared.contracts.topics import key_of, topic_of
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.projecting import Projector, standing_of
from shared.persistence.database import Database
from shared.persistence.spine import ErasedRow, table_of
from shared.web.service import Service
from tests.failures.campaign.evidence import Told
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.rows import Rows

Key = tuple[str, str]
Row = dict[str, Any]


async def check_states(told: Told, rows: Rows, harm: Harm) -> None:
    """Owners first, then every projection of every consumer."""
    check_owned(await _owned(rows), told.states, harm)
    for name, service in rows.services.items():
        for consumer in service.consumers:
            if consumer.projections:
                await _check_projections(service, consumer, told, rows.databases[name], harm)


async def _owned(rows: Rows) -> dict[Key, State]:
    """What every owner would tell of everything that it keeps."""
    things = [
        thing for service in rows.services for kept in rows.kept(service) for thing in await rows.things(service, kept)
    ]
    states = [state for thing in things if (state := thing.state()) is not None]
    return {(topic_of(state.wire), key_of(state.wire, state.subject)): state for state in states}


def check_owned(owned: Mapping[Key, State], told: Mapping[Key, Delivery], harm: Harm) -> None:
    """The newest record of every key says what its owner keeps."""
    for key, state in owned.items():
        record = told.get(key)
        if record is None or record.payload is None:
            harm.found("state_mismatches", f"{key} is kept at version {state.version} and was not told")
        elif record.payload != state.write() and type(state).read(record.payload) != state:
            version = record.envelope.sequence
            harm.found("state_mismatches", f"{key} is kept at version {state.version} and told at {version}")
    strangers = [key for key, record in told.items() if key not in owned and record.payload is not None]
    harm.found("state_mismatches", f"{strangers[:3]} are told and not kept", len(strangers))


async def _check_projections(service: Service, consumer: Consumer, told: Told, database: Database, harm: Harm) -> None:
    tables = {name: service.metadata.tables[name] for name in {p.table for p in consumer.projections.values()}}
    async with _fresh(service, tables.values()) as connection:
        standings = [
            standing_of(consumer.projections[record.type], record)
            for record in told.states.values()
            if record.type in consumer.projections
        ]
        await Projector(consumer, service.metadata).apply(connection, standings)
        fresh = {name: await _contents(connection, table) for name, table in tables.items()}
    async with database.reading() as connection:
        for name, table in tables.items():
            check_same(f"{consumer.name} {name}", fresh[name], await _contents(connection, table), harm)


def check_same(what: str, fresh: Mapping[str, str], kept: Mapping[str, str], harm: Harm) -> None:
    """A table of a fresh group and that of the consumer are alike."""
    for id in fresh.keys() | kept.keys():
        if fresh.get(id) != kept.get(id):
            harm.found("state_mismatches", f"{what} {id}: a fresh group has {fresh.get(id)}, it has {kept.get(id)}")


@asynccontextmanager
async def _fresh(service: Service, tables: Iterable[Table]) -> AsyncIterator[AsyncConnection]:
    """The tables of a projection in an empty database of their own."""
    with TemporaryDirectory(prefix="sunmao-fresh-") as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/fresh.db")
        try:
            async with database.writing() as connection:
                wanted = [*tables, service.metadata.tables[table_of(ErasedRow).name]]
                await connection.run_sync(lambda sync: service.metadata.create_all(sync, tables=wanted))
                yield connection
        finally:
            await database.close()


async def _contents(connection: AsyncConnection, table: Table) -> dict[str, str]:
    rows = (await connection.execute(select(table))).mappings()
    return {row["id"]: json.dumps(dict(row), default=str, sort_keys=True) for row in rows}
