"""A served town leaves nothing of what was erased in its logs, also if somebody read meanwhile and nobody writes."""

import sqlite3
from contextlib import closing

from shared.persistence.database import FORGOT
from tests.integration.operations.town import SmallTown, until


async def test_what_was_erased_while_somebody_read_is_gone_when_they_are(small: SmallTown) -> None:
    file = small.town.folder.path / "training.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchall()
        async with small.town.parts["training"].runtime.database.writing() as connection:
            await connection.exec_driver_sql("CREATE TABLE canary (name TEXT)")
            connection.info[FORGOT] = True
        log = file.with_name("training.db-wal")
        held = log.stat().st_size

    async def is_empty() -> bool:
        return log.stat().st_size == 0

    await until(is_empty)
    assert held > 0
