"""Persons who are entered with a canary wherever one can say something of them, and where it might have got to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from tests.integration.operations.town import SmallTown

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


async def all_told(small: SmallTown) -> str:
    """All that services told or set aside, and what the feed keeps of it."""
    rows: list[Sequence[Mapping[str, Any]]] = [await small.rows("notify", "feed")]
    for service in small.town.parts:
        rows += [await small.rows(service, table) for table in ("outbox", "outbox_parked", "dead_letter")]
    return str([dict(row) for page in rows for row in page])


def bytes_left(folder: Path, *sought: str) -> list[str]:
    """The files in which a canary stands still."""
    files = (file for file in folder.rglob("*") if file.is_file())
    wanted = [text.encode() for text in sought or (CANARY, BORN.isoformat())]
    return [file.name for file in files if any(each in file.read_bytes() for each in wanted)]
