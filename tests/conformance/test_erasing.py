"""A person is erased, given out and let go by the map alone, on both databases."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import Column, Date, Integer, MetaData, String, Table, insert, select

from shared.persistence.columns import Document
from shared.persistence.database import Database
from shared.persistence.spine import spine_into
from shared.personal.data_map import CAREER, CONTACT, NAME, NUMBER, RESULT, TEXT, Age, held, not_personal
from shared.personal.erasing import erase
from shared.personal.exporting import answers_for, told_of
from shared.personal.purging import let_go, outdated
from shared.personal.spine import data_map

NOW: Final = datetime(2026, 9, 1, 4, tzinfo=UTC)
ANNA, BERT = "stu_ANNA", "stu_BERT"

METADATA: Final = MetaData()
PUPIL = Table(
    "pupil", METADATA,
    Column("id", String, primary_key=True), Column("school_id", String), Column("no", String, nullable=False),
    Column("name", String, nullable=False), Column("grades", Document, nullable=False), Column("left_on", Date),
)  # fmt: skip
ESSAY = Table(
    "essay", METADATA,
    Column("id", String, primary_key=True), Column("pupil_id", String), Column("text", String),
    Column("review", Document), Column("marks", Integer), Column("mother", String), Column("token", String),
)  # fmt: skip
ADDRESS = Table("address", METADATA, Column("id", String, primary_key=True), Column("mail", String))
ROOM = Table("room", METADATA, Column("id", String, primary_key=True), Column("seats", Integer))
spine_into(METADATA)
AUDIT, DECISION, ANSWER = (METADATA.tables[name] for name in ("audit", "decision", "idempotency"))
IMPORT, ENTRY = (METADATA.tables[name] for name in ("import_record", "import_entry"))

MAP: Final = data_map(
    "school",
    held(
        "pupil", "register", person="id", institution="school_id", refs="id school_id", plain="left_on",
        fields={"no": NUMBER.by_id, "name": NAME, "grades": RESULT},
    ),
    held(
        "essay", "link", person="pupil_id", refs="pupil_id", hidden="token",
        fields={
            "text": TEXT, "review": TEXT.only("words"), "marks": CAREER.kept, "mother": NAME.whose("mother"),
        },
        age=Age(column="left_on", parent="pupil", through="pupil_id"),
    ),
    held("address", "address", party="id", refs="id", removed=True, fields={"mail": CONTACT}),
    not_personal("room", "seats"),
)  # fmt: skip


@pytest.fixture
async def school(database_url: str) -> AsyncIterator[Database]:
    """A school in which Anna and Bert have written, been reached and been decided upon."""
    made = Database(database_url)
    async with made.writing() as connection:
        await connection.run_sync(METADATA.create_all)
        for person, name in ((ANNA, "Anna"), (BERT, "Bert")):
            for statement in _of(person, name):
                await connection.execute(statement)
    yield made
    await made.close()


def _of(person: str, name: str) -> list[Any]:
    old = (NOW - timedelta(days=400)).date()
    review = {"words": name, "mark": 1, "more": [{"words": name}, {"words": None}]}
    key = {"actor": "a", "method": "POST", "path": "/", "body_hash": "h", "status": 201, "created_at": NOW}
    return [
        insert(PUPIL).values(id=person, school_id="org_1", no=f"no {name}", name=name, grades=[name], left_on=old),
        insert(ESSAY).values(
            id=f"ess_{name}", pupil_id=person, text=f"by {name}", review=review, marks=7, mother=name, token="secret"
        ),
        insert(ADDRESS).values(id=f"person:{person}", mail=f"{name}@example.cn"),
        insert(AUDIT).values(at=NOW, actor="office", act="praised", subject=f"ess_{name}", reason=f"{name} is good"),
        insert(DECISION).values(
            id=f"dec_{name}", subject=person, rulepack="", decided_on=NOW,
            body={"inputs": {"birth_date": name, "weeks": 3}},
        ),
        insert(ANSWER).values(key=f"made {person}", answer=f'{{"id":"ess_{name}","name":"{name}"}}'.encode(), **key),
    ]  # fmt: skip


async def _everything(school: Database) -> str:
    async with school.reading() as connection:
        rows = [(await connection.execute(select(table))).all() for table in METADATA.sorted_tables]
    return str(rows)


async def _erase(school: Database, person: str) -> None:
    async with school.writing() as connection:
        await erase(connection, MAP, METADATA, person)


async def test_nothing_is_left_of_an_erased_person_but_what_is_kept(school: Database) -> None:
    await _erase(school, ANNA)

    assert "Anna" not in (await _everything(school)).replace("ess_Anna", "").replace("dec_Anna", "")
    async with school.reading() as connection:
        pupil = (await connection.execute(select(PUPIL).where(PUPIL.c.id == ANNA))).mappings().one()
        essay = (await connection.execute(select(ESSAY).where(ESSAY.c.pupil_id == ANNA))).mappings().one()
        decision = (await connection.execute(select(DECISION.c.body).where(DECISION.c.subject == ANNA))).scalar_one()
        answer = (await connection.execute(select(ANSWER.c.answer).where(ANSWER.c.key == f"made {ANNA}"))).scalar_one()
    assert (pupil["no"], pupil["name"], pupil["grades"]) == (ANNA, "", [])
    assert essay["review"] == {"words": "", "mark": 1, "more": [{"words": ""}, {"words": None}]}
    assert (essay["marks"], decision, answer) == (7, {"inputs": {"birth_date": None, "weeks": 3}}, None)


async def test_nobody_else_is_touched_and_a_repeat_changes_nothing(school: Database) -> None:
    before = (await _everything(school)).count("Bert")
    await _erase(school, ANNA)
    once = await _everything(school)
    await _erase(school, ANNA)

    assert once.count("Bert") == before
    assert await _everything(school) == once


async def test_an_export_shows_the_person_s_own_without_secrets_and_others(school: Database) -> None:
    async with school.reading() as connection:
        told = await told_of(connection, MAP, METADATA, ANNA)
        asked = [await answers_for(connection, MAP, METADATA, ANNA, org) for org in ("org_1", "org_2")]

    assert {table: len(rows) for table, rows in told.items()} == {"pupil": 1, "essay": 1, "address": 1}
    assert {"mother", "token"}.isdisjoint(told["essay"][0])
    assert asked == [True, False]


async def test_what_was_kept_for_its_time_goes_and_the_rest_stays(school: Database) -> None:
    essays, audit = MAP.of("essay"), MAP.of("audit")
    later = NOW + timedelta(days=1200)
    async with school.writing() as connection:
        await connection.execute(PUPIL.update().where(PUPIL.c.id == BERT).values(left_on=NOW.date()))
        gone = await outdated(connection, essays, METADATA, NOW, 10)
        await let_go(connection, essays, METADATA, NOW, ["ess_Anna", "ess_Bert"])
        young, old = [await outdated(connection, audit, METADATA, at, 10) for at in (NOW, later)]
        await let_go(connection, audit, METADATA, later, old[:1])
        left = (await connection.execute(select(ESSAY.c.id))).scalars().all()
        trail = (await connection.execute(select(AUDIT.c.id))).scalars().all()

    assert (gone, list(left)) == (["ess_Anna"], ["ess_Bert"])
    assert (young, len(old), len(trail)) == ([], 2, 1)


async def test_what_an_import_entered_is_forgotten_with_the_import(school: Database) -> None:
    imports = MAP.of("import_record")
    async with school.writing() as connection:
        for id, years in (("imp_old", 4), ("imp_new", 1)):
            at = NOW - timedelta(days=366 * years)
            await connection.execute(insert(IMPORT).values({**_IMPORTED, "id": id, "entered_at": at}))
            await connection.execute(insert(ENTRY).values(import_id=id, object_id=ANNA, version=1))
        gone = await outdated(connection, imports, METADATA, NOW, 10)
        await let_go(connection, imports, METADATA, NOW, [*gone, "imp_new"])
        left = [
            (await connection.execute(select(column))).scalars().all() for column in (IMPORT.c.id, ENTRY.c.import_id)
        ]

    assert (gone, left) == (["imp_old"], [["imp_new"], ["imp_new"]])


_IMPORTED: Final = {
    "story": "imp_1",
    "test": False,
    "version": 1,
    "table_name": "pupils",
    "organization_id": "org_1",
    "file_sha256": "0" * 64,
    "row_count": 1,
    "entered_count": 1,
    "entered_by": "a",
    "status": "entered",
}
