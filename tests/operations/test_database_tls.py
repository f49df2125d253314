"""Pool, leader and migrations speak TLS to PostgreSQL as told; a server that is not believed is one line."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from shared.messaging.leader import connect
from shared.operations.databases import open_database, reached
from shared.operations.settings import SettingsError, read_settings
from tests.certificates import Authority
from tests.operations.encrypted import PASSWORD, EncryptedPostgres, encrypted

SUNMAO = Path(sys.executable).with_name("sunmao")
ENCRYPTED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
NOT_BELIEVED = "certificate verify failed"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EncryptedPostgres]:
    with encrypted(tmp_path_factory.mktemp("encrypted")) as server:
        yield server


def environ(server: EncryptedPostgres, mode: str | None, ca: Path | None = None, **more: str) -> dict[str, str]:
    said = {"TLS": mode, "CA_FILE": str(ca) if ca else None, "URL": server.url(**more)}
    return {f"SUNMAO_TRAINING_DATABASE_{name}": value for name, value in said.items() if value}


async def ask(said: dict[str, str]) -> tuple[bool, bool]:
    """Whether the pool's connection is encrypted, and the leader's."""
    database = open_database("training", read_settings(said, "training"))
    try:
        await reached("training", database)
        async with database.reading() as connection:
            pooled = (await connection.execute(text(ENCRYPTED))).scalar_one()
        leading = await connect(database)
        try:
            return bool(pooled), bool(await leading.fetchval(ENCRYPTED))
        finally:
            await leading.close()
    finally:
        await database.close()


def migrate(said: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [SUNMAO, "migrate", "training"]
    return subprocess.run(command, env={**os.environ, **said}, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("mode", ["require", "verify-full"])
async def test_a_service_speaks_tls_as_its_settings_say(server: EncryptedPostgres, mode: str) -> None:
    assert await ask(environ(server, mode, server.authority.ca)) == (True, True)


async def test_a_service_speaks_tls_as_its_address_says(server: EncryptedPostgres) -> None:
    query = f"sslmode=verify-full&sslrootcert={server.authority.ca}"

    assert await ask(environ(server, None, query=query)) == (True, True)


async def test_require_without_authorities_asks_for_nobody(server: EncryptedPostgres) -> None:
    assert await ask(environ(server, "require", host="localhost")) == (True, True)


async def test_a_server_under_another_name_is_not_believed(server: EncryptedPostgres) -> None:
    with pytest.raises(SettingsError, match=NOT_BELIEVED):
        await ask(environ(server, "verify-full", server.authority.ca, host="localhost"))


async def test_without_tls_the_server_lets_nobody_in(server: EncryptedPostgres) -> None:
    with pytest.raises(SettingsError, match=r"the database of training cannot be reached: no pg_hba.conf entry"):
        await ask(environ(server, None, query="ssl=disable"))


def test_a_migration_speaks_tls(server: EncryptedPostgres) -> None:
    done = migrate(environ(server, "verify-full", server.authority.ca))

    assert done.returncode == 0, done.stderr


def test_a_migration_says_in_one_line_whom_it_does_not_believe(server: EncryptedPostgres, tmp_path: Path) -> None:
    other = Authority(tmp_path, name="another authority")

    done = migrate(environ(server, "verify-full", other.ca))

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("the database of training cannot be reached: ")
    assert NOT_BELIEVED in done.stderr
    assert PASSWORD not in done.stderr
