"""The work-list of a whole town: what one service says is waited for is done by the act that the task names."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete

from tests.integration.operations.town import SmallTown
from tests.unit.partnership.alliance import uscc

BACKFILLS = "/v1/operations/backfills"


async def tasks(small: SmallTown, path: str = "/v1/tasks", **who: Any) -> list[dict[str, Any]]:
    """What waits for somebody once everything that was told has been heard."""
    await small.at_rest()
    items: list[dict[str, Any]] = (await small.people.get("notify", path, **who))["items"]
    return items


async def do(small: SmallTown, task: dict[str, Any], **who: Any) -> None:
    """Carry a task out, by nothing but what it says of itself."""
    assert task["act_method"] == "POST"
    await small.people.post(task["act_service"], task["act_path"], **who)


async def test_a_task_is_done_by_the_act_that_it_names_and_is_gone_then(small: SmallTown) -> None:
    people = small.people
    await people.settle(programmes=1)
    need = await people.post_need()
    await people.matched(need)
    university = {"role": "university_coop_office", "organization_id": people.university}

    asked = [task for who in (people.administrator, university) for task in await tasks(small, **who)]
    to_answer = [task for task in asked if task["kind"] == "match_to_answer"]
    await do(small, to_answer[0], **people.administrator)
    await do(small, to_answer[1], **university)

    assert [task["kind"] for task in await tasks(small, **people.administrator)] == ["need_to_contract"]
    assert await tasks(small, **university) == []
    assert {task["correlation_id"] for task in to_answer} == {need}


async def test_a_work_list_that_was_lost_is_caught_up_with(small: SmallTown) -> None:
    await small.people.settle()
    await small.people.matched(await small.people.post_need())
    before = await tasks(small, **small.people.administrator)
    for name in ("task", "reach", "applied"):
        table = small.table("notify", name)
        await small.execute("notify", delete(table))

    since = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    await small.people.post("notify", BACKFILLS, {"consumer": "notify.tasks", "since": since})

    after = await tasks(small, **small.people.administrator)
    assert [task["kind"] for task in before] == ["match_to_answer", "match_to_answer"]
    assert [(task["id"], task["since"]) for task in after] == [(task["id"], task["since"]) for task in before]


async def test_the_office_verifies_what_waits_for_it(small: SmallTown) -> None:
    await small.people.settle()
    office = {"role": "alliance_office"}
    entry = {"kind": "enterprise", "name_zh": "新登记企业", "uscc": uscc(3), "region_code": "500101"}
    await small.people.post("partnership", "/v1/organizations", entry, **office)

    [task] = await tasks(small, **office)
    await do(small, task, **office)

    assert task["kind"] == "organization_to_verify"
    assert await tasks(small, **office) == []
