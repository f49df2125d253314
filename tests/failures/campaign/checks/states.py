"""States: what a fresh group reads from the state topics is what their owners keep and their neighbours made of it."""

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from itertools import islice
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.event import State
from shared.contracts.topics import key_of, topic_of
from shared.messaging.consumer import Consumer
from shared.messaging.projecting import Projector, Standing
from shared.persistence.database import Database
from shared.persistence.spine import ErasedRow, table_of
from shared.web.service import Service
from tests.failures.campaign.evidence import Told, Word
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.rows import Rows

Key = tuple[str, str]
_PAGE: Final = 5000


async def check_states(told: Told, rows: Rows, harm: Harm) -> None:
    """Owners first, then every projection of every consumer."""
    owned = Owned(told.states, harm)
    for service in rows.services:
        for kept in rows.kept(service):
            async for thing in rows.things(service, kept):
                owned.compare(thing.state())
    owned.count_strangers()
    await _check_all_projections(told, rows, harm)


class Owned:
    """Holds what owners keep, one after another, against the last words on it."""

    def __init__(self, told: Mapping[Key, Word], harm: Harm) -> None:
        self._told = told
        self._harm = harm
        self._seen: set[Key] = set()

    def compare(self, state: State | None) -> None:
        """The last word on a key says what its owner keeps."""
        if state is None:
            return
        key = (topic_of(state.wire), key_of(state.wire, state.subject))
        self._seen.add(key)
        word = self._told.get(key)
        if word is None or word.payload is None:
            self._harm.found("state_mismatches", f"{key} is kept at version {state.version} and was not told")
        elif word.payload != state.write() and type(state).read(word.payload) != state:
            sentence = f"{key} is kept at version {state.version} and told at {word.version}"
            self._harm.found("state_mismatches", sentence)

    def count_strangers(self) -> None:
        """Nothing is told that nobody keeps."""
        alive = {key for key, word in self._told.items() if word.payload is not None}
        strangers = sorted(alive - self._seen)
        self._harm.found("state_mismatches", f"{strangers[:3]} are told and not kept", len(strangers))


async def _check_all_projections(told: Told, rows: Rows, harm: Harm) -> None:
    for name, service in rows.services.items():
        for consumer in service.consumers:
            if consumer.projections:
                await _check_projections(service, consumer, told, rows.databases[name], harm)


async def _check_projections(service: Service, consumer: Consumer, told: Told, database: Database, harm: Harm) -> None:
    tables = {name: service.metadata.tables[name] for name in {p.table for p in consumer.projections.values()}}
    async with _fresh(service, tables.values()) as connection:
        words = (word for word in told.states.values() if word.type in consumer.projections)
        projector = Projector(consumer, service.metadata)
        while page := [_standing(consumer, word) for word in islice(words, _PAGE)]:
            await projector.apply(connection, page)
        fresh = {name: await _contents(connection, table) for name, table in tables.items()}
    async with database.reading() as connection:
        for name, table in tables.items():
            check_same(f"{consumer.name} {name}", fresh[name], await _contents(connection, table), harm)


def check_same(what: str, fresh: Mapping[str, str], kept: Mapping[str, str], harm: Harm) -> None:
    """A table of a fresh group and that of the consumer are alike."""
    for id in fresh.keys() | kept.keys():
        if fresh.get(id) != kept.get(id):
            harm.found("state_mismatches", f"{what} {id}: a fresh group has {fresh.get(id)}, it has {kept.get(id)}")


def _standing(consumer: Consumer, word: Word) -> Standing:
    projection = consumer.projections[word.type]
    columns = None if word.payload is None else projection.row(projection.body.read(word.payload))
    return Standing(projection.table, word.subject, word.version, None if columns is None else dict(columns))


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
