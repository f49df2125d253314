"""Nobody writes over what they have not seen: ETag, If-Match, and where a new object lies."""

import asyncio

from tests.integration.edge.door import PREFIX, Door
from tests.integration.edge.test_problems import problem


async def test_a_new_object_says_where_it_lies_and_which_version_it_is(door: Door) -> None:
    answer = await door.client.post("/v1/needs", json=door.need(), headers=await door.enterprise())

    assert answer.status_code == 201
    assert answer.headers["location"] == f"{PREFIX}/v1/needs/{answer.json()['id']}"
    assert answer.headers["etag"] == f'"{answer.json()["version"]}"'


async def test_what_location_names_is_there_with_the_same_version(door: Door) -> None:
    who = await door.enterprise()
    made = await door.client.post("/v1/needs", json=door.need(), headers=who)

    found = await door.client.get(f"http://town.test{made.headers['location']}", headers=who)

    assert found.json() == made.json()
    assert found.headers["etag"] == made.headers["etag"]


async def test_a_change_without_if_match_is_a_428(door: Door) -> None:
    who = await door.enterprise()
    need = await door.posted(who)

    answer = await door.client.patch(f"/v1/needs/{need['id']}", json={"title": "Other"}, headers=who)

    problem(answer, 428, "no_precondition")


async def test_a_change_of_another_version_is_a_412_and_changes_nothing(door: Door) -> None:
    who = await door.enterprise()
    need = await door.posted(who)

    answer = await door.client.patch(
        f"/v1/needs/{need['id']}", json={"title": "Other"}, headers={**who, "if-match": '"7"'}
    )

    problem(answer, 412, "precondition_failed")
    assert (await door.client.get(f"/v1/needs/{need['id']}", headers=who)).json() == need


async def test_a_change_of_the_version_that_was_seen_is_made_and_gives_the_next(door: Door) -> None:
    who = await door.enterprise()
    need = await door.posted(who)
    tag = f'"0", "{need["version"]}"'

    answer = await door.client.patch(
        f"/v1/needs/{need['id']}", json={"title": "Other"}, headers={**who, "if-match": tag}
    )

    assert answer.json() == {**need, "title": "Other", "version": need["version"] + 1}
    assert answer.headers["etag"] == f'"{need["version"] + 1}"'


async def test_of_ten_who_change_the_same_version_at_once_one_succeeds(door: Door) -> None:
    who = await door.enterprise()
    need = await door.posted(who)
    headers = {**who, "if-match": f'"{need["version"]}"'}

    answers = await asyncio.gather(
        *(door.client.patch(f"/v1/needs/{need['id']}", json={"title": f"T{n}"}, headers=headers) for n in range(10))
    )

    assert sorted(answer.status_code for answer in answers) == [200, *[412] * 9]


async def test_a_strangers_change_is_a_404_whatever_version_it_names(door: Door) -> None:
    need = await door.posted(await door.enterprise())
    other = await door.enterprise()

    for headers in ({}, {"if-match": "*"}, {"if-match": '"7"'}):
        answer = await door.client.patch(f"/v1/needs/{need['id']}", json={}, headers={**other, **headers})
        problem(answer, 404, "not_found")


async def test_an_act_needs_no_if_match_and_heeds_one_that_is_sent(door: Door) -> None:
    who = await door.enterprise()
    path = f"/v1/needs/{(await door.posted(who))['id']}/withdrawal"

    stale = await door.client.post(path, json={"reason": "no"}, headers={**who, "if-match": '"7"'})
    done = await door.client.post(path, json={"reason": "no"}, headers=who)

    problem(stale, 412, "precondition_failed")
    assert (done.status_code, done.json()["status"]) == (200, "withdrawn")
