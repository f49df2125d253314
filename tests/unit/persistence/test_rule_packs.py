"""A service remembers with which rule packs it started, and does not start with one that says something else."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.persistence.database import Database
from shared.persistence.rule_packs import PackChanged, changed_packs, remember_packs
from shared.persistence.spine import Spine
from tests.unit.rules.packs import OFFER_RULE, book, pack

NOW = datetime(2026, 11, 1, tzinfo=UTC)
SEALED = {"offers-cn@1": "its seal"}
CHANGED = OFFER_RULE.replace("14", "13")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = Database(f"sqlite+aiosqlite:///{tmp_path}/service.db")
    async with made.writing() as connection:
        await connection.run_sync(Spine.metadata.create_all)
    yield made
    await made.close()


async def test_what_was_seen_may_start_again_beside_what_is_new(database: Database) -> None:
    newer = pack(OFFER_RULE.replace("14", "10"), version=2, since="2027-01-01")
    async with database.writing() as connection:
        await remember_packs(connection, book(pack()), SEALED, at=NOW)

        await remember_packs(connection, book(pack(), newer), SEALED, at=NOW)
        await remember_packs(connection, book(pack(), newer), SEALED, at=NOW)

        assert await changed_packs(connection, book(pack())) is None


async def test_a_pack_that_says_something_else_is_refused_with_what_to_do(database: Database) -> None:
    async with database.writing() as connection:
        await remember_packs(connection, book(pack()), SEALED, at=NOW)

        with pytest.raises(PackChanged, match=r"^offers-cn@1 was published and has changed since; put it back, and"):
            await remember_packs(connection, book(pack(CHANGED)), SEALED, at=NOW)


async def test_a_refused_pack_is_not_remembered(database: Database) -> None:
    async with database.writing() as connection:
        await remember_packs(connection, book(pack()), SEALED, at=NOW)
        with pytest.raises(PackChanged):
            await remember_packs(connection, book(pack(CHANGED)), SEALED, at=NOW)

        assert await changed_packs(connection, book(pack())) is None


async def test_a_pack_that_is_not_published_yet_may_change_until_it_is(database: Database) -> None:
    async with database.writing() as connection:
        await remember_packs(connection, book(pack()), {}, at=NOW)

        await remember_packs(connection, book(pack(CHANGED)), {}, at=NOW)
        await remember_packs(connection, book(pack()), SEALED, at=NOW)

        with pytest.raises(PackChanged):
            await remember_packs(connection, book(pack(CHANGED)), SEALED, at=NOW)
