"""B10: what the rules say of one placement, asked as it is approved: everything read, judged and kept as facts."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psutil

from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_terms import Segment
from services.training.domain.internship.rules.compliance import check
from services.training.domain.internship.rules.facts import UnitFacts
from services.training.handlers.internship.judging import judge_before_approval
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.kernel.work import Context
from shared.kernel.working_days import LawfulCalendar
from shared.operations.memory import settle
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.persistence.work import Works
from shared.rules import Asked, refused
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage
from tests.unit.rules.packs import WANZHOU, shipped
from tests.unit.training.college import RULEBOOK
from tests.unit.training.internship import cases
from tests.unit.training.internship.interns import Interns

CHECKS: Final = scaled(500)
OTHERS: Final = 400
_EMPLOYEES: Final = 6_000
_FITTERS: Final = 3_000
_DAY: Final = timedelta(days=1)


async def _as_approved(stage: Stage) -> Figures:
    interns = await Interns().open(employees=_EMPLOYEES, fitters=_FITTERS)
    placement = await interns.ready()
    with TemporaryDirectory(dir=stage.folder) as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder)}/training.db")
        await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
        await _keep(database, interns, placement)
        works = Works(database, TrainingWork, RULEBOOK)
        context = Context(actor="bench", now=interns.college.now)
        await _judge(works, context, placement.id)
        settle()
        process, began = psutil.Process(), time.perf_counter()
        processor = sum(process.cpu_times()[:2])
        for _ in range(CHECKS):
            await _judge(works, context, placement.id)
        processor, seconds = sum(process.cpu_times()[:2]) - processor, time.perf_counter() - began
        await database.close()
    return {"processor_ms": processor / CHECKS * 1000, "ms": seconds / CHECKS * 1000}


async def _of_facts(_: Stage) -> Figures:
    first = cases.FIRST
    there = tuple(cases.interns(first + each % 60 * _DAY, cases.LAST) for each in range(OTHERS))
    unit = UnitFacts(employees_total=_EMPLOYEES, employees_on_post=_FITTERS, interns=there, external_interns=())
    case, rule = cases.sound(unit=unit), partial(shipped("training").rule, on=first, jurisdiction=WANZHOU)
    asked = Asked(first, WANZHOU, rule, LawfulCalendar())
    assert not refused(check(case, asked))
    settle()
    began = time.process_time()
    for _each in range(CHECKS):
        check(case, asked)
    return {"processor_ms": (time.process_time() - began) / CHECKS * 1000}


async def _judge(works: Works[TrainingWork], context: Context, placement_id: str) -> None:
    async with works.open(context) as work:
        judged = await judge_before_approval(await work.placements.get(placement_id), work)
    assert len(judged.findings) == len(judged.inputs)
    assert not refused(judged.findings), refused(judged.findings)


async def _keep(database: Database, interns: Interns, placement: Placement) -> None:
    """What the workshop knows, and as many others on the same post as there are to be."""
    async with database.writing() as connection:
        for table, rows in interns.college.store.rows.items():
            await sets.insert(connection, SERVICE.metadata.tables[table], list(rows.values()))
        mapping = TrainingWork.placements.mapping
        await sets.insert(connection, mapping.table, [mapping.row(other) for other in _others(placement)])


def _others(placement: Placement) -> Iterator[Placement]:
    for number in range(OTHERS):
        first = placement.starts_on + number % 60 * _DAY
        segment = Segment(starts_on=first, ends_on=placement.ends_on)
        yield replace(placement, id=new_id("placement"), status="ongoing", starts_on=first, segments=(segment,))


ROWS: Final = (
    Row(
        "B10",
        "what the rules say of one placement before it is approved",
        [Variant("as approved", _as_approved), Variant("facts alone", _of_facts)],
        [
            Target("processor_ms", "as approved", most=5),
            Target("processor_ms", "facts alone"),
            Target("processor_ms", "as approved", "facts alone"),
        ],
        f"{CHECKS} checks, one after the other, of a sound placement at a unit with {OTHERS} interns of 60 different "
        "stays. as approved: a unit of work on a file of SQLite, with all that is read under its locks, every rule, "
        "and the facts of each as they are kept with the decision. facts alone: the rules over facts that are at hand.",
    ),
)
