"""A student who has been all that a student can be, erased: no byte is left, and what the law files names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import insert
from structlog.typing import EventDict

from services.training.domain.internship.placement_status import PlacementStatus
from services.training.main import SERVICE as TRAINING
from shared.contracts.ids import new_id
from shared.documents.sweeping import Sweeper
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.spine import ReachRow, table_of
from shared.personal.data_map import Erasing, Held
from shared.personal.erasing import is_text
from tests.integration.edge.signing import PDF
from tests.integration.operations.persons import BORN, CANARY, Registered, all_told, bytes_left
from tests.integration.operations.town import SmallTown, small_town, until
from tests.migrated import migrate
from tests.unit.training.college import TODAY, College
from tests.unit.training.internship.intern import MONDAY, Intern, day, intern


@pytest.fixture
async def planted(tmp_path: Path) -> tuple[Path, Intern]:
    """A town's folder in which a student has been everything that a student can be, each text of it a canary."""
    college, home = College(), tmp_path / "home"
    someone = await _lived(college)
    for each in TRAINING.personal.by_person if TRAINING.personal else ():
        _plant(each, college.store.rows.get(each.table, {}), someone.student_id)
    home.mkdir()
    database = Database(f"sqlite+aiosqlite:///{home}/training.db")
    await migrate(database, TRAINING)
    async with database.writing() as connection:
        for name, rows in college.store.rows.items():
            await sets.insert(connection, TRAINING.metadata.tables[name], list(rows.values()))
        changes = college.store.changes
        await sets.claim(connection, table_of(ReachRow), [r for each in changes for r in each.reached], "object_id")
        for statement in _of_the_spine(someone):
            await connection.execute(statement)
    await database.close()
    return home, someone


async def _lived(college: College) -> Intern:
    asked = await intern(college, status=PlacementStatus.PLANNED, birth_date=BORN)
    text = await asked.publish()
    await asked.answer(text)
    await asked.ask_guardian()
    await asked.answer_by_link()
    await asked.become(PlacementStatus.ONGOING)
    college.today = date(2026, 9, 30)
    await asked.review(await asked.log(day(MONDAY)), remark="清楚")
    await asked.handle(await asked.report())
    await asked.answer_payment(await asked.paid(TODAY, TODAY), received=True)
    await asked.ask_leave(TODAY, TODAY)
    await asked.become(PlacementStatus.ARCHIVED)
    return asked


def _plant(held: Held, rows: Mapping[str, dict[str, Any]], person: str) -> None:
    table = TRAINING.metadata.tables[held.table]
    for row in rows.values():
        if person in {row[column] for column in held.person}:
            for name, field in held.fields.items():
                if field.erasing in {Erasing.BLANKED, Erasing.OWN_ID} and is_text(table.c[name]):
                    row[name] = f"{CANARY} {held.table} {name}"


def _of_the_spine(someone: Intern) -> list[Any]:
    tables = TRAINING.metadata.tables
    at = someone.college.now
    facts = {"inputs": {"student": {"birth_date": CANARY, "sex": "female"}}, "findings": []}
    return [
        insert(tables["decision"]).values(
            id=new_id("decision"), subject=someone.placement_id, rulepack="", decided_on=at, body=facts
        ),
        insert(tables["audit"]).values(
            at=at, actor="student:x", act="test", subject=someone.placement_id, reason=f"about {CANARY}"
        ),
    ]


@dataclass
class Office:
    """The academic office of the student's university, and the student."""

    small: SmallTown
    someone: Intern

    def headers(self, role: str, *persons: str) -> dict[str, str]:
        token = self.small.town.issuer.issue(
            roles=[role],
            organization_id=self.someone.college.university,
            persons=persons,
            scopes=[],
            subject="somebody",
        )
        return {"authorization": f"Bearer {token}", "if-match": "*"}

    async def ask(self, method: str, path: str, role: str, body: Any = None, **headers: str) -> httpx.Response:
        persons = (self.someone.student_id,) if role == "student" else ()
        return await self.small.client.request(
            method, path, json=body, headers={**self.headers(role, *persons), **headers}
        )

    async def let_go(self) -> None:
        """Enter that the student has withdrawn."""
        path = f"/training/v1/students/{self.someone.student_id}"
        body = {"programme_id": self.someone.college.programme, "study_year": 2, "status": "withdrawn"}
        (await self.ask("PUT", path, "university_academic_office", body)).raise_for_status()

    @property
    def person(self) -> str:
        return f"/training/v1/personal-data/{self.someone.student_id}"

    async def keep_paper(self) -> int:
        """Hand in a paper about the internship whose title and content name the student."""
        content = PDF.replace(b"\n", f"\n%{CANARY}\n".encode(), 1)
        said = {"about": self.someone.placement_id, "kind": "tripartite_agreement", "title": f"{CANARY} paper"}
        headers = {**self.headers("university_coop_office"), "content-type": "application/pdf"}
        path = "/training/v1/documents"
        return (await self.small.client.post(path, params=said, content=content, headers=headers)).status_code

    async def erased(self) -> str:
        answer = await self.ask("POST", f"{self.person}/erasure", "university_academic_office")
        return str(answer.raise_for_status().json()["id"])

    async def is_complete(self, erasure: str) -> bool:
        answer = await self.ask("GET", f"/training/v1/erasures/{erasure}", "university_academic_office")
        return bool(answer.json()["status"] == "complete")


def papers_in(folder: Path) -> list[Path]:
    """The files of the document store."""
    return [file for file in (folder / "documents").rglob("*") if file.is_file()]


