"""A guardian answers by a link over HTTP: without an account, once, and nothing of it lies about."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.integration.edge.planned import School, planned

KEY = {"idempotency-key": "k1"}
YES = {"given": True}


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    async with planned(database_url, tmp_path) as made:
        yield made


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
