"""Keeps what a release leaves in its databases, as the fixture from which every later migration is tested.

Story S1 is told on both editions, and each service's database is written out as SQL text, gzipped, under
`tests/releases/<version>/<database>/<service>.sql.gz`.
"""

import asyncio
import gzip
import os
import re
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from deploy.local.distributed import Services, databases_of
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from deploy.local.town import Servers
from deploy.local.wheels import postgres_programs
from shared.operations.addresses import PORTS
from shared.operations.stories.s1 import tell
from shared.operations.stories.teller import Nobody
from shared.operations.visitor import Visitor

RELEASES: Final = Path(__file__).parent.parent / "tests" / "releases"
# What differs between two dumps of the same data and means nothing to a database.
_NOISE: Final = re.compile(r"^\\\\(un)?restrict .*$|^-- Dumped .*$", re.MULTILINE)


def main() -> None:
    """Write the dumps of this version."""
    folder = RELEASES / version("sunmao")
    with TemporaryDirectory(prefix="sunmao-release-") as made:
        _sqlite(Path(made) / "town", folder / "sqlite")
        _postgresql(Path(made) / "servers", folder / "postgresql")


def _sqlite(home: Path, folder: Path) -> None:
    environ = {**os.environ, "SUNMAO_HOME": str(home), "SUNMAO_PORT": str(free_ports(1)[0])}
    demo = [sys.executable, "-c", "from shared.operations.cli import main; main()", "demo", "--once"]
    subprocess.run(demo, env=environ, check=True)  # noqa: S603
    for service in PORTS:
        with sqlite3.connect(home / f"{service}.db") as database:
            _write(folder / f"{service}.sql.gz", "\n".join(database.iterdump()))


def _postgresql(home: Path, folder: Path) -> None:
    with Servers(home, durable=False) as servers:
        databases = databases_of(servers.postgres)
        with Services(home / "services", bootstrap=servers.kafka.bootstrap, databases=databases) as services:
            asyncio.run(_story(services, home / "run.json"))
        for service in PORTS:
            _write(folder / f"{service}.sql.gz", _dump(servers.postgres, service))


async def _story(services: Services, run: Path) -> None:
    async with Visitor(services.addresses) as visitor:
        await tell(visitor, run, Nobody())


def _dump(postgres: PostgresServer, database: str) -> str:
    command = [
        str(postgres_programs() / "pg_dump"),
        "--no-owner",
        "--no-privileges",
        "--inserts",
        postgres.dsn(database),
    ]
    said = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    return _NOISE.sub("", said.stdout)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(file, "wb", mtime=0) as packed:
        packed.write(text.encode())


if __name__ == "__main__":
    main()
