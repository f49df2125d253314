"""PostgreSQL's programs are found, asked whether they are new enough, and told where the database is."""

import stat
from pathlib import Path

import pytest

from shared.operations.backup.programs import Program, address_of
from shared.operations.backup.refusal import BackupRefusedError
from shared.operations.settings import Settings


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(folder: Path, script: str) -> None:
    """A `pg_dump` that does this."""
    file = folder / "pg_dump"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.mark.usefixtures("path")
async def test_without_it_what_to_install_is_said() -> None:
    with pytest.raises(BackupRefusedError, match=r"pg_dump is not on PATH; install .*postgresql-client-18"):
        await Program.find("pg_dump", 18)


@pytest.mark.parametrize(
    ("said", "what"), [("pg_dump (PostgreSQL) 17.9", "of version 17"), ("pg_dump", "of an unknown version")]
)
async def test_one_that_is_too_old_is_refused(path: Path, said: str, what: str) -> None:
    program(path, f"echo '{said}'")

    with pytest.raises(BackupRefusedError, match=f"{what}, and a server of 18"):
        await Program.find("pg_dump", 18)


async def test_a_newer_one_will_do_and_what_it_complains_of_is_said(path: Path) -> None:
    program(
        path, '[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 19.0 (Debian 19.0-1)" && exit; echo no >&2; exit 1'
    )

    found = await Program.find("pg_dump", 18)

    with pytest.raises(BackupRefusedError, match="pg_dump failed: no"):
        await found.run({}, "--anything")


URL = "postgresql+asyncpg://talent:s%40fe@db:6432/talent"


@pytest.mark.parametrize(
    ("given", "mode", "authorities"),
    [
        ({"database_url": URL}, "prefer", None),
        ({"database_url": f"{URL}?ssl=require"}, "require", None),
        ({"database_url": f"{URL}?sslmode=verify-full&sslrootcert=/ca.pem"}, "verify-full", "/ca.pem"),
        ({"database_url": f"{URL}?sslmode=require", "database_tls": "verify-full"}, "verify-full", "system"),
        ({"database_url": URL, "database_tls": "require", "database_ca_file": "/ca.pem"}, "require", "/ca.pem"),
    ],
)
def test_the_way_to_the_database_is_that_of_the_services(
    given: dict[str, str], mode: str, authorities: str | None
) -> None:
    address = address_of(Settings.model_validate(given))

    assert (address["PGSSLMODE"], address.get("PGSSLROOTCERT")) == (mode, authorities)
    assert {name: address[name] for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE")} == {
        "PGHOST": "db",
        "PGPORT": "6432",
        "PGUSER": "talent",
        "PGPASSWORD": "s@fe",
        "PGDATABASE": "talent",
    }
