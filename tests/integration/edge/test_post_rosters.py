"""Rosters of the posts that a university keeps for people from industry: over HTTP and from a folder."""

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from services.training.api.roster.folder import take_rosters
from tests.integration.edge.school import School, school_on
from tests.integration.edge.test_rosters import tick
from tests.unit.training.college import College
from tests.unit.training.faculty.staff_office import SPECIAL, a_post, approve, proposed

HEAD: Final = "岗位编号,岗位类型,岗位名称,名额\n"
ROSTERS: Final = "/v1/rosters/special-posts"
FIRST: Final = ("P-01,产业导师特聘岗,智能制造导师,3\n", "P-02,流动岗,数控实训,2\n")


@pytest.fixture
async def college() -> College:
    return College()


@pytest.fixture
async def school(database_url: str, tmp_path: Path, college: College) -> AsyncIterator[School]:
    async with school_on(tmp_path, college, url=database_url) as opened:
        yield opened


def hr(school: School, **more: str) -> dict[str, str]:
    return {**school.token("university_hr", school.college.university), "accept-language": "zh", **more}


async def send(school: School, *rows: str) -> httpx.Response:
    content = (HEAD + "".join(rows)).encode()
    return await school.client.post(ROSTERS, content=content, headers=hr(school, **{"content-type": "text/csv"}))


async def confirmed(school: School, *rows: str) -> dict[str, Any]:
    """A roster that was sent, confirmed where it waited, and has acted."""
    roster: dict[str, Any] = (await send(school, *rows)).raise_for_status().json()
    path = f"/v1/rosters/{roster['id']}"
    if roster["status"] == "waiting":
        answer = await school.client.post(f"{path}/confirmation", headers=hr(school, **{"if-match": "*"}))
        answer.raise_for_status()
    await tick(school)
    shown: dict[str, Any] = (await school.client.get(path, headers=hr(school))).raise_for_status().json()
    return shown


async def posts(school: School) -> dict[str | None, dict[str, Any]]:
    """The university's posts by their numbers."""
    listed = await school.client.get(
        "/v1/special-posts", headers=school.token("university_hr", school.college.university)
    )
    return {post["post_no"]: post for post in listed.raise_for_status().json()["items"]}


async def test_a_first_list_waits_shows_what_it_would_do_and_sets_posts_up(school: School) -> None:
    first = (await send(school, *FIRST)).raise_for_status().json()
    changes = await school.client.get(f"/v1/rosters/{first['id']}/changes", headers=hr(school))
    before = await posts(school)
    done = await confirmed(school, *FIRST)

    assert (first["kind"], first["status"], first["counts"]["added"], before) == ("special_posts", "waiting", 2, {})
    assert [each["said"]["title"] for each in changes.json()["items"]] == ["智能制造导师", "数控实训"]
    assert (done["status"], done["applied"]) == ("applied", 2)
    kept = await posts(school)
    assert {number: (post["kind"], post["seats"]) for number, post in kept.items()} == {
        "P-01": ("industry_teacher_special_post", 3),
        "P-02": ("mobile_post", 2),
    }
    assert first["id"] == done["id"]
    assert changes.json()["items"][0]["subject_id"] in {post["id"] for post in kept.values()}


async def test_what_is_not_listed_is_closed_and_what_comes_back_is_the_same_post(school: School) -> None:
    await confirmed(school, *FIRST)
    before = await posts(school)

    gone = await confirmed(school, FIRST[0])
    closed = (await posts(school))["P-02"]
    back = await confirmed(school, FIRST[0], "P-02,流动岗,数控实训,5\n")
    again = (await posts(school))["P-02"]

    assert (gone["counts"]["left"], gone["why"].startswith("名册将减少 1 条")) == (1, True)
    assert (closed["status"], closed["seats"]) == ("closed", 2)
    assert back["counts"]["returned"] == 1
    assert (again["id"], again["status"], again["seats"]) == (before["P-02"]["id"], "open", 5)


