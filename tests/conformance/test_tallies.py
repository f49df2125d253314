"""What each service counts in its database once a minute, on both databases."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import insert

from services.notify.handlers import keep_tasks
from services.notify.main import SERVICE as NOTIFY
from services.notify.storage import NotifyWork
from services.partnership.main import SERVICE as PARTNERSHIP
from services.partnership.storage import Table
from services.training.main import SERVICE as TRAINING
from services.training.storage import Table as TrainingTable
from shared.contracts.ids import new_id
from shared.contracts.training import ObligationState
from shared.kernel.work import Context, Told
from shared.observability.metrics import Metrics
from shared.operations.watching import keep_tallies
from shared.persistence.database import Database
from shared.persistence.work import Works
from shared.web.runtime import Runtime
from shared.web.service import Service, installed_services
from tests.conformance.deliveries import tracing
from tests.fakes import MemoryDocuments
from tests.migrated import migrate
from tests.unit.notify.world import golden

ORGANIZATION = {
    "story": "s", "version": 1, "name_zh": "重庆长江机器人有限公司", "region_code": "500000", "posts": [],
    "leading": False, "status": "verified", "warnings": [],
}  # fmt: skip
COHORT = {
    "story": "s", "version": 1, "cohort_type": "order_class", "programme_id": "prg_1", "occupation_code": "1",
    "university_id": "org_1", "enterprise_ids": [], "hire_bp": 0, "status": "planned",
}  # fmt: skip


@pytest.fixture
async def blank(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def counted(service: Service, database: Database) -> Metrics:
    """What stands after one count."""
    metrics = Metrics(CollectorRegistry())
    works = Works(database, service.work)
    runtime = Runtime(service.name, database, works, MemoryDocuments(), lambda: datetime.now(UTC), metrics, tracing())
    counting = asyncio.create_task(keep_tallies(service, runtime))
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(counting, 0.5)
    return metrics


@pytest.mark.parametrize("name", sorted(installed_services()))
async def test_every_number_can_be_counted(blank: Database, name: str) -> None:
    service = installed_services()[name]
    await migrate(blank, service)

    assert service.tallies
    async with blank.reading() as connection:
        for tally in service.tallies:
            result = await connection.execute(tally.statement)
            assert len(result.keys()) == len(tally.labels) + 1, tally.name


async def test_rows_are_counted_by_their_sort_and_demonstration_data_apart(blank: Database) -> None:
    await migrate(blank, PARTNERSHIP)
    rows = [("org_1", "enterprise", False), ("org_2", "enterprise", False), ("org_3", "enterprise", True)]
    async with blank.writing() as connection:
        for id, kind, test in rows:
            row = {**ORGANIZATION, "id": id, "uscc": id, "organization_kind": kind, "test": test}
            await connection.execute(insert(Table.metadata.tables["organization"]).values(row))

    metrics = await counted(PARTNERSHIP, blank)

    labels = {"service": "partnership", "kind": "enterprise"}
    assert metrics.registry.get_sample_value("sunmao_organizations", {**labels, "test": "false"}) == 2
    assert metrics.registry.get_sample_value("sunmao_organizations", {**labels, "test": "true"}) == 1


async def test_open_and_overdue_tasks_are_counted_by_kind(blank: Database) -> None:
    await migrate(blank, NOTIFY)
    work = Works(blank, NotifyWork)
    for version, due_on in enumerate(("2020-01-01", "2999-01-01"), start=1):
        told = Told("/sunmao/training", version, datetime(2020, 1, 1, tzinfo=UTC))
        async with work.open(Context(actor="system:notify", now=told.at, told=told)) as unit:
            owed = golden(ObligationState, status="at_risk", due_on=due_on, obligation_id=new_id("obligation"))
            await keep_tasks(owed, unit)

    metrics = await counted(NOTIFY, blank)

    labels = {"service": "notify", "kind": "obligation_to_meet", "test": "false"}
    assert metrics.registry.get_sample_value("sunmao_notify_tasks", labels) == 2
    assert metrics.registry.get_sample_value("sunmao_notify_tasks_overdue", labels) == 1


async def test_places_are_summed(blank: Database) -> None:
    await migrate(blank, TRAINING)
    async with blank.writing() as connection:
        for number, (planned, enrolled) in enumerate([(30, 12), (20, 20)]):
            more = {"id": f"coh_{number}", "agreement_id": f"agr_{number}", "planned": planned, "enrolled": enrolled}
            row = {**COHORT, **more, "test": False}
            await connection.execute(insert(TrainingTable.metadata.tables["cohort"]).values(row))

    metrics = await counted(TRAINING, blank)

    labels = {"service": "training", "test": "false"}
    assert metrics.registry.get_sample_value("sunmao_cohort_seats", {**labels, "state": "taken"}) == 32
    assert metrics.registry.get_sample_value("sunmao_cohort_seats", {**labels, "state": "free"}) == 18
