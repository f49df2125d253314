"""What is written over what: rows filled at the end of their transaction, numbers that only grow, what is erased."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.errors import LostRace
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.sets import Part
from shared.persistence.spine import AppliedRow, ErasedRow, IdempotencyRow, table_of
from tests.conformance.sample import Table

KEYS = table_of(IdempotencyRow)
APPLIED = table_of(AppliedRow)
ERASED = table_of(ErasedRow)
KNOWN_NEED = Table.metadata.tables["known_need"]


def begun(key: str) -> dict[str, Any]:
    named = {"actor": "a", "method": "POST", "path": "/", "key": key}
    return {**named, "body_hash": "0", "status": 0, "headers": {}, "created_at": datetime.now(UTC)}


def filled(key: str) -> dict[str, Any]:
    named = {"actor": "a", "method": "POST", "path": "/", "key": key}
    return {**named, "status": 201, "answer": b"{}", "headers": {"ETag": '"1"'}}


async def test_a_row_of_the_same_transaction_is_filled_and_no_other(database: Database) -> None:
    async with database.writing() as connection:
        await sets.insert(connection, KEYS, [begun("mine"), begun("another's")])
        await sets.write(connection, [Part(KEYS, [filled("mine")], "fill")], last=True)

    async with database.reading() as connection:
        found = (await connection.execute(select(KEYS).order_by(KEYS.c.key))).mappings().all()
    known = {row["key"]: (row["status"], row["answer"], row["headers"], row["body_hash"]) for row in found}
    assert known == {"mine": (201, b"{}", {"ETag": '"1"'}, "0"), "another's": (0, None, {}, "0")}


async def test_what_is_not_there_cannot_be_filled(database: Database) -> None:
    with pytest.raises(LostRace):
        async with database.writing() as connection:
            await sets.write(connection, [Part(KEYS, [filled("nobody's")], "fill")], last=True)


def applied(subject: str, sequence: int) -> dict[str, Any]:
    return {"consumer": "talent.heard", "source": "/sunmao/partnership", "subject": subject, "sequence": sequence}


async def test_what_advances_is_added_or_moves_forward_and_never_back(database: Database) -> None:
    for rows in ([applied("moved", 3), applied("kept", 3)], [applied("moved", 4), applied("kept", 2)]):
        async with database.writing() as connection:
            await sets.write(connection, [Part(APPLIED, [*rows, applied("added", 1)], "advance")], last=True)

    async with database.reading() as connection:
        found = await connection.execute(select(APPLIED.c.subject, APPLIED.c.sequence))
        assert {row.subject: row.sequence for row in found} == {"moved": 4, "kept": 3, "added": 1}


async def test_what_is_erased_comes_back_only_above_the_version_that_it_had(database: Database) -> None:
    erased = [
        {"table_name": "known_need", "id": "need_1", "version": 5},
        {"table_name": "x", "id": "need_2", "version": 9},
    ]
    rows = [{"id": id, "version": version, "status": "matching"} for id, version in (("need_1", 5), ("need_2", 5))]
    async with database.writing() as connection:
        await sets.insert(connection, ERASED, erased)
        await sets.upsert(connection, KNOWN_NEED, rows, newer="version", erased=ERASED)
        assert await _known(connection) == {"need_2": 5}

        await sets.upsert(connection, KNOWN_NEED, [{**rows[0], "version": 6}], newer="version", erased=ERASED)
        assert await _known(connection) == {"need_1": 6, "need_2": 5}


async def _known(connection: AsyncConnection) -> dict[str, int]:
    return {row.id: row.version for row in await connection.execute(select(KNOWN_NEED.c.id, KNOWN_NEED.c.version))}
