"""The caps on interns hold on every day under fifty approvals at once, on both databases, as training keeps them."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from services.training.commands.internship.placement import ApprovePlacement
from services.training.domain.directory import Employees
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.handlers.internship.placement import approve_placement
from services.training.main import SERVICE
from services.training.storage import Table, TrainingWork
from shared.contracts.ids import new_id
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.persistence.work import Works
from tests.conformance.moved import move_in
from tests.unit.training.college import RULEBOOK
from tests.unit.training.internship.interns import FIRST, LAST, Interns
from tests.unit.training.internship.workshop import FITTER, TERMS, offered

WELDER = "6-18-02-04"
UNIT_CAP, POST_CAP = 8, 5
DAY = timedelta(days=1)


@pytest.fixture
async def works(database_url: str) -> AsyncIterator[Works[TrainingWork]]:
    """Training on an empty database, brought up by its migrations."""
    database = Database(database_url)
    await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
    yield Works(database, TrainingWork, RULEBOOK)
    await database.close()


async def fifty_checked(interns: Interns) -> list[Placement]:
    """Three welders and the rest fitters, in a unit of 85 with 25 of each; every fifth begins when the others end."""
    welding = await offered(interns.college, replace(TERMS, occupation_code=WELDER))
    mapping = TrainingWork.organizations.mapping
    known = mapping.thing(interns.college.store.rows["known_organization"][interns.college.enterprise])
    posts = tuple(Employees(occupation_code=code, employees=25) for code in (FITTER, WELDER))
    interns.college.store.put(mapping, replace(known, posts=posts))
    middle = FIRST + 60 * DAY
    return [
        await interns.checked(
            post=welding if number in {1, 2, 3} else interns.post,
            segments=((middle + DAY, LAST),) if number % 5 == 0 else ((FIRST, middle),),
        )
        for number in range(50)
    ]


async def approve(works: Works[TrainingWork], one: Placement, interns: Interns) -> PlacementStatus:
    command = ApprovePlacement(
        placement_id=one.id, organization_id=interns.college.university, decision_id=new_id("decision")
    )
    async with works.open(Context(actor="test:per_1", now=interns.college.now)) as work:
        approved = await approve_placement(command, work)
    return approved.status


def on_each_day(approved: list[tuple[str, date, date]]) -> tuple[int, int]:
    """The most interns of any day, in the whole unit and on one post."""
    days = [FIRST + place * DAY for place in range((LAST - FIRST).days + 1)]
    there = [[post for post, first, last in approved if first <= day <= last] for day in days]
    return max(map(len, there)), max(max(Counter(posts).values(), default=0) for posts in there)


async def test_fifty_approvals_at_once_exceed_neither_cap_on_any_day(works: Works[TrainingWork]) -> None:
    interns = await Interns().open()
    checked = await fifty_checked(interns)
    await move_in(works.database, interns.college.store)

    given = Counter(await asyncio.gather(*(approve(works, one, interns) for one in checked)))

    placement = Table.metadata.tables["placement"]
    statement = select(placement.c.occupation_code, placement.c.starts_on, placement.c.ends_on)
    async with works.database.reading() as connection:
        rows = await connection.execute(statement.where(placement.c.status == "approved"))
        unit, post = on_each_day([tuple(row) for row in rows.all()])
    assert (unit, post) == (UNIT_CAP, POST_CAP)
    assert set(given) == {PlacementStatus.APPROVED, PlacementStatus.BLOCKED}
