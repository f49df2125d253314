"""B11: the quota calendar of an enterprise with ten thousand internships, read and drawn as its route does."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from services.training import queries
from services.training.api.internship.quota import quota_view
from services.training.domain.directory import Employees
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Segment
from services.training.domain.internship.unit import unit_id_of
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.operations.memory import settle
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.unit.training.college import RULEBOOK
from tests.unit.training.internship.interns import Interns
from tests.unit.training.internship.workshop import FITTER, TERMS, offered

PLACEMENTS: Final = scaled(10_000)
KINDS: Final = 20
_TIMES: Final = 20
_FIRST: Final = date(2026, 9, 1)
_LAST: Final = _FIRST + timedelta(days=364)
_DAY: Final = timedelta(days=1)
_OCCUPATIONS: Final = (FITTER, *(f"6-18-{number:02}-01" for number in range(1, KINDS)))


async def _on_postgresql(stage: Stage) -> Figures:
    async with stage.database() as dsn:
        return await _drawn(Database(sqlalchemy_url(dsn)))


async def _on_sqlite(stage: Stage) -> Figures:
    with TemporaryDirectory(dir=stage.folder) as folder:
        return await _drawn(Database(f"sqlite+aiosqlite:///{Path(folder)}/training.db"))


async def _drawn(database: Database) -> Figures:
    await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
    unit_id = await _keep(database)
    await _draw(database, unit_id)
    settle()
    seconds, processor = [], time.process_time()
    for _ in range(_TIMES):
        began = time.perf_counter()
        await _draw(database, unit_id)
        seconds.append(time.perf_counter() - began)
    processor = time.process_time() - processor
    await database.close()
    return {"ms": median(seconds) * 1000, "processor_ms": processor / _TIMES * 1000}


async def _draw(database: Database, unit_id: str) -> None:
    """What the route does once it has let the caller in: one reading transaction, the two rules, and the answer."""
    async with database.reading() as connection:
        board = await queries.quota_board(connection, unit_id, _FIRST, _LAST, None)
    assert board is not None
    unit_rule, post_rule = (RULEBOOK.rule(rule, _FIRST, board.jurisdiction) for rule in ("INT-03", "INT-04"))
    calendar = board.calendar(_FIRST, _LAST, unit_rule=unit_rule, post_rule=post_rule)
    assert quota_view(board, calendar, _FIRST, _LAST).model_dump_json()
    assert sum(each.count for each in board.interns) == PLACEMENTS
    assert len(calendar.posts) == KINDS


async def _keep(database: Database) -> str:
    """An enterprise with posts of all kinds, and its interns; the id of its unit."""
    interns = await Interns().open(employees=60_000, fitters=3_000)
    college, organizations = interns.college, TrainingWork.organizations.mapping
    posts = tuple(Employees(occupation_code=code, employees=3_000) for code in _OCCUPATIONS)
    known = organizations.thing(college.store.rows["known_organization"][college.enterprise])
    college.store.put(organizations, replace(known, posts=posts))
    for code in _OCCUPATIONS[1:]:
        await offered(college, replace(TERMS, occupation_code=code))
    planned, mapping = await interns.planned(), TrainingWork.placements.mapping
    async with database.writing() as connection:
        for table, rows in college.store.rows.items():
            if table != mapping.table.name:
                await sets.insert(connection, SERVICE.metadata.tables[table], list(rows.values()))
        await sets.insert(connection, mapping.table, [mapping.row(one) for one in _placements(planned)])
    return unit_id_of(college.enterprise)


def _placements(planned: Placement) -> Iterator[Placement]:
    """Half a year each, of all occupations, from any day on that lets them meet the calendar; all take a place."""
    chance = random.Random(20260901)  # noqa: S311
    for _ in range(PLACEMENTS):
        starts_on = _FIRST + chance.randrange(-120, 240) * _DAY
        stay = Segment(starts_on=starts_on, ends_on=starts_on + chance.choice((89, 119, 179)) * _DAY)
        ends_on = max(stay.ends_on, _FIRST)
        yield replace(
            planned,
            id=new_id("placement"),
            occupation_code=chance.choice(_OCCUPATIONS),
            segments=(replace(stay, ends_on=ends_on),),
            starts_on=starts_on,
            ends_on=ends_on,
            status=PlacementStatus.ONGOING,
        )


ROWS: Final = (
    Row(
        "B11",
        "the quota calendar of an enterprise with ten thousand internships",
        [Variant("on PostgreSQL", _on_postgresql), Variant("on SQLite", _on_sqlite)],
        [Target("ms", variant, most=100) for variant in ("on PostgreSQL", "on SQLite")],
        f"{PLACEMENTS:,} internships that take a place, of {KINDS} kinds of post, from 360 different days on for one "
        "of three lengths, so that hardly any two are counted together. A year is drawn: the board is read in one "
        "transaction, INT-03 and INT-04 are asked of every stretch, and the answer is written as JSON.",
    ),
)
