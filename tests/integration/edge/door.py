"""One real service behind its edge, with callers in any role and a clock that a test may move."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import httpx
from prometheus_client import CollectorRegistry
from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from starlette.applications import Starlette
from starlette.routing import Mount

from services.partnership.main import SERVICE
from services.partnership.storage import PartnershipWork
from shared.contracts.ids import new_id
from shared.errors import LostRace
from shared.identity.access import allow, public
from shared.identity.issuer import KeyFolder, LocalIssuer
from shared.identity.keys import RememberedKeys
from shared.identity.router import AccessRouter
from shared.identity.tokens import TokenVerifier
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.operations.parts import Parts, build_parts
from shared.persistence.database import Database
from shared.persistence.spine import AuditRow, ReachRow, table_of
from shared.web.batches import IN_BATCHES
from shared.web.edge import EdgeIn
from tests.fakes import MemoryDocuments
from tests.unit.partnership.alliance import uscc

PREFIX: Final = "/partnership"
SECRET: Final = "a secret of ours"
ISSUER: Final = "http://issuer.test"

TROUBLE = AccessRouter()


class Tries(BaseModel):
    """At which try something succeeded."""

    tries: int


@TROUBLE.get("/v1/trouble", access=public())
async def trouble() -> None:
    """What nobody foresaw."""
    raise ZeroDivisionError(SECRET)


@TROUBLE.post("/v1/races/{lost}", access=public())
async def race(lost: int, edge: EdgeIn) -> Tries:
    """Somebody else is faster, so many times."""
    tries = iter(range(1, 10))

    async def run(_command: None, work: PartnershipWork) -> int:
        work.audit("race", "need_1")
        if (turn := next(tries)) <= lost:
            raise LostRace
        return turn

    return await edge.act(run, None, answer=lambda turn: Tries(tries=turn), actor="test:per_1")


@TROUBLE.post("/v1/troubles/{kind}", access=allow("alliance_office", scope=None), openapi_extra=IN_BATCHES)
async def get_into_trouble(kind: str, edge: EdgeIn) -> Tries:
    """Something that fails in a way of its own, or is done at the second try."""
    tries = 0

    async def run(_command: None, work: PartnershipWork) -> int:
        nonlocal tries
        tries += 1
        work.audit(kind, "need_1")
        if kind in _REFUSED:
            raise _REFUSED[kind]
        for table, row in _UNKEPT.get(kind, ()):
            work.keep_row(table, row)
        if kind == "race" and tries == 1:
            work.afterwards(_lose)
        return tries

    return await edge.act(run, None, answer=lambda tries: Tries(tries=tries))


_REACHED: Final = {"owner": "org_1", "kind": "need", "object_id": "need_1"}
_REFUSED: Final = {"unforeseen": ZeroDivisionError(SECRET), "lost": LostRace()}
_UNKEPT: Final[dict[str, list[Any]]] = {
    "database": [(table_of(AuditRow), {"actor": None})],
    "collision": [(table_of(ReachRow), _REACHED)] * 2,
}


async def _lose(_connection: AsyncConnection) -> None:
    raise LostRace


class Clock:
    """The service's time: it stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Door:
    """Partnership behind its edge, mounted as the embedded edition mounts it."""

    database: Database
    keys: Path
    clock: Clock = field(default_factory=Clock)
    entered: int = 0
    store: MemoryDocuments = field(default_factory=MemoryDocuments)

    @cached_property
    def issuer(self) -> LocalIssuer:
        return LocalIssuer(ISSUER, KeyFolder(self.keys), environment="test")

    @cached_property
    def parts(self) -> Parts:
        return build_parts(
            replace(SERVICE, routers=(*SERVICE.routers, TROUBLE)),
            self.database,
            self.store,
            TokenVerifier(RememberedKeys(self.issuer.keys.fetch), issuer=ISSUER),
            clock=self.clock,
            metrics=Metrics(CollectorRegistry()),
            tracing=build(TracingSettings("partnership")),
        )

    @cached_property
    def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(Starlette(routes=[Mount(PREFIX, self.parts.app)]))
        return httpx.AsyncClient(transport=transport, base_url=f"http://town.test{PREFIX}")

    def token(self, role: str, organization_id: str | None = None, **claims: Any) -> dict[str, str]:
        """The header of a caller in this role."""
        issued = self.issuer.issue(roles=[role], organization_id=organization_id, **claims)
        return {"authorization": f"Bearer {issued}"}

    @cached_property
    def office(self) -> dict[str, str]:
        return self.token("alliance_office")

    async def organization(self, *, verified: bool = True, **fields: Any) -> str:
        """The id of an enterprise that was just registered."""
        answer = await self.client.post("/v1/organizations", json=self.entry(**fields), headers=self.office)
        id = str(answer.raise_for_status().json()["id"])
        if verified:
            (await self.client.post(f"/v1/organizations/{id}/verification", headers=self.office)).raise_for_status()
        return id

    def entry(self, **fields: Any) -> dict[str, Any]:
        """An enterprise's entry, each with a credit code of its own."""
        self.entered += 1
        usual = {"kind": "enterprise", "name_zh": "示例企业", "uscc": uscc(self.entered), "region_code": "500101"}
        return {**usual, **fields}

    async def enterprise(self) -> dict[str, str]:
        """The header of the administrator of a new enterprise."""
        return self.token("enterprise_admin", await self.organization())

    def need(self, **fields: Any) -> dict[str, Any]:
        """A need as its enterprise posts it."""
        today = self.clock.now.date()
        usual = {
            "lines": [{"line_no": 1, "kind": "order_class", "headcount": 12}],
            "title": "Equipment maintenance",
            "starts_on": today.isoformat(),
            "ends_on": (today + timedelta(days=300)).isoformat(),
            "region_code": "511700",
        }
        return {**usual, **fields}

    async def posted(self, who: Mapping[str, str], **fields: Any) -> dict[str, Any]:
        """A need that was just posted."""
        answer = await self.client.post("/v1/needs", json=self.need(**fields), headers=who)
        posted: dict[str, Any] = answer.raise_for_status().json()
        return posted

    async def everything(self, table: str) -> str:
        """Every value of a table's rows, as text."""
        async with self.database.reading() as connection:
            rows = await connection.execute(select(SERVICE.metadata.tables[table]))
            return " ".join(str(value) for row in rows for value in row)

    @asynccontextmanager
    async def without_database(self) -> AsyncIterator[None]:
        """As if nothing answered at the database's address."""
        engine = self.database._reader
        self.database._reader = create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
        try:
            yield
        finally:
            await self.database._reader.dispose()
            self.database._reader = engine

    async def count(self, table: str) -> int:
        """How many rows a table has."""
        async with self.database.reading() as connection:
            statement = select(func.count()).select_from(SERVICE.metadata.tables[table])
            return int((await connection.execute(statement)).scalar_one())


def stranger() -> str:
    """The id of an organisation that nobody knows."""
    return new_id("organization")
