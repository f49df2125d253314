"""People's data over HTTP in the embedded edition: what leaves names nobody, and an erasure leaves no byte behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

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
from tests.integration.operations.town import SmallTown, small_town, until
from tests.migrated import migrate
from tests.unit.training.college import TODAY, College
from tests.unit.training.internship.intern import MONDAY, Intern, day, intern

CANARY: Final = "KANARIENVOGEL"
BORN: Final = date(2008, 2, 29)
HR: Final = {"role": "university_hr"}
ACADEMIC: Final = {"role": "university_academic_office"}


@dataclass
class Registered:
    """Who was entered over HTTP, with a canary wherever one can say something of a person."""

    small: SmallTown
    student: str = ""
    teacher: str = ""
    technician: str = ""

    async def enter(self) -> None:
        people = self.small.people
        await people.settle(programmes=1)
        university = {"organization_id": people.university}
        student = {
            "student_no": f"{CANARY}1", "name": f"{CANARY}2", "programme_id": people.programmes[0], "study_year": 2,
            "enrolled_on": "2025-09-01", "birth_date": BORN.isoformat(), "sex": "female",
        }  # fmt: skip
        teacher = {
            "staff_no": f"{CANARY}3", "name": f"{CANARY}4", "kind": "professional_course", "hired_on": "2010-09-01",
            "new_hire": False, "programme_ids": [], "skills": [], "region_code": "500101",
        }  # fmt: skip
        technician = {"staff_no": f"{CANARY}5", "name": f"{CANARY}6", "titles": [f"{CANARY}7"]}
        self.student = await self._made("/v1/students", student, **ACADEMIC, **university)
        self.teacher = await self._made("/v1/teachers", teacher, **HR, **university)
        self.technician = await self._made("/v1/technicians", technician, **people.administrator)
        await self.small.at_rest()
        for person in (self.student, self.teacher):
            await self.reached_at(person, f"{CANARY}.{person}@example.cn")

    async def _made(self, path: str, body: Mapping[str, Any], **who: Any) -> str:
        made = await self.small.people.post("training", path, body, headers={"idempotency-key": path}, **who)
        return str(made["id"])

    async def reached_at(self, person: str, mail: str) -> None:
        token = self.small.town.issuer.issue(
            roles=["student"], organization_id=self.small.people.university, persons=[person], scopes=[], subject="x"
        )
        body = {"addresses": [{"channel": "email", "address": mail}]}
        headers = {"authorization": f"Bearer {token}", "if-match": "*"}
        path = f"/notify/v1/parties/person:{person}/addresses"
        (await self.small.client.put(path, json=body, headers=headers)).raise_for_status()

    async def left(self, person: str) -> str:
        """Enter that somebody has left, and erase them; the id of the erasure."""
        people, is_teacher = self.small.people, person == self.teacher
        who = {**HR, "organization_id": people.university} if is_teacher else people.administrator
        body = (
            {"programme_ids": [], "skills": [], "region_code": "500101"} if is_teacher else {"staff_no": f"{CANARY}5"}
        )
        token = await people.visitor.token(who["role"], who["organization_id"])
        headers = {"authorization": f"Bearer {token}", "if-match": "*"}
        path = f"/training/v1/{'teachers' if is_teacher else 'technicians'}/{person}"
        told = {**body, "name": f"{CANARY}4", "status": "left"}
        (await self.small.client.put(path, json=told, headers=headers)).raise_for_status()
        made = await people.post("training", f"/v1/personal-data/{person}/erasure", **who)
        return str(made["id"])

    async def is_complete(self, erasure: str) -> bool:
        """Whether every service has confirmed."""
        (row,) = [row for row in await self.small.rows("training", "erasure") if row["id"] == erasure]
        return bool(row["status"] == "complete")

    async def refused(self) -> None:
        """Requests that are refused, each with something in it that no answer and no log may repeat."""
        people = self.small.people
        for body in ({"name": CANARY}, {"student_no": CANARY * 50, "name": CANARY, "sex": CANARY}):
            token = await people.visitor.token("university_academic_office", people.university)
            headers = {"authorization": f"Bearer {token}"}
            answer = await self.small.client.post("/training/v1/students", json=body, headers=headers)
            assert answer.status_code == 422
            assert CANARY not in answer.text


async def test_nothing_that_leaves_a_service_names_anybody(tmp_path: Path, logged: list[EventDict]) -> None:
    spans = InMemorySpanExporter()
    async with small_town(tmp_path / "home", spans) as small:
        people = Registered(small)
        await people.enter()
        await people.refused()
        await small.at_rest()
        held = str([await small.rows("training", table) for table in ("student", "teacher", "technician")])
        told = await _told(small)
        numbers = await small.client.get("/metrics", headers={"accept": "application/openmetrics-text"})

    seen = " ".join(span.to_json() for span in spans.get_finished_spans())
    assert held.count(CANARY) >= 7
    for place, said in {"events": told, "log": str(logged), "metrics": numbers.text, "spans": seen}.items():
        assert CANARY not in said, place
        assert BORN.isoformat() not in said, place


async def test_a_teacher_and_a_technician_who_left_are_forgotten_everywhere(tmp_path: Path) -> None:
    async with small_town(tmp_path / "home") as small:
        people = Registered(small)
        await people.enter()
        theirs = (*(f"{CANARY}{number}" for number in range(3, 8)), f".{people.teacher}@")
        before = bytes_left(tmp_path, *theirs)
        erasures = [await people.left(people.teacher), await people.left(people.technician)]
        for erasure in erasures:
            await until(lambda erasure=erasure: people.is_complete(erasure))  # type: ignore[misc]
        directory = [row["id"] for row in await small.rows("notify", "directory")]
        parties = [row["id"] for row in await small.rows("notify", "party")]

    assert {"training.db", "notify.db"} <= {name.removesuffix("-wal") for name in before}
    assert bytes_left(tmp_path, *theirs) == []
    assert (people.teacher in directory, people.student in directory) == (False, True)
    assert parties == [f"person:{people.student}"]


async def _told(small: SmallTown) -> str:
    """All that services told or set aside, and what the feed keeps of it."""
    rows: list[Sequence[Mapping[str, Any]]] = [await small.rows("notify", "feed")]
    for service in small.town.parts:
        rows += [await small.rows(service, table) for table in ("outbox", "outbox_parked", "dead_letter")]
    return str([dict(row) for page in rows for row in page])


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


def bytes_left(folder: Path, *sought: str) -> list[str]:
    """The files in which a canary stands still."""
    files = (file for file in folder.rglob("*") if file.is_file())
    wanted = [text.encode() for text in sought or (CANARY, BORN.isoformat())]
    return [file.name for file in files if any(each in file.read_bytes() for each in wanted)]


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
        told = await _told(small)
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
        tombstone = (await small.rows("training", "outbox"))[-1]

    assert [row["student_id"] for row in (*placements, *payments)] == [someone.student_id] * 2
    assert payments[0]["amount_fen"] > 0
    assert (student["name"], student["student_no"], student["birth_date"]) == ("", someone.student_id, None)
    assert (tombstone["key"], tombstone["payload"]) == (f"student/{someone.student_id}", None)


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
