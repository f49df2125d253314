"""A real PostgreSQL 18 on 127.0.0.1, also as root, in which each database belongs to one role and admits no other."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self
from urllib.parse import quote

from deploy.local.errors import ServerUnavailable
from deploy.local.folders import made_whole
from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess
from deploy.local.wheels import postgres_programs

SUPERUSER = "postgres"

# TCP only: a socket file would tie the folder to a path of 107 bytes.
_SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "timezone=UTC", "jit=off")
# A commit still waits until the kernel has it, so it survives the server's crash, though not the machine's.
_NOT_DURABLE = ("fsync=off", "full_page_writes=off")
# PostgreSQL refuses to run as root, so root plays an ordinary user in a user namespace.
_AS_ORDINARY_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")

_KEEP_ROLES_OUT = "REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC;"
_ONE_ROLE_PER_DATABASE = r"""
\getenv database DATABASE
\getenv role ROLE
\getenv password PASSWORD
SELECT format('CREATE ROLE %I', :'role') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
ALTER ROLE :"role" LOGIN PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'database', :'role')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE CONNECT, TEMPORARY ON DATABASE :"database" FROM PUBLIC;
"""


class PostgresServer:
    """A server of its own in `folder`, started again with the same databases, address and passwords."""

    def __init__(self, folder: Path, *, durable: bool = True, settings: Sequence[str] = ()) -> None:
        """`durable=False` is quicker and keeps its commits when the server is killed, not when the machine stops.

        `settings` are PostgreSQL's own (`shared_buffers=512MB`).
        """
        self._folder = folder.absolute()
        self._durable = durable
        self._settings = tuple(settings)
        (self._port,) = free_ports(1)
        # SIGINT ends the sessions and then the server; SIGTERM would wait until every client has left.
        self._process = ServerProcess("PostgreSQL", self._folder / "postgres.log", stop_signal=signal.SIGINT)
        self._passwords: dict[str, str] = {}

    @property
    def running(self) -> bool:
        """Whether its processes live; whether it accepts connections is `start`'s promise."""
        return self._process.running

    def start(self, within: float = 60) -> None:
        """Returns when it accepts connections; makes the cluster the first time only."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not (self._folder / "data").exists():
            self._make_cluster()
        self._passwords[SUPERUSER] = self._password_file.read_text()
        settings = (*_SETTINGS, f"port={self._port}", *(() if self._durable else _NOT_DURABLE), *self._settings)
        flags = [word for setting in settings for word in ("-c", setting)]
        self._process.start([*_prefix(), postgres_programs() / "postgres", "-D", "data", *flags], self._folder)
        self._process.wait_until(self._accepts, within)
        self._run_sql(_KEEP_ROLES_OUT, {})

    def stop(self) -> None:
        """Ends its sessions and itself in good order; nothing to do when it does not run."""
        self._process.stop()

    def kill(self) -> None:
        """Ends it as a crash does (SIGKILL); `start` brings it back with what was committed."""
        self._process.kill()

    def create_database(self, name: str, role: str, password: str) -> str:
        """Makes a database that only its owner `role` may enter, or renews its password; answers its `dsn`."""
        self._run_sql(_ONE_ROLE_PER_DATABASE, {"DATABASE": name, "ROLE": role, "PASSWORD": password})
        self._passwords[role] = password
        return self.dsn(name, role)

    def dsn(self, database: str = "postgres", user: str = SUPERUSER) -> str:
        """`postgresql://` with the password of a user who is the superuser or came by `create_database`."""
        if user not in self._passwords:
            raise ServerUnavailable(f"The password of {user} is not known here; create_database would set it.")
        name, password, path = (quote(word, safe="") for word in (user, self._passwords[user], database))
        return f"postgresql://{name}:{password}@127.0.0.1:{self._port}/{path}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self.stop()

    @property
    def _password_file(self) -> Path:
        return self._folder / "superuser-password"

    def _make_cluster(self) -> None:
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24))
        kind = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        who = [f"--username={SUPERUSER}", f"--pwfile={self._password_file.name}"]
        sync = [] if self._durable else ["--no-sync"]
        initdb = postgres_programs() / "initdb"
        with made_whole(self._folder / "data") as unfinished:
            self._run([*_prefix(), initdb, f"--pgdata={unfinished}", *sync, *who, *kind])

    def _accepts(self) -> bool:
        return self._call([postgres_programs() / "pg_isready", *self._address()]).returncode == 0

    def _run_sql(self, script: str, words: Mapping[str, str]) -> None:
        """Runs a script as superuser; `words` go through the environment, so no password shows in a process list."""
        # A statement that fails is logged without its text, which may hold a password.
        quiet = {"PGOPTIONS": "-c log_min_error_statement=panic", "PGPASSWORD": self._passwords[SUPERUSER]}
        flags = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-U", SUPERUSER, "-d", "postgres"]
        self._run([postgres_programs() / "psql", *self._address(), *flags], script, {**quiet, **words})

    def _address(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self._port))

    def _run(self, command: Sequence[str | Path], script: str = "", words: Mapping[str, str] | None = None) -> None:
        done = self._call(command, script, words)
        if done.returncode:
            raise ServerUnavailable(f"PostgreSQL could not be prepared: {done.stderr.strip()}")

    def _call(
        self, command: Sequence[str | Path], script: str = "", words: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            command,
            cwd=self._folder,
            env=os.environ | dict(words or {}),
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )


def _prefix() -> tuple[str, ...]:
    if sys.platform != "linux" or os.geteuid() != 0:
        return ()
    program = shutil.which("unshare")
    if program and not subprocess.run([*_AS_ORDINARY_USER, "true"], capture_output=True, check=False).returncode:  # noqa: S603
        return _AS_ORDINARY_USER
    raise ServerUnavailable(
        "PostgreSQL does not run as root, and this machine lets root make no user namespace (`unshare --user`); "
        "start it as another user."
    )