async def test_after_an_erasure_no_byte_of_the_person_is_left(
    planted: tuple[Path, Intern], logged: list[EventDict]
) -> None:
    (home, someone), spans = planted, InMemorySpanExporter()
    before = bytes_left(home)
    async with small_town(home, spans) as small:
        office = Office(small, someone)
        people = Registered(small)
        small.people.university = someone.college.university
        # Training told notify of the student before this town was there.
        await small.execute("notify", insert(small.table("notify", "directory")).values(_known(someone)))
        await people.reached_at(someone.student_id, f"{CANARY}@example.cn")
        wish = {"name": f"{CANARY} new", "reason": f"{CANARY} why"}
        asked = await office.ask("POST", f"{office.person}/corrections", "student", wish, **{"idempotency-key": "k"})
        exported = await office.ask("GET", office.person, "student")
        papers = [await office.keep_paper(), len(papers_in(home))]
        await office.let_go()
        erasure = await office.erased()
        await until(lambda: office.is_complete(erasure))
        training = small.town.parts["training"].runtime
        await Sweeper(training.works, training.documents, "training").remove_erased(small.clock())
        told = await all_told(small)
        again = await office.ask("POST", f"{office.person}/erasure", "university_academic_office")

    assert before == ["training.db"]
    assert (asked.status_code, exported.status_code, again.status_code) == (201, 200, 409)
    assert exported.text.count(CANARY) > 8
    assert (papers, papers_in(home)) == ([201, 1], [])
    assert bytes_left(home) == []
    seen = " ".join(span.to_json() for span in spans.get_finished_spans())
    for place, said in {"events": told, "log": str(logged), "spans": seen}.items():
        assert CANARY not in said, place


def _known(someone: Intern) -> dict[str, Any]:
    university = someone.college.university
    return {"id": someone.student_id, "version": 1, "kind": "student", "organization_id": university}


async def test_what_the_law_files_stays_without_the_person(planted: tuple[Path, Intern]) -> None:
    home, someone = planted
    async with small_town(home) as small:
        office = Office(small, someone)
        await office.let_go()
        await office.erased()
        placements = await small.rows("training", "placement")
        payments = await small.rows("training", "payment")
        (student,) = await small.rows("training", "student")
        told = await small.rows("training", "outbox")

    assert [row["student_id"] for row in (*placements, *payments)] == [someone.student_id] * 2
    assert payments[0]["amount_fen"] > 0
    assert (student["name"], student["student_no"], student["birth_date"]) == ("", someone.student_id, None)
    assert [row["payload"] for row in told if row["key"] == f"student/{someone.student_id}"][-1] is None


async def test_what_is_open_keeps_a_person_from_being_erased(planted: tuple[Path, Intern]) -> None:
    home, someone = planted
    async with small_town(home) as small:
        office = Office(small, someone)
        while_enrolled = await office.ask("POST", f"{office.person}/erasure", "university_academic_office")
        await office.let_go()
        table = small.table("training", "placement")
        await small.execute("training", table.update().values(status="graded"))
        while_open = await office.ask("POST", f"{office.person}/erasure", "university_academic_office")

    assert (while_enrolled.status_code, while_enrolled.json()["code"]) == (409, "still_registered")
    assert (while_open.status_code, while_open.json()["code"]) == (409, "still_open")
    assert someone.placement_id in while_open.json()["detail"]


async def test_a_receipt_that_does_not_come_is_asked_for_again(planted: tuple[Path, Intern]) -> None:
    home, someone = planted
    async with small_town(home) as small:
        office = Office(small, someone)
        await office.let_go()
        erasure = await office.erased()
        await until(lambda: office.is_complete(erasure))
        row = small.table("training", "erasure")
        late = row.update().values(status="waiting", receipts={}, due_at=small.clock())
        await small.execute("training", late)
        small.clock.ahead = timedelta(minutes=1)
        await small.town.parts["training"].clockwork.tick()
        await until(lambda: office.is_complete(erasure))
        told = [row["type"] for row in await small.rows("training", "outbox")]

    assert told.count("sunmao.training.person.erased.v1") == 2


async def test_what_was_kept_for_its_time_goes(planted: tuple[Path, Intern]) -> None:
    home, _ = planted
    async with small_town(home) as small:
        clockwork = small.town.parts["training"].clockwork
        small.clock.ahead = datetime(2026, 12, 1, tzinfo=UTC) - datetime.now(UTC)
        await clockwork.tick()
        kept = len(await small.rows("training", "consent_link"))
        small.clock.ahead += timedelta(days=1200)
        await clockwork.tick()
        links = await small.rows("training", "consent_link")
        audit = await small.rows("training", "audit")

    assert (kept, len(links), [row for row in audit if row["act"] == "test"]) == (1, 0, [])


async def test_an_office_sees_whom_it_answers_for_and_nobody_else(planted: tuple[Path, Intern]) -> None:
    home, someone = planted
    async with small_town(home) as small:
        office = Office(small, someone)
        own = await office.ask("GET", office.person, "university_academic_office")
        foreign = small.town.issuer.issue(
            roles=["university_academic_office"],
            organization_id=new_id("organization"),
            persons=[],
            scopes=[],
            subject="x",
        )
        other = await small.client.get(office.person, headers={"authorization": f"Bearer {foreign}"})
        exports = "/training/v1/audit?act=personal_data.export"
        audited = (await office.ask("GET", exports, "university_academic_office")).json()["items"]

    assert (own.status_code, other.status_code) == (200, 404)
    assert [row["subject"] for row in audited] == [someone.student_id]
    assert "guardian_name" not in own.text
