"""B12: a register of a hundred thousand students taken from a table and given out again as a workbook, over HTTP."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx
from python_calamine import CalamineWorkbook

from shared.operations.memory import settle
from tests.benchmarks.growth import measured
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.integration.edge.school import School, school_on
from tests.unit.training.college import College

STUDENTS: Final = scaled(100_000)
_HEAD: Final = "学号,姓名,专业编号,年级,入学日期,出生日期,性别\n"
_SECONDS: Final = 1800.0
_BOTH: Final = ("on PostgreSQL", "on SQLite")


async def _on_postgresql(stage: Stage) -> Figures:
    async with stage.database() as dsn:
        with TemporaryDirectory(dir=stage.folder) as folder:
            return await _taken_and_given(Path(folder), sqlalchemy_url(dsn))


async def _on_sqlite(stage: Stage) -> Figures:
    with TemporaryDirectory(dir=stage.folder) as folder:
        return await _taken_and_given(Path(folder), None)


async def _taken_and_given(folder: Path, url: str | None) -> Figures:
    college = College()
    async with school_on(folder, college, url=url) as school:
        school.client.timeout = httpx.Timeout(_SECONDS)
        file, office = _file(college), school.token("university_academic_office", college.university)
        settle()
        taking, taken_mb = await measured(lambda: _take(school, file, office))
        giving, given_mb = await measured(lambda: _give(school, office))
    return {
        "taking_seconds": taking,
        "taking_mb": taken_mb,
        "rate": STUDENTS / taking,
        "giving_seconds": giving,
        "giving_mb": given_mb,
    }


async def _take(school: School, file: bytes, office: dict[str, str]) -> None:
    headers = {**office, "content-type": "text/csv"}
    answer = await school.client.post("/v1/tables/students/imports", content=file, headers=headers)
    assert answer.raise_for_status().json()["taken"] == STUDENTS


async def _give(school: School, office: dict[str, str]) -> None:
    answer = await school.client.get("/v1/students?format=xlsx&status=enrolled", headers=office)
    with CalamineWorkbook.from_filelike(io.BytesIO(answer.raise_for_status().content)) as book:
        assert book.get_sheet_by_index(0).height == STUDENTS + 1


def _file(college: College) -> bytes:
    rows = (f"A{number},张三,{college.programme},2,2025-09-01,2007-05-31,女\n" for number in range(STUDENTS))
    return (_HEAD + "".join(rows)).encode()


ROWS: Final = (
    Row(
        "B12",
        "a register of a hundred thousand students, from a table and into a workbook",
        [Variant("on PostgreSQL", _on_postgresql), Variant("on SQLite", _on_sqlite)],
        [Target(figure, variant, most=256) for figure in ("taking_mb", "giving_mb") for variant in _BOTH],
        f"{STUDENTS:,} rows of seven columns as CSV, entered all or none in one transaction, each told by its event "
        "and its state; `rate` are rows a second. Then the same list whole as a workbook, written to the disk and "
        "sent, and read again by the benchmark, which keeps it in memory. `_mb` is by how much the process grows, "
        "with the file and the answer.",
    ),
)
