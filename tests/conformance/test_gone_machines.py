"""What PostgreSQL is told about peers that vanish: a lock of theirs must not outlive them by hours."""

import pytest
from sqlalchemy import text

from shared.messaging.leader import connect
from shared.persistence.database import KEEPALIVE, Database


@pytest.fixture
def database_url(fresh_database: str) -> str:
    """There is nobody to vanish from a file."""
    return fresh_database


@pytest.mark.parametrize("name", KEEPALIVE)
async def test_every_connection_asks_to_be_missed_soon(database: Database, name: str) -> None:
    async with database.reading() as connection:
        pooled = (await connection.execute(text(f"SELECT current_setting('{name}')"))).scalar_one()
    leading = await connect(database)
    try:
        lead = await leading.fetchval(f"SELECT current_setting('{name}')")
    finally:
        await leading.close()

    assert pooled == lead
    assert pooled.rstrip("s") in {KEEPALIVE[name], str(int(KEEPALIVE[name]) // 1000)}
