"""The distributed edition on this machine: a supervised process per service and the issuer, on Kafka and PostgreSQL."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Self
from urllib.error import URLError
from urllib.request import urlopen

from deploy.local.errors import ServerUnavailable
from deploy.local.ports import free_ports, listens
from deploy.local.postgres import PostgresServer
from deploy.local.process import ServerProcess
from shared.operations.addresses import ISSUER_PORT, PORTS, Addresses

ISSUER: Final = "identity"
_READY_SECONDS: Final = 120
_JOB_SECONDS: Final = 120
_STOP_SECONDS: Final = 40


class Services:
    """The services and the issuer as processes that end with this one.

    `databases` are SQLAlchemy addresses by service; `ports` the usual ones, or others where one of them is taken.
    Databases are migrated and topics created before anything starts.
    """

    def __init__(
        self, folder: Path, *, bootstrap: str, databases: Mapping[str, str], ports: Mapping[str, int] | None = None
    ) -> None:
        self._folder = folder.absolute()
        self._ports = dict(ports or _ports())
        self._processes = {name: ServerProcess(name, self._folder / f"{name}.log") for name in self._ports}
        urls = {name: f"http://127.0.0.1:{port}" for name, port in self._ports.items()}
        self.addresses = Addresses({name: urls[name] for name in PORTS}, urls[ISSUER])
        self.words = {
            "SUNMAO_EDITION": "distributed",
            "SUNMAO_HOME": str(self._folder),
            "SUNMAO_KAFKA_BOOTSTRAP": bootstrap,
            "SUNMAO_ISSUER_URL": urls[ISSUER],
            **{f"SUNMAO_{name.upper()}_URL": urls[name] for name in PORTS},
            **{f"SUNMAO_{name.upper()}_DATABASE_URL": url for name, url in databases.items()},
        }

    @property
    def running(self) -> bool:
        """Whether all of them live."""
        return all(process.running for process in self._processes.values())

    def start(self) -> None:
        """Returns when everything is ready; what was begun is undone where something cannot be had."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._run([["topics"], *(["migrate", name] for name in PORTS)])
        with ExitStack() as undo:
            undo.callback(self.stop)
            for name in self._ports:
                self.start_one(name)
            for name in self._ports:
                self.await_one(name)
            undo.pop_all()

    def start_one(self, name: str) -> None:
        """Starts one of them and does not wait for it."""
        words = {**self.words, "SUNMAO_PORT": str(self._ports[name])}
        self._processes[name].start([*_sunmao(), "serve", name], self._folder, words)

    def await_one(self, name: str) -> None:
        """Returns when it says that it is ready."""
        url = f"http://127.0.0.1:{self._ports[name]}/readyz"
        self._processes[name].wait_until(lambda: _answers(url), _READY_SECONDS)

    def kill_one(self, name: str) -> None:
        """SIGKILL, as in a crash."""
        self._processes[name].kill()

    def stop(self) -> None:
        """Ends all of them in good order, each beside the others."""
        with ExitStack() as all_of_them:
            for process in self._processes.values():
                all_of_them.callback(process.stop, _STOP_SECONDS)
                process.ask_to_stop()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self.stop()

    def _run(self, jobs: Iterable[Sequence[str]]) -> None:
        """Runs jobs of the command line side by side. Raises `ServerUnavailable` with what the first bad one said."""
        begun = [self._begin(job) for job in jobs]
        ended = [(process, process.communicate(timeout=_JOB_SECONDS)[0]) for process in begun]
        for process, said in ended:
            if process.returncode:
                raise ServerUnavailable(f"The services could not be prepared:\n{said[-2000:]}")

    def _begin(self, job: Sequence[str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(  # noqa: S603
            [*_sunmao(), *job],
            cwd=self._folder,
            env=os.environ | self.words,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def databases_of(postgres: PostgresServer) -> dict[str, str]:
    """One database per service, each of a role that enters no other; as SQLAlchemy addresses."""
    return {
        name: postgres.create_database(name, role=name, password=secrets.token_urlsafe(24)).replace(
            "postgresql://", "postgresql+asyncpg://", 1
        )
        for name in PORTS
    }


def _ports() -> Mapping[str, int]:
    usual = {**PORTS, ISSUER: ISSUER_PORT}
    if not any(listens(port) for port in usual.values()):
        return usual
    return dict(zip(usual, free_ports(len(usual)), strict=True))


def _sunmao() -> list[str]:
    return [sys.executable, "-c", "from shared.operations.cli import main; main()"]


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
