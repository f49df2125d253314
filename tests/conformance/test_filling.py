"""A row that a transaction began with is filled by what it writes in the end."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from shared.errors import LostRace
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.sets import Part
from shared.persistence.spine import IdempotencyRow, table_of

KEYS = table_of(IdempotencyRow)


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
