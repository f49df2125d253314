"""PostgreSQL's own programs, which write dumps and read them."""

import asyncio
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from shared.operations.backup.refusal import BackupRefusedError
from shared.operations.settings import Settings

_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")
_IN_URL: Final = ("sslmode", "ssl")


class Program:
    """`pg_dump` or `pg_restore`, not older than the server."""

    def __init__(self, path: str, name: str) -> None:
        self._path = path
        self._name = name

    @classmethod
    async def find(cls, name: str, server: int) -> "Program":
        """The one on PATH. Raises `BackupRefusedError` where there is none, or one that is too old for the server."""
        wanted = f"install PostgreSQL's client programs of version {server} or later (postgresql-client-{server})"
        path = shutil.which(name)
        if path is None:
            raise BackupRefusedError(f"{name} is not on PATH; {wanted}")
        found = _VERSION.search(await cls(path, name).run({}, "--version"))
        if found is None or int(found[1]) < server:
            what = f"of version {found[1]}" if found else "of an unknown version"
            raise BackupRefusedError(f"{path} is {what}, and a server of {server}; {wanted}")
        return cls(path, name)

    async def run(self, address: Mapping[str, str], *words: str | Path) -> str:
        """What it said. Raises `BackupRefusedError` where it ends badly."""
        # The environment is given whole: a PGUSER of the person who calls has nothing to do with the address.
        process = await asyncio.create_subprocess_exec(
            self._path, *words, env=dict(address), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        try:
            said, complained = await process.communicate()
        except BaseException:
            process.kill()
            await process.wait()
            raise
        if process.returncode:
            lines = complained.decode(errors="replace").strip().splitlines()
            raise BackupRefusedError(f"{self._name} failed: {lines[0] if lines else process.returncode}")
        return said.decode(errors="replace")


def address_of(settings: Settings) -> Mapping[str, str]:
    """A database as PostgreSQL's programs are told of it: by variables, so that no password is in a list of processes.

    TLS is what the services speak: the settings come before what the URL says.
    """
    url = make_url(settings.database_url.get_secret_value() if settings.database_url else "")
    in_url = [str(url.query[name]) for name in _IN_URL if name in url.query]
    mode = settings.database_tls or (in_url[0] if in_url else "prefer")
    ca = settings.database_ca_file or url.query.get("sslrootcert") or ("system" if mode == "verify-full" else None)
    said = {
        "PGHOST": url.host,
        "PGPORT": str(url.port or 5432),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": mode,
        "PGSSLROOTCERT": str(ca) if ca else None,
        "PGAPPNAME": "sunmao-backup",
    }
    return {name: value for name, value in said.items() if value}
