"""Debian's exporter for PostgreSQL, asked to see every database as newer ones do by themselves."""

from pathlib import Path
from typing import Final, Self

import httpx
import yaml

from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess
from tests.operations.scraping import program

_READY_SECONDS: Final = 30
_LABELS: Final = ("datname", "schemaname", "relname")
# Version 0.11 has no such series; from 0.13 on it is there without being asked for.
_TABLES: Final = {
    "pg_stat_user_tables": {
        "query": "SELECT current_database() AS datname, schemaname, relname, n_dead_tup FROM pg_stat_user_tables",
        "metrics": [
            *({name: {"usage": "LABEL", "description": name}} for name in _LABELS),
            {"n_dead_tup": {"usage": "GAUGE", "description": "Dead rows"}},
        ],
    }
}


class PostgresExporter:
    """Tells of the server at a `postgresql://` URL."""

    def __init__(self, folder: Path, url: str) -> None:
        (port,) = free_ports(1)
        self.address = f"127.0.0.1:{port}"
        self._folder = folder
        self._words = {"DATA_SOURCE_NAME": f"{url}?sslmode=disable"}
        self._process = ServerProcess("prometheus-postgres-exporter", folder / "exporter.log")

    def __enter__(self) -> Self:
        queries = self._folder / "queries.yaml"
        queries.write_text(yaml.safe_dump(_TABLES))
        command = [
            program("prometheus-postgres-exporter"),
            f"--web.listen-address={self.address}",
            "--auto-discover-databases",
            f"--extend.query-path={queries}",
        ]
        self._process.start(command, self._folder, self._words)
        self._process.wait_until(self._answers, _READY_SECONDS)
        return self

    def __exit__(self, *_how: object) -> None:
        self._process.stop()

    def _answers(self) -> bool:
        try:
            return "\npg_up 1" in httpx.get(f"http://{self.address}/metrics", timeout=10).text
        except httpx.TransportError:
            return False
