"""A guardian answers by a link over HTTP: without an account, once, and nothing of it lies about."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select

from services.training.domain.internship.placement_status import PlacementStatus
from services.training.main import SERVICE
from shared.identity.issuer import KeyFolder, LocalIssuer
from shared.identity.keys import RememberedKeys
from shared.identity.tokens import TokenVerifier
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.operations.parts import build_parts
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.persistence.spine import ReachRow, table_of
from tests.fakes import MemoryDocuments
from tests.integration.edge.door import ISSUER, Clock
from tests.unit.training.college import College
from tests.unit.training.internship.intern import Intern, intern

KEY = {"idempotency-key": "k1"}
YES = {"given": True}


@dataclass
class School:
    """Training behind its edge, with one student whose placement is planned."""

    database: Database
    client: httpx.AsyncClient
    clock: Clock
    issuer: LocalIssuer
    someone: Intern

    def token(self, role: str, organization_id: str | None = None, *persons: str) -> dict[str, str]:
        """The header of a caller in this role."""
        issued = self.issuer.issue(roles=[role], organization_id=organization_id, persons=persons)
        return {"authorization": f"Bearer {issued}"}

    @property
    def office(self) -> dict[str, str]:
        return self.token("university_coop_office", self.someone.college.university)

    async def link(self) -> dict[str, Any]:
        """A new link as the office is told of it."""
        path = f"/v1/placements/{self.someone.placement_id}/consent-links"
        body = {"guardian_name": "王芳", "guardian_phone": "13812345678"}
        answer = await self.client.post(path, json=body, headers=self.office)
        made: dict[str, Any] = answer.raise_for_status().json()
        return made

    async def everything(self) -> str:
        """All rows of all tables as text."""
        async with self.database.reading() as connection:
            tables = SERVICE.metadata.sorted_tables
            return str([(await connection.execute(select(table))).all() for table in tables])


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    college, database, clock = College(), Database(database_url), Clock()
    someone = await intern(college, status=PlacementStatus.PLANNED)
    await someone.publish()
    issuer = LocalIssuer(ISSUER, KeyFolder(tmp_path / "keys"), environment="test")
    parts = build_parts(
        SERVICE,
        database,
        MemoryDocuments(),
        TokenVerifier(RememberedKeys(issuer.keys.fetch), issuer=ISSUER),
        clock=clock,
        metrics=Metrics(CollectorRegistry()),
        tracing=build(TracingSettings("training")),
    )
    await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
    await _move_in(college, someone, database)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(parts.app), base_url="http://town.test")
    yield School(database, client, clock, issuer, someone)
    await client.aclose()
    await database.close()


async def _move_in(college: College, someone: Intern, database: Database) -> None:
    """Write what the college keeps, and whose the placement is, into the database."""
    placement = await someone.placement
    owned = [{"owner": owner, "kind": "placement", "object_id": placement.id} for owner in placement.owners]
    reached = [row for changes in college.store.changes for row in changes.reached]
    async with database.writing() as connection:
        for name, rows in college.store.rows.items():
            await sets.insert(connection, SERVICE.metadata.tables[name], list(rows.values()))
        await sets.claim(connection, table_of(ReachRow), [*reached, *owned], "object_id")


async def test_a_guardian_reads_what_is_asked_answers_and_the_link_is_gone(school: School) -> None:
    link = await school.link()

    asked = await school.client.get(link["path"])
    answered = await school.client.post(f"{link['path']}/answer", json={"given": False, "reason": "离家太远"})

    assert (asked.json()["guardian_name"], asked.json()["student_name"]) == ("王芳", "李四")
    assert (answered.status_code, answered.json()["given"]) == (200, False)
    again = [await school.client.get(link["path"]), await school.client.post(f"{link['path']}/answer", json=YES)]
    never = await school.client.get(f"/v1/consent-links/{'x' * 43}")
    assert [(answer.status_code, answer.json()["code"]) for answer in (*again, never)] == [(404, "not_found")] * 3


async def test_a_repeat_under_the_same_key_gets_the_first_answer(school: School) -> None:
    link = await school.link()
    path = f"{link['path']}/answer"

    first = await school.client.post(path, json=YES, headers=KEY)
    again = await school.client.post(path, json=YES, headers=KEY)

    assert (again.status_code, again.json()) == (200, first.json())


async def test_the_token_is_kept_nowhere_and_the_phone_is_forgotten(school: School) -> None:
    link = await school.link()
    assert "13812345678" in await school.everything()

    (await school.client.post(f"{link['path']}/answer", json=YES, headers=KEY)).raise_for_status()

    kept = await school.everything()
    assert link["token"] not in kept
    assert "13812345678" not in kept


async def test_a_link_that_has_expired_is_not_found(school: School) -> None:
    link = await school.link()
    school.clock.now += timedelta(days=14)

    answers = [await school.client.get(link["path"]), await school.client.post(f"{link['path']}/answer", json=YES)]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_the_answer_is_shown_to_school_and_student_and_not_to_the_enterprise(school: School) -> None:
    link, someone = await school.link(), school.someone
    (await school.client.post(f"{link['path']}/answer", json=YES)).raise_for_status()

    async def shown(who: dict[str, str]) -> list[Any]:
        answer = await school.client.get(f"/v1/consents?placement_id={someone.placement_id}", headers=who)
        items: list[Any] = answer.raise_for_status().json()["items"]
        return items

    student = school.token("student", someone.college.university, someone.student_id)
    assert len(await shown(school.office)) == len(await shown(student)) == 1
    enterprise = school.token("enterprise_admin", someone.college.enterprise)
    assert (await school.client.get("/v1/consents", headers=enterprise)).status_code == 403
    assert (await school.client.get("/v1/consent-links", headers=student)).status_code == 403


@pytest.mark.parametrize(("language", "words"), [("zh", "学生可自行选择"), ("en", "The student may find a unit")])
async def test_who_refuses_what_the_school_arranged_is_told_what_is_open_to_them(
    school: School, language: str, words: str
) -> None:
    issued = school.issuer.issue(roles=["student"], persons=[school.someone.student_id])
    headers = {"authorization": f"Bearer {issued}", "accept-language": language}
    texts = await school.client.get("/v1/consent-texts", headers=school.office)
    path = f"/v1/placements/{school.someone.placement_id}/consents"
    body = {"text_id": texts.json()["items"][0]["id"], "given": False}

    refused = await school.client.post(path, json=body, headers=headers)
    given = await school.client.post(path, json={**body, "given": True}, headers=headers)

    assert refused.raise_for_status().json()["remedy"].startswith(words)
    assert given.json()["remedy"] is None
