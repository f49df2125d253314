"""A small embedded town: an enterprise that looks for something, a university with programmes, and an operator."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
from opentelemetry.sdk.trace.export import SpanExporter
from sqlalchemy import Executable, Table, or_, select, text

from services.notify.storage.numbering import LINES
from shared.messaging.log import end_of_log
from shared.observability.tracing import Tracing, TracingSettings, build
from shared.operations.addresses import Addresses
from shared.operations.embedded import Town
from shared.operations.folder import Folder
from shared.operations.running import make_metrics
from shared.operations.visitor import Visitor
from shared.persistence.database import Database
from shared.web.service import installed_services
from tests.migrated import migrate
from tests.unit.partnership.alliance import uscc

ADDRESS: Final = "http://127.0.0.1:8000"
OCCUPATION: Final = "6-31-01-03"


class Clock:
    """The town's time: the real one, unless a test moves it on."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class People:
    """Who does something in a town, whether it runs in this process or behind an address."""

    visitor: Visitor
    enterprise: str = ""
    university: str = ""
    programmes: list[str] = field(default_factory=list)

    async def settle(self, programmes: int = 2) -> None:
        """Register an enterprise and a university, and programmes of which talent has heard."""
        self.enterprise = await self.organization(1, "enterprise")
        self.university = await self.organization(2, "university")
        for number in range(programmes):
            await self.programme(number)
        await until(self._are_known)

    async def organization(self, number: int, kind: str) -> str:
        """A verified organisation."""
        entry = {"kind": kind, "name_zh": "示例机构", "uscc": uscc(number), "region_code": "500101"}
        made = await self.post("partnership", "/v1/organizations", entry, role="alliance_office")
        await self.post("partnership", f"/v1/organizations/{made['id']}/verification", role="alliance_office")
        return str(made["id"])

    async def programme(self, number: int) -> str:
        """A programme that fits the needs of this town."""
        entry = {
            "code": f"46030{number}",
            "name": "机电一体化技术",
            "level": "college",
            "occupation_codes": [OCCUPATION],
            "skills": [{"code": OCCUPATION}],
            "region_code": "500101",
            "students": 120,
            "total_half_credits": 280,
        }
        who = {"role": "university_academic_office", "organization_id": self.university}
        made = await self.post("talent", "/v1/programmes", entry, **who)
        self.programmes.append(str(made["programme_id"]))
        return self.programmes[-1]

    async def post_need(self, key: str | None = None, **headers: str) -> str:
        """The id of a need for an order class, posted under a key where one is given."""
        today = datetime.now(UTC).date()
        body = {
            "lines": [{"line_no": 1, "kind": "order_class", "headcount": 12}],
            "title": "Equipment maintenance",
            "skills": [{"code": OCCUPATION}],
            "starts_on": today.isoformat(),
            "ends_on": (today + timedelta(days=300)).isoformat(),
            "region_code": "500101",
        }
        sent = {**headers, **({"idempotency-key": key} if key else {})}
        made = await self.post("partnership", "/v1/needs", body, headers=sent, **self.administrator)
        return str(made["id"])

    @property
    def administrator(self) -> dict[str, str]:
        return {"role": "enterprise_admin", "organization_id": self.enterprise}

    async def candidates_of(self, need: str) -> list[str]:
        """Whose matches partnership has for a need, each as often as it has one."""
        page = await self.get("partnership", "/v1/matches", need_id=need, limit=1000, **self.administrator)
        return sorted(match["candidate"]["id"] for match in page["items"])

    async def matched(self, need: str) -> None:
        """Wait until every programme is proposed for a need."""
        await until(lambda: self._is_matched(need))

    async def post(
        self,
        service: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        role: str = "ops",
        organization_id: str | None = None,
        **more: Any,
    ) -> Any:
        """What came of a request."""
        token = await self.visitor.token(role, organization_id)
        return (await self.visitor.call("POST", service, path, token=token, json=body, **more)).json()

    async def get(
        self, service: str, path: str, *, role: str = "ops", organization_id: str | None = None, **wanted: Any
    ) -> Any:
        """What is there."""
        token = await self.visitor.token(role, organization_id)
        return (await self.visitor.call("GET", service, path, token=token, params=wanted)).json()

    async def _is_matched(self, need: str) -> bool:
        return set(self.programmes) <= set(await self.candidates_of(need))

    async def _are_known(self) -> bool:
        page = await self.get("talent", "/v1/candidates", limit=1000)
        known = {entry["candidate_id"] for entry in page["items"] if entry["organization_known"]}
        return set(self.programmes) <= known


@dataclass
class SmallTown:
    """The embedded edition in this process, and its people."""

    town: Town
    clock: Clock
    client: httpx.AsyncClient
    people: People
    tracing: Tracing

    async def rows(self, service: str, table: str, *, order: str = "id") -> Sequence[Mapping[str, Any]]:
        """All rows of a table."""
        found = self.table(service, table)
        async with self.town.parts[service].runtime.database.reading() as connection:
            return (await connection.execute(select(found).order_by(found.c[order]))).mappings().all()

    async def at_rest(self) -> None:
        """Wait until every consumer has read every log to its end, and every event that is told has its place."""
        await self.everything_read()
        await until(self._is_numbered)

    async def everything_read(self) -> None:
        """Wait until every consumer has read every log to its end, whatever came of it."""
        await until(self._is_read)

    async def _is_read(self) -> bool:
        ends = await self._ends()
        read = all((reader._reached or 0) >= ends[reader.source] for reader in self.town.readers)
        return read and ends == await self._ends()

    async def _is_numbered(self) -> bool:
        waiting = or_(*(select(line.table.c.id).where(line.waiting).exists() for line in LINES))
        async with self.town.parts["notify"].runtime.database.reading() as connection:
            return not (await connection.execute(select(waiting))).scalar()

    async def _ends(self) -> dict[str, int]:
        return {name: await end_of_log(parts.runtime.database) for name, parts in self.town.parts.items()}

    def table(self, service: str, name: str) -> Table:
        """A table of a service."""
        return self.town.parts[service].service.metadata.tables[name]

    async def execute(self, service: str, statement: Executable | str) -> None:
        """Do something to a service's database behind its back."""
        async with self.town.parts[service].runtime.database.writing() as connection:
            await connection.execute(text(statement) if isinstance(statement, str) else statement)


@asynccontextmanager
async def small_town(folder: Path, exporter: SpanExporter | None = None) -> AsyncIterator[SmallTown]:
    """A town that runs until the block ends."""
    clock, tracing = Clock(), build(TracingSettings("sunmao", ratio=1.0), exporter)
    await _migrate(Folder(folder))
    town = Town(
        installed_services(),
        Folder(folder),
        address=ADDRESS,
        metrics=make_metrics(),
        tracing=tracing,
        clock=clock,
        environment="test",
    )
    transport = httpx.ASGITransport(town.app)
    with town.folder.owned():
        async with (
            town.running(),
            httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client,
            Visitor(Addresses.embedded(ADDRESS), transport=transport) as visitor,
        ):
            yield SmallTown(town, clock, client, People(visitor), tracing)


async def _migrate(folder: Folder) -> None:
    """What the town would do by itself at its first start, from a copy."""
    folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, service in installed_services().items():
        if not (folder.path / f"{name}.db").exists():
            database = Database(folder.database_url(name))
            await migrate(database, service)
            await database.close()


async def until(true: Callable[[], Awaitable[object]], seconds: float = 30) -> None:
    """Wait until something is so. Raises `TimeoutError` when it never is."""
    async with asyncio.timeout(seconds):
        while True:
            if await true():
                return
            await asyncio.sleep(0.02)
