"""However many texts are asked for, the statement is the same, and finds those and no others."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Select, String, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from shared.persistence import sets
from shared.persistence.database import Database

KEYS = Table("known", MetaData(), Column("id", String, primary_key=True))
MANY = [f"{number}" for number in range(2_000)]


def asked(dialect: str, texts: Sequence[str]) -> Select[Any]:
    """Which of these are known."""
    connection: Any = SimpleNamespace(dialect=SimpleNamespace(name=dialect))
    return select(KEYS.c.id).where(sets.among(connection, KEYS.c.id, texts))


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])  # type: ignore[no-untyped-call]
def test_any_number_of_texts_is_one_statement(dialect: Any) -> None:
    few, many = (asked(dialect.name, texts) for texts in (["1", "2"], MANY))

    assert str(few.compile(dialect=dialect)) == str(many.compile(dialect=dialect))
    assert few._generate_cache_key() == many._generate_cache_key()


@pytest.mark.parametrize(
    ("texts", "found"),
    [([], []), (["it's", "7"], ["7", "it's"]), (['["7"]', "null", "007"], []), (MANY, ["7"]), (["学", "x"], ["学"])],
)
async def test_it_finds_those_and_no_others(tmp_path: Path, texts: list[str], found: list[str]) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'known.db'}")
    async with database.writing() as connection:
        await connection.run_sync(KEYS.metadata.create_all)
        await connection.execute(insert(KEYS), [{"id": id} for id in ("7", "it's", "学", "other")])
    async with database.reading() as connection:
        rows = (await connection.execute(asked("sqlite", texts))).scalars().all()
    await database.close()

    assert sorted(rows) == found
