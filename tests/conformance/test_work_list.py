"""The work-list behind a real pipeline, on both databases: repeats, restarts, any order, rebuilding and catching up."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from services.notify.main import SERVICE
from services.notify.storage import NotifyWork
from services.notify.storage.tables import TASK
from services.notify.subscribers import PARTIES, TASKS
from shared.contracts.envelope import Envelope
from shared.contracts.event import Message
from shared.contracts.ids import new_event_id, new_id
from shared.contracts.partnership import AgreementState, OrganizationState
from shared.contracts.training import (
    PlacementGraded,
    PlacementLogOverdue,
    PlacementLogReceived,
    PlacementState,
)
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.inbox import INBOX
from shared.messaging.intake import Intake, strangers_of
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.retrying import SecondChances
from shared.messaging.run import Bench
from shared.operations.rereading import backfill_reactions, rebuild_projections
from shared.persistence.database import Database
from shared.persistence.record import record_of, split_headers, tombstone_of
from shared.persistence.work import Works
from tests.conformance.deliveries import dead_letters, metrics, tracing
from tests.migrated import migrate
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, OFFICE_U, UNIVERSITY, golden

NOW = datetime(2026, 10, 20, 4, tzinfo=UTC)
DAY = timedelta(days=1)
PLACEMENT, WEEK = golden(PlacementLogOverdue).placement_id, "2026-10-05"


def delivered(body: Message, version: int, *, at: datetime = NOW) -> Delivery:
    """A record as a broker hands it over."""
    envelope = Envelope(
        id=new_event_id(), source=f"/sunmao/{body.wire.service}", type=body.wire.type, subject=body.subject, time=at,
        sequence=version, correlationid="need_1",
    )  # fmt: skip
    record = record_of(body, envelope)
    return Delivery(record.topic, 0, 0, record.key, tuple(split_headers(record.headers)), record.payload)


def erased(body: Message, version: int) -> Delivery:
    """The tombstone of a state."""
    envelope = Envelope(
        id=new_event_id(), source=f"/sunmao/{body.wire.service}", type=body.wire.type, subject=body.subject, time=NOW,
        sequence=version, correlationid="need_1",
    )  # fmt: skip
    record = tombstone_of(f"sunmao.{body.wire.service}.state.v1", f"{body.wire.aggregate}/{body.subject}", envelope)
    return Delivery(record.topic, 0, 0, record.key, tuple(split_headers(record.headers)), None)


def state_of(status: str, version: int, at: datetime = NOW, **changes: Any) -> Delivery:
    said = {"status": status, "version": version, "placement_id": PLACEMENT, **changes}
    return delivered(golden(PlacementState, **said), version, at=at)


def organization(id: str, kind: str) -> Delivery:
    return delivered(golden(OrganizationState, organization_id=id, kind=kind, status="verified", version=1), 1)


class Topics:
    """What is still there to be read again."""

    def __init__(self, deliveries: Sequence[Delivery]) -> None:
        self._deliveries = deliveries

    async def read(self, topics: frozenset[str], since: datetime | None) -> AsyncIterator[Sequence[Delivery]]:
        yield [d for d in self._deliveries if d.topic in topics and (since is None or d.envelope.time >= since)]


class Desk:
    """Notify's directory and work-list over one database; `again` is a process that was started anew."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.again()

    def again(self) -> None:
        self.pipelines = {consumer.name: self._pipeline(consumer) for consumer in (PARTIES, TASKS)}
        strangers = self._pipeline(strangers_of("notify"))
        numbers = metrics().group("notify", "sunmao.notify")
        self.intake = Intake(list(self.pipelines.values()), strangers, numbers)

    async def hear(self, *deliveries: Delivery) -> None:
        await self.intake.take(deliveries)

    async def open(self) -> dict[str, list[str]]:
        """For whom open tasks wait, by kind."""
        statement = select(TASK.c.task_kind, TASK.c.parties).where(TASK.c.is_open).order_by(TASK.c.task_kind)
        async with self.database.reading() as connection:
            rows = (await connection.execute(statement)).all()
        return {row.task_kind: row.parties for row in rows}

    async def since(self, kind: str) -> datetime | None:
        async with self.database.reading() as connection:
            found = (await connection.execute(select(TASK.c.since).where(TASK.c.task_kind == kind))).scalar_one()
        at: datetime | None = found
        return at

    def _pipeline(self, consumer: Consumer) -> Pipeline:
        projector = Projector(consumer, SERVICE.metadata)
        bench = Bench(consumer, Works(self.database, NotifyWork), projector, tracing())
        return Pipeline(bench, metrics().consumer(consumer.name), lambda: NOW)


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    made = Desk(database)
    await made.hear(organization(UNIVERSITY, "university"), organization(ENTERPRISE, "enterprise"))
    yield made
    await database.close()


