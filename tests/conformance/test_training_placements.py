"""The caps on interns hold on every day under fifty approvals or amendments at once, on both databases."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from services.training.commands.internship.placement import AmendAgreed, ApprovePlacement
from services.training.domain.directory import Employees
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_amendment import Amendment
from services.training.domain.internship.placement_status import CONCURRENT, PlacementStatus
from services.training.domain.internship.placement_terms import Segment
from services.training.domain.internship.post import Post
from services.training.handlers.internship.amending import amend_agreed
from services.training.handlers.internship.placement import approve_placement
from services.training.main import SERVICE
from services.training.storage import Table, TrainingWork
from shared.contracts.ids import new_id
from shared.errors import RuleRefused
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.conformance.moved import move_in
from tests.migrated import migrate
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
    await migrate(database, SERVICE)
    yield Works(database, TrainingWork, RULEBOOK)
    await database.close()


async def welding(interns: Interns) -> Post:
    """A post for welders, in a unit of 85 with 25 of them and 25 fitters."""
    post = await offered(interns.college, replace(TERMS, occupation_code=WELDER))
    mapping = TrainingWork.organizations.mapping
    known = mapping.thing(interns.college.store.rows["known_organization"][interns.college.enterprise])
    posts = tuple(Employees(occupation_code=code, employees=25) for code in (FITTER, WELDER))
    interns.college.store.put(mapping, replace(known, posts=posts))
    return post


async def fifty_checked(interns: Interns) -> list[Placement]:
    """Three welders and the rest fitters; every fifth begins when the others end."""
    welders = await welding(interns)
    middle = FIRST + 60 * DAY
    return [
        await interns.checked(
            post=welders if number in {1, 2, 3} else interns.post,
            segments=((middle + DAY, LAST),) if number % 5 == 0 else ((FIRST, middle),),
        )
        for number in range(50)
    ]


async def fifty_under_way(interns: Interns) -> list[Placement]:
    """Three welders and the rest fitters, five at a time for three days each; nobody has said that they are over."""
    welders, ongoing = await welding(interns), []
    for number in range(50):
        first = FIRST + number // 5 * 3 * DAY
        post = welders if number in {1, 6, 11} else interns.post
        one = await interns.checked(post=post, segments=((first, first + 2 * DAY),))
        (insured,) = one.papers.insurance
        papers = replace(one.papers, insurance=(replace(insured, covers_to=LAST),))
        ongoing.append(replace(one, status=PlacementStatus.ONGOING, papers=papers))
        interns.college.store.put(TrainingWork.placements.mapping, ongoing[-1])
    return ongoing


async def amend(works: Works[TrainingWork], one: Placement, interns: Interns, added: Segment) -> str:
    """What became of an amendment that adds days."""
    command = AmendAgreed(
        placement_id=one.id,
        organization_id=interns.college.university,
        decision_id=new_id("decision"),
        amendment=Amendment(segments=(*one.segments, added)),
        reason="the project takes longer",
    )
    try:
        async with works.open(Context(actor="test:per_1", now=interns.college.now)) as work:
            return (await amend_agreed(command, work)).status.value
    except RuleRefused as refusal:
        return refusal.finding.rule


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


async def test_fifty_amendments_at_once_exceed_neither_cap_on_any_day(works: Works[TrainingWork]) -> None:
    interns = await Interns().open()
    ongoing = await fifty_under_way(interns)
    interns.college.today = ongoing[-1].ends_on + DAY
    await move_in(works.database, interns.college.store)
    added = Segment(starts_on=interns.college.today + DAY, ends_on=LAST)

    given = Counter(await asyncio.gather(*(amend(works, one, interns, added) for one in ongoing)))

    async with works.open(Context(actor="test:per_1", now=interns.college.now)) as work:
        kept = await work.placements.where(enterprise_id=interns.college.enterprise)
    days = [
        (one.occupation_code, segment.starts_on, segment.ends_on)
        for one in kept
        for segment in one.segments
        if one.status in CONCURRENT
    ]
    assert on_each_day(days) == (UNIT_CAP, POST_CAP)
    assert given.pop(PlacementStatus.SUSPENDED) == UNIT_CAP
    assert set(given) <= {"INT-03", "INT-04"}
    assert given.total() == 50 - UNIT_CAP