async def test_of_which_kind_a_post_is_stays_and_a_row_that_does_not_fit_is_told(school: School) -> None:
    await confirmed(school, *FIRST)

    roster = await confirmed(school, "P-01,流动岗,智能制造导师,4\n", "P-02,流动岗,数控实训,0\n")

    kept = await posts(school)
    assert {fault["column"] for fault in roster["faults"]} == {"岗位类型", "名额"}
    assert (kept["P-01"]["kind"], kept["P-01"]["seats"]) == ("industry_teacher_special_post", 4)
    assert (kept["P-02"]["status"], kept["P-02"]["seats"]) == ("open", 2)


async def test_posts_without_a_number_are_left_alone_until_they_have_one(school: School) -> None:
    body = {"kind": "mobile_post", "title": "先设的岗位", "seats": 1}
    made = (await school.client.post("/v1/special-posts", json=body, headers=hr(school))).raise_for_status().json()
    await confirmed(school, *FIRST)
    path, who = f"/v1/special-posts/{made['id']}", hr(school, **{"if-match": "*"})

    taken = await school.client.put(path, json={"seats": 1, "post_no": "P-01"}, headers=who)
    numbered = await school.client.put(path, json={"seats": 1, "post_no": "P-09"}, headers=who)
    await confirmed(school, *reversed(FIRST))

    kept = await posts(school)
    assert made["status"] == "open"
    assert (taken.status_code, taken.json()["code"]) == (409, "post_no_taken")
    assert numbered.raise_for_status().json()["post_no"] == "P-09"
    assert kept["P-09"]["status"] == "closed"


async def test_fewer_seats_than_are_taken_are_refused_and_who_holds_one_keeps_it(
    database_url: str, tmp_path: Path, college: College
) -> None:
    post_id = await held(college)
    async with school_on(tmp_path, college, url=database_url) as school:
        path, who = f"/v1/special-posts/{post_id}", hr(school, **{"if-match": "*"})
        (await school.client.put(path, json={"seats": 3, "post_no": "P-01"}, headers=who)).raise_for_status()

        fewer = await confirmed(school, "P-01,产业导师特聘岗,产业导师,1\n")
        kept = (await posts(school))["P-01"]
        gone = await confirmed(school, FIRST[1])

        closed = (await posts(school))["P-01"]
        assert (fewer["applied"], fewer["refused"], kept["seats"]) == (0, 1, 3)
        assert gone["counts"]["left"] == 1
        assert (closed["status"], closed["taken"]) == ("closed", 2)


async def held(college: College) -> str:
    """A post of which two technicians hold a seat; its id."""
    post_id = await a_post(college, seats=3)
    for _ in range(2):
        await approve(college, await proposed(college, post_id=post_id, plan=SPECIAL))
    return post_id


async def test_a_file_in_the_folder_of_posts_is_taken(school: School, tmp_path: Path) -> None:
    folder = tmp_path / "rosters" / school.college.university / "special-posts"
    folder.mkdir(parents=True)
    delivered = folder / "posts.csv"
    delivered.write_text(HEAD + "".join(FIRST))
    os.utime(delivered, (time.time() - 3600,) * 2)

    await take_rosters(school.runtime, tmp_path / "rosters")

    rosters = await school.client.get("/v1/rosters?kind=special_posts", headers=hr(school))
    (roster,) = rosters.raise_for_status().json()["items"]
    assert (roster["status"], roster["counts"]["added"], roster["sent_by"]) == ("waiting", 2, "system:training")
    assert not delivered.exists()


async def test_posts_are_the_personnel_office_s(school: School) -> None:
    academic = school.token("university_academic_office", school.college.university)

    refused = await school.client.post(ROSTERS, content=HEAD.encode(), headers={**academic, "content-type": "text/csv"})

    assert refused.status_code == 403