async def test_a_story_of_states_moves_a_task_from_hand_to_hand_in_one_batch_or_in_many(desk: Desk) -> None:
    signing = {"parties": golden(AgreementState).model_dump(mode="json")["parties"], "status": "pending_signatures"}
    both, one = (
        delivered(golden(AgreementState, **signing, version=version, pending_organization_ids=pending), version)
        for version, pending in ((2, [UNIVERSITY, ENTERPRISE]), (3, [ENTERPRISE]))
    )

    await desk.hear(both)
    before = await desk.open()
    await desk.hear(both, one, state_of("planned", 1), state_of("consented", 2))

    assert before == {"agreement_to_sign": [OFFICE_U, ADMIN_E]}
    assert await desk.open() == {
        "agreement_to_sign": [ADMIN_E],
        "placement_agreement_to_take_in": [OFFICE_U, ADMIN_E],
    }


async def test_what_is_delivered_again_changes_nothing_and_an_older_state_opens_nothing(desk: Desk) -> None:
    planned, checked = state_of("planned", 1), state_of("checked", 4)
    await desk.hear(planned, checked)

    desk.again()
    await desk.hear(planned, checked, state_of("consented", 2))

    assert list(await desk.open()) == ["placement_to_approve"]
    async with desk.database.reading() as connection:
        versions = (await connection.execute(select(TASK.c.version).where(TASK.c.is_open))).scalars().all()
        claims = (await connection.execute(select(func.count()).select_from(INBOX))).scalar()
    assert (list(versions), claims) == ([1], 0)


async def test_an_end_that_is_delivered_before_its_beginning_ends_it(desk: Desk) -> None:
    late = golden(PlacementLogOverdue, placement_id=PLACEMENT, week_starts_on=WEEK)
    written = golden(PlacementLogReceived, placement_id=PLACEMENT, week_starts_on=WEEK)

    await desk.hear(delivered(written, 6))
    desk.again()
    await desk.hear(delivered(late, 5))

    assert await desk.open() == {}


async def test_a_task_waits_as_an_event_until_it_is_known_who_speaks_for_an_organisation(desk: Desk) -> None:
    stranger = new_id("organization")
    parties = [{"organization_id": stranger, "role": "other"}, {"organization_id": ENTERPRISE, "role": "enterprise"}]
    await desk.hear(delivered(golden(AgreementState, status="draft", parties=parties, version=1), 1))
    waiting = [letter["status"] for letter in await dead_letters(desk.database)]

    await desk.hear(organization(stranger, "enterprise"))
    await SecondChances(desk.intake, NOW).retry_waiting()

    assert waiting == ["waiting"]
    assert await desk.open() == {"agreement_to_submit": [f"role:enterprise_admin@{stranger}", ADMIN_E]}


async def test_what_is_erased_waits_for_nobody_and_does_not_return(desk: Desk) -> None:
    planned = state_of("planned", 1)
    await desk.hear(planned)

    await desk.hear(erased(golden(PlacementState, placement_id=PLACEMENT), 2), planned)

    assert await desk.open() == {}
    assert await dead_letters(desk.database) == []


async def test_rebuilding_the_directory_leaves_the_work_list_as_it_is(desk: Desk) -> None:
    await desk.hear(state_of("checked", 4, NOW - 9 * DAY))

    await rebuild_projections(desk.pipelines["notify.parties"], Topics([organization(UNIVERSITY, "university")]))

    assert await desk.open() == {"placement_to_approve": [OFFICE_U]}
    assert await desk.since("placement_to_approve") == NOW - 9 * DAY


async def test_a_work_list_that_was_lost_is_made_again_from_what_the_topics_still_hold(desk: Desk) -> None:
    late = golden(PlacementLogOverdue, placement_id=PLACEMENT, week_starts_on=WEEK)
    told = [state_of("ongoing", 7, NOW - 30 * DAY, ends_on="2026-10-15"), delivered(late, 8, at=NOW - 2 * DAY)]
    await desk.hear(*told)
    was = await desk.open()
    async with desk.database.writing() as connection:
        for name in ("task", "reach", "applied", "inbox"):
            await connection.execute(SERVICE.metadata.tables[name].delete())

    read = await backfill_reactions(desk.pipelines["notify.tasks"], Topics(told), NOW - 60 * DAY)

    assert read == 2
    assert await desk.open() == was != {}


async def test_the_end_of_an_internship_ends_its_logs_whatever_was_set_aside_in_between(desk: Desk) -> None:
    weeks = [golden(PlacementLogOverdue, placement_id=PLACEMENT, week_starts_on=f"2026-10-{day:02}") for day in (5, 12)]

    await desk.hear(*(delivered(week, version) for version, week in enumerate(weeks, start=4)))
    await desk.hear(delivered(golden(PlacementGraded, placement_id=PLACEMENT), 9))

    assert await desk.open() == {}
