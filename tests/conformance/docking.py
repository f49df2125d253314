"""Talent on a real database: a region arrives as deliveries, callers come in over HTTP, a test looks at the tables."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import httpx
from sqlalchemy import RowMapping, select

from services.talent.main import SERVICE
from services.talent.subscribers import MATCH
from shared.contracts.event import Message
from shared.contracts.partnership import CapabilityState
from shared.contracts.talent import ProgrammeState
from shared.contracts.training import BaseState, TeacherState
from shared.identity.principal import Principal
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.run import Bench
from shared.persistence.database import Database
from shared.persistence.work import Works
from shared.web.app import build_app
from shared.web.health import Health
from shared.web.runtime import Runtime
from tests.conformance.deliveries import delivery, metrics, now, tracing
from tests.fakes import MemoryDocuments
from tests.unit.talent.test_candidate import hired, opened, registered
from tests.unit.talent.test_subscribers import organization_state
from tests.unit.talent.world import FIRST, LAST, RULEBOOK, UNIVERSITY, named

PROGRAMMES: Final = [named("prog", number) for number in (1, 2, 3)]


class Names:
    """A verifier to whom a token is a role and, behind an @, an organisation."""

    async def verify(self, token: str) -> Principal:
        role, _, organization = token.partition("@")
        return Principal(subject="somebody", organization_id=organization or None, roles=frozenset({role}))


class Docking:
    """Talent's consumer and its doors, over one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        works = Works(database, SERVICE.work, RULEBOOK)
        numbers, traces = metrics(), tracing()
        bench = Bench(MATCH, works, Projector(MATCH, SERVICE.metadata), traces)
        self.pipeline = Pipeline(bench, numbers.consumer(MATCH.name), now)
        runtime = Runtime("talent", database, works, MemoryDocuments(), now, numbers, traces)
        transport = httpx.ASGITransport(build_app(SERVICE, runtime, Names(), health=Health()))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://talent.test")

    async def hear(self, *told: tuple[Message, int]) -> None:
        """These bodies arrive in one batch, each with its subject's version."""
        await self.pipeline.process([delivery(body, version) for body, version in told])

    async def get(self, path: str, who: str, **query: Any) -> Any:
        """What somebody is shown."""
        answer = await self.client.get(path, params=query, headers=by(who))
        return answer.raise_for_status().json()

    async def rows(self, table: str) -> Sequence[RowMapping]:
        """All rows of one of talent's tables."""
        async with self.database.reading() as connection:
            return (await connection.execute(select(SERVICE.metadata.tables[table]))).mappings().all()


def by(who: str, **headers: str) -> dict[str, str]:
    return {"authorization": f"Bearer {who}", **headers}


def region() -> Iterator[tuple[Message, int]]:
    """A university with three programmes that it offers, two bases and six teachers, each with its state."""
    yield organization_state(), 1
    for number in (1, 2, 3):
        yield registered(number), 1
        yield registered(number, shape=ProgrammeState, status="active", version=1), 1
    for number in (1, 2):
        base = opened().model_copy(update={"base_id": named("base", number)})
        yield from ((base, 3), (BaseState(**base.model_dump(), status="open", version=3), 3))
    for number in range(1, 7):
        teacher = hired().model_copy(update={"teacher_id": named("tch", number)})
        yield from ((teacher, 1), (TeacherState(**teacher.model_dump(), status="active", version=1), 1))
    yield offered(), 1


def offered() -> CapabilityState:
    """The university's offer of its three programmes for order classes."""
    return CapabilityState(
        capability_id=named("cap", 1),
        organization_id=UNIVERSITY,
        kind="order_class",
        programme_ids=PROGRAMMES,
        capacity=40,
        starts_on=FIRST,
        ends_on=LAST,
        status="published",
        version=1,
    )
