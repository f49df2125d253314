"""A PostgreSQL of Debian that speaks to nobody without TLS; the one from wheels cannot speak it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Final

import pytest

from deploy.local.ports import free_ports
from deploy.local.postgres import SUPERUSER, _prefix
from deploy.local.process import ServerProcess
from tests.certificates import Authority

PASSWORD: Final = "n0body-gue55es"


@dataclass(frozen=True)
class EncryptedPostgres:
    """Its certificate is for 127.0.0.1 and for no other name."""

    port: int
    authority: Authority

    def url(self, query: str = "", host: str = "127.0.0.1") -> str:
        """The superuser's address."""
        return f"postgresql+asyncpg://{SUPERUSER}:{PASSWORD}@{host}:{self.port}/postgres{query and f'?{query}'}"


@contextmanager
def encrypted(folder: Path) -> Iterator[EncryptedPostgres]:
    """Running in a folder of its own."""
    [port], authority, programs = free_ports(1), Authority(folder / "authority"), _programs()
    _make_cluster(folder, programs, authority)
    process = ServerProcess("PostgreSQL", folder / "postgres.log")
    settings = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "fsync=off", "ssl=on"]
    flags = [word for setting in settings for word in ("-c", setting)]
    process.start([*_prefix(), programs / "postgres", "-D", "data", *flags], folder)
    try:
        process.wait_until(lambda: _answers(programs, port), 30)
        yield EncryptedPostgres(port, authority)
    finally:
        process.stop()


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        pytest.fail("TLS needs a PostgreSQL of Debian: apt-get install postgresql", pytrace=False)
    return found[-1].parent


def _make_cluster(folder: Path, programs: Path, authority: Authority) -> None:
    (folder / "password").write_text(PASSWORD)
    initdb = [programs / "initdb", "-D", "data", "-U", SUPERUSER, "--pwfile=password", "--no-sync", "-E", "UTF8"]
    subprocess.run([*_prefix(), *initdb, "--locale=C.UTF-8"], cwd=folder, check=True, capture_output=True)
    own, data = authority.issue("server"), folder / "data"
    copy(own.certificate, data / "server.crt")
    copy(own.key, data / "server.key")
    (data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")


def _answers(programs: Path, port: int) -> bool:
    asked = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(asked, check=False).returncode == 0
