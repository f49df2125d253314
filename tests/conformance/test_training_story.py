"""Training's half of the story on real databases: from signed agreements to obligations and credits."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from services.training.domain.kinship import born_of
from services.training.main import SERVICE
from services.training.queries import teachers_to_review
from services.training.storage import Table, TrainingWork
from shared.contracts.event import Message
from shared.contracts.registry import REGISTRY
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.spine import OutboxRow, table_of
from shared.persistence.work import Works
from tests.conformance.moved import move_in
from tests.migrated import migrate
from tests.unit.training.college import DAY, RULEBOOK, TODAY, College, base_terms, class_terms, practice_terms
from tests.unit.training.faculty.trainee import trainee
from tests.unit.training.learner import Learner, enrolled_learner

OUTBOX = table_of(OutboxRow)


class StoredCollege(College):
    """The college of the unit tests, over a database."""

    def __init__(self, works: Works[TrainingWork]) -> None:
        super().__init__()
        self.works = works
        self.told: list[Message] = []

    async def open(self) -> None:
        """Let the state of others arrive."""
        await move_in(self.works.database, self.store)

    async def do(self, handler: Callable[[Any, Any], Awaitable[Any]], command: object, **context: Any) -> Any:
        async with self.works.open(Context(**{"actor": "test:per_1", "now": self.now, **context})) as work:
            outcome = await handler(command, work)
        await self._listen()
        return outcome

    async def read(self, repository: str, id: str) -> Any:
        async with self.works.open(Context(actor="test:per_1", now=self.now)) as work:
            return await getattr(work, repository).find(id)

    @property
    def facts(self) -> list[Any]:
        return self.told

    async def _listen(self) -> None:
        async with self.works.database.reading() as connection:
            rows = await connection.execute(select(OUTBOX.c.type, OUTBOX.c.payload).order_by(OUTBOX.c.id))
            bodies = [(REGISTRY.get(row.type), row.payload) for row in rows]
        self.told = [body.read(payload) for body, payload in bodies if body and not body.wire.is_state]


@pytest.fixture
async def college(database_url: str) -> AsyncIterator[StoredCollege]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    college = StoredCollege(Works(database, TrainingWork, RULEBOOK))
    await college.open()
    yield college
    await database.close()


async def test_half_a_year_of_practice_fulfils_both_obligations_and_is_an_outcome(college: StoredCollege) -> None:
    someone = await trainee(college, hired_on=TODAY - 300 * DAY, new=True)

    await someone.succeed()

    assert college.story[-4:] == [
        "practice.verified",
        "obligation.fulfilled",
        "obligation.fulfilled",
        "outcome.registered",
    ]


async def test_part_time_logs_are_found_again_and_counted(college: StoredCollege) -> None:
    someone = await trainee(college)

    verified = await someone.succeed(TODAY - 20 * DAY, TODAY - DAY, minutes_a_day=420)

    # 7 hours are 7 / 8 x 7/5 = 1.2 days.
    assert (verified.days_claimed, verified.verified_days, verified.logged_hours) == (1, 1, 7)


async def test_what_was_planned_ends_with_its_agreement(college: StoredCollege) -> None:
    base = await college.signed("base_co_build", base_terms(college.operator))
    cohort = await college.signed("order_class", class_terms(college.programme, 12))
    seats = await college.signed("teacher_practice", practice_terms(4))

    await college.terminate(base, "base_co_build")
    await college.terminate(cohort, "order_class")
    await college.terminate(seats, "teacher_practice")

    assert (await college.read("bases", born_of(base, "base"))).status == "closed"
    assert (await college.read("cohorts", born_of(cohort, "cohort"))).status == "cancelled"
    assert (await college.read("seats", born_of(seats, "seat"))).status == "withdrawn"


async def test_the_ledger_adds_up_after_a_reversal(college: StoredCollege) -> None:
    learner: Learner = await enrolled_learner(college)
    learnt = await learner.learn()
    conversion_id = await learner.propose((learnt.id, None))
    await learner.approve(conversion_id)
    await learner.reverse(conversion_id)
    await learner.approve(await learner.propose((learnt.id, None)))

    entries = Table.metadata.tables["ledger_entry"]
    async with college.works.database.reading() as connection:
        total = (await connection.execute(select(func.sum(entries.c.half_credits)))).scalar()

    assert total == await learner.balance() == 8


async def test_the_clockwork_finds_an_obligation_on_the_day_of_its_next_look(college: StoredCollege) -> None:
    teacher_id = await college.teacher(hired_on=TODAY)
    kept = await college.obligation(teacher_id, "five_year_180")

    async with college.works.database.reading() as connection:
        college.today = kept.review_on - DAY
        before = await teachers_to_review(connection, college.now, 10)
        college.today = kept.review_on
        then = await teachers_to_review(connection, college.now, 10)

    assert (before, then) == ([], [teacher_id])
