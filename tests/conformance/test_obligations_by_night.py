"""At midnight in +08:00 obligations are looked at again, a page at a time, and each change is told once."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime, timedelta

import pytest

from services.training.main import SERVICE
from services.training.queries import obligation_counts
from services.training.storage import TrainingWork
from shared.kernel.calendar import midnight
from shared.messaging.clockwork import Clockwork
from shared.persistence.database import Database
from shared.persistence.work import Works
from shared.web.service import Chore
from tests.conformance.test_training_story import StoredCollege
from tests.migrated import migrate
from tests.unit.training.college import DAY, RULEBOOK, TODAY
from tests.unit.training.faculty.trainee import trainee

CHORES = tuple(chore for chore in SERVICE.chores if chore.name == "review-obligations")


@pytest.fixture
async def college(database_url: str) -> AsyncIterator[StoredCollege]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    college = StoredCollege(Works(database, TrainingWork, RULEBOOK))
    await college.open()
    yield college
    await database.close()


class Night:
    """The clockworks of two replicas, one after the other, at an instant."""

    def __init__(self, college: StoredCollege, chores: tuple[Chore, ...] = CHORES) -> None:
        self.college = college
        self.now = college.now
        self.replicas = [Clockwork("training", college.works, chores, lambda: self.now) for _ in range(2)]

    async def at(self, now: datetime) -> tuple[int, ...]:
        """How many were looked at by each."""
        self.now = now
        looked = tuple([await replica.tick() for replica in self.replicas])
        await self.college._listen()
        return looked

    def told(self) -> Counter[str]:
        return Counter(name for name in self.college.story if name.startswith("obligation."))


async def test_a_fulfilled_teacher_falls_back_at_midnight_and_once(college: StoredCollege) -> None:
    someone = await trainee(college)
    await someone.succeed()
    night, kept = Night(college), await college.obligation(someone.teacher_id, "five_year_180")
    falls = midnight(kept.due_on + DAY)

    await night.at(falls - timedelta(seconds=1))
    before = night.told()["obligation.regressed"]
    first = await night.at(falls)
    for hours in range(1, 72):
        await night.at(falls + timedelta(hours=hours))

    assert (before, first) == (0, (1, 0))
    assert night.told()["obligation.regressed"] == 1
    fallen = await college.obligation(someone.teacher_id, "five_year_180")
    # As days go on rolling out, what is missing is kept up to date, and nobody is told of it again.
    assert (fallen.status, fallen.done_days, fallen.missing_days) == ("overdue", 177, 3)


async def test_what_is_not_due_is_left_alone(college: StoredCollege) -> None:
    teacher_id = await college.teacher(hired_on=TODAY, new=True)
    night, version = Night(college), (await college.obligation(teacher_id, "five_year_180")).version

    assert await night.at(midnight(TODAY + DAY)) == (0, 0)
    assert (await college.obligation(teacher_id, "five_year_180")).version == version


async def test_many_are_looked_at_in_one_transaction_and_one_that_fails_stops_no_other(college: StoredCollege) -> None:
    teachers = [await college.teacher(hired_on=date(2024, 9, 2), new=True) for _ in range(3)]
    pages: list[int] = []

    async def fails_for_the_first(ids: Sequence[str], _: object) -> None:
        pages.append(len(ids))
        raise RuntimeError("one of them cannot be read")

    broken = (Chore("review-obligations", find=CHORES[0].find, act=CHORES[0].act, act_together=fails_for_the_first),)
    due = midnight(date(2026, 9, 2))

    assert await Night(college, broken).at(due) == (3, 0)
    assert pages == [3]
    assert {(await college.obligation(id, "new_teacher_180")).status for id in teachers} == {"overdue"}


async def test_the_counts_say_how_many_stand_how_in_each_department(college: StoredCollege) -> None:
    someone = await trainee(college)
    await someone.succeed()
    for department in ("机电工程系", "机电工程系", "信息工程系"):
        await college.teacher(hired_on=TODAY, new=True, department=department)
    await college.teacher(hired_on=date(2010, 9, 1))

    async with college.works.database.reading() as connection:
        counts = await obligation_counts(connection, [college.university], None)
        nobodys = await obligation_counts(connection, [college.enterprise], None)
        every = await obligation_counts(connection, None, college.university)

    found = {(count.department, count.kind): count for count in counts}
    in_none = found[None, "five_year_180"]
    assert (in_none.fulfilled, in_none.not_started, in_none.overdue, in_none.at_risk) == (1, 0, 1, 0)
    assert found["机电工程系", "new_teacher_180"].not_started == 2
    assert found["信息工程系", "five_year_180"].not_started == 1
    assert (nobodys, every) == ([], counts)
