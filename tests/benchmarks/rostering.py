"""B14: the whole list of a hundred thousand students from a folder: taken and applied once, then compared nightly."""

import os
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx

from services.training.api.roster.folder import take_rosters
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.messaging.clockwork import Clockwork
from shared.operations.memory import settle
from shared.persistence.work import Works
from tests.benchmarks.growth import measured
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.fakes import NOON
from tests.integration.edge.school import School, school_on
from tests.unit.training.college import College

MOST: Final = scaled(100_000)
"""As many rows as one list may have."""
NIGHTLY: Final = MOST // 100
"""So many have moved up a year when the second list comes, and as many new ones stand on it."""
STUDENTS: Final = MOST - NIGHTLY
_HEAD: Final = "学号,姓名,专业编号,年级,入学日期,出生日期,性别\n"
_BOTH: Final = ("on PostgreSQL", "on SQLite")


async def _on_postgresql(stage: Stage) -> Figures:
    async with stage.database() as dsn:
        with TemporaryDirectory(dir=stage.folder) as folder:
            return await taken_and_applied(Path(folder), sqlalchemy_url(dsn))


async def _on_sqlite(stage: Stage) -> Figures:
    with TemporaryDirectory(dir=stage.folder) as folder:
        return await taken_and_applied(Path(folder), None)


async def taken_and_applied(folder: Path, url: str | None) -> Figures:
    """Both lists taken, each applied, and how long that took."""
    college = College()
    async with school_on(folder, college, url=url) as school:
        school.client.timeout = httpx.Timeout(None)
        settle()
        first, first_mb = await measured(lambda: _take(school, folder, moved=0, added=0))
        await _confirm(school)
        applying, applying_mb = await measured(lambda: _apply(school, STUDENTS))
        nightly, nightly_mb = await measured(lambda: _take(school, folder, moved=NIGHTLY, added=NIGHTLY))
        await _apply(school, 2 * NIGHTLY)
    return {
        "first_seconds": first,
        "first_mb": first_mb,
        "applying_seconds": applying,
        "applying_mb": applying_mb,
        "applied_rate": STUDENTS / applying,
        "nightly_seconds": nightly,
        "nightly_mb": nightly_mb,
    }


async def _take(school: School, folder: Path, *, moved: int, added: int) -> None:
    place = folder / "rosters" / school.college.university / "students"
    place.mkdir(parents=True, exist_ok=True)
    part = place / "students.part"
    with part.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for number in range(STUDENTS + added):
            year = 3 if number < moved else 2
            file.write(f"A{number},张三,{school.college.programme},{year},2025-09-01,2007-05-31,女\n")
    os.utime(part, (0, 0))
    part.rename(place / "students.csv")
    await take_rosters(school.runtime, folder / "rosters")
    counts = (await _newest(school))["counts"]
    assert (counts["changed"], counts["added"], counts["unreadable"]) == (moved, added or STUDENTS, 0)


async def _newest(school: School) -> dict[str, Any]:
    answer = await school.client.get("/v1/rosters", headers=_office(school))
    items: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
    return max(items, key=lambda roster: str(roster["id"]))


async def _confirm(school: School) -> None:
    path = f"/v1/rosters/{(await _newest(school))['id']}/confirmation"
    (await school.client.post(path, headers=_office(school))).raise_for_status()


async def _apply(school: School, changes: int) -> None:
    works: Works[Any] = Works(school.database, TrainingWork, SERVICE.rulebook())
    chores = [chore for chore in SERVICE.chores if chore.name == "apply-rosters"]
    await Clockwork("training", works, chores, lambda: NOON + timedelta(minutes=1)).tick()
    roster = await _newest(school)
    assert (roster["status"], roster["applied"], roster["refused"]) == ("applied", changes, 0)


def _office(school: School) -> dict[str, str]:
    return school.token("university_academic_office", school.college.university)


ROWS: Final = (
    Row(
        "B14",
        "the list of a hundred thousand students, nightly from a folder",
        [Variant("on PostgreSQL", _on_postgresql), Variant("on SQLite", _on_sqlite)],
        [
            Target(figure, variant, most=256)
            for figure in ("first_mb", "applying_mb", "nightly_mb")
            for variant in _BOTH
        ],
        f"A first list of {STUDENTS:,} rows of seven columns as CSV (`first`): read, compared, and its changes kept. "
        f"Once confirmed, these are made by the clockwork, 500 in each transaction (`applying`). Then a list on which "
        f"{NIGHTLY:,} have moved up and as many are new (`nightly`), which acts by itself. `_mb` is by how much the "
        "process grows.",
    ),
)
