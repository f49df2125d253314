"""Rosters over HTTP: compared before they act, confirmed or by themselves, and let go of afterwards."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from sqlalchemy import func, select

from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.messaging.clockwork import Clockwork
from shared.persistence.spine import OutboxRow, table_of
from shared.persistence.work import Works
from tests.fakes import NOON
from tests.integration.edge.school import School, school_on
from tests.unit.training.college import College

HEAD = "学号,姓名,专业编号,年级,入学日期\n"
STAFF = "工号,姓名,教师类别,入职日期,行政区划代码,院系\n"
ENTERED = 60


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    college = College()
    async with school_on(tmp_path, college, url=database_url) as opened:
        yield opened


def headers(school: School, role: str = "university_academic_office") -> dict[str, str]:
    return {**school.token(role, school.college.university), "accept-language": "zh"}


def line(school: School, number: int, year: str = "2", name: str = "张三") -> str:
    return f"A{number:04},{name},{school.college.programme},{year},2025-09-01\n"


async def send(school: School, *rows: str, kind: str = "students") -> httpx.Response:
    role, head = ("university_academic_office", HEAD) if kind == "students" else ("university_hr", STAFF)
    sent = {**headers(school, role), "content-type": "text/csv"}
    return await school.client.post(f"/v1/rosters/{kind}", content=(head + "".join(rows)).encode(), headers=sent)


async def decide(school: School, roster: dict[str, Any], act: str = "confirmation") -> httpx.Response:
    return await school.client.post(f"/v1/rosters/{roster['id']}/{act}", headers={**headers(school), "if-match": "*"})


async def tick(school: School) -> None:
    works: Works[Any] = Works(school.database, TrainingWork, SERVICE.rulebook())
    chores = [chore for chore in SERVICE.chores if chore.name == "apply-rosters"]
    await Clockwork("training", works, chores, lambda: NOON + timedelta(minutes=1)).tick()


async def shown(school: School, roster: dict[str, Any]) -> dict[str, Any]:
    answer = await school.client.get(f"/v1/rosters/{roster['id']}", headers=headers(school))
    view: dict[str, Any] = answer.raise_for_status().json()
    return view


async def changes(school: School, roster: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    path = f"/v1/rosters/{roster['id']}/changes"
    answer = await school.client.get(path, headers=headers(school), params={"limit": 1000, **query})
    items: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
    return items


async def statuses(school: School, table: str = "student") -> dict[str, int]:
    rows = SERVICE.metadata.tables[table]
    statement = select(rows.c.status, func.count()).group_by(rows.c.status)
    async with school.database.reading() as connection:
        return {row[0]: row[1] for row in (await connection.execute(statement)).all()}


async def kept(school: School) -> int:
    count = select(func.count()).select_from(SERVICE.metadata.tables["roster_change"])
    async with school.database.reading() as connection:
        return int((await connection.execute(count)).scalar_one())


async def told(school: School, name: str) -> list[dict[str, Any]]:
    outbox = table_of(OutboxRow)
    wanted = outbox.c.type == f"sunmao.training.roster.{name}.v1"
    async with school.database.reading() as connection:
        rows = (
            await connection.execute(select(outbox.c.payload).where(wanted).order_by(outbox.c.created_at))
        ).scalars()
        return [orjson.loads(row) for row in rows]


async def entered(school: School, *extra: str) -> dict[str, Any]:
    """A register that a first roster has filled."""
    first = await send(school, *(line(school, number) for number in range(ENTERED)), *extra)
    roster: dict[str, Any] = first.raise_for_status().json()
    (await decide(school, roster)).raise_for_status()
    await tick(school)
    return roster


async def test_a_first_roster_waits_and_acts_once_it_is_confirmed(school: School) -> None:
    first = (await send(school, *(line(school, number) for number in range(501)))).raise_for_status().json()
    waiting, before = await statuses(school), await kept(school)
    (await decide(school, first)).raise_for_status()
    await tick(school)

    done = await shown(school, first)
    assert (first["status"], first["counts"]["added"], waiting, before) == ("waiting", 501, {}, 501)
    assert first["why"].startswith("在册名单为空")
    assert (done["status"], done["applied"], done["refused"]) == ("applied", 501, 0)
    assert (await statuses(school), await kept(school)) == ({"enrolled": 501}, 0)
    assert [(each["added"], each["waits"]) for each in await told(school, "received")] == [(501, True)]
    assert [(each["applied"], each["refused"]) for each in await told(school, "applied")] == [(501, 0)]


async def test_a_small_difference_acts_by_itself(school: School) -> None:
    await entered(school)
    rows = [line(school, 0, year="3"), *(line(school, number) for number in range(1, ENTERED - 1)), line(school, 99)]

    second = (await send(school, *rows)).raise_for_status().json()
    shown_changes = await changes(school, second)
    await tick(school)

    assert second["status"] == "confirmed"
    said = {change["change"]: change["said"] for change in shown_changes}
    assert (said["changed"], said["left"], said["added"]["student_no"]) == ({"study_year": 3}, {}, "A0099")
    assert await statuses(school) == {"enrolled": ENTERED, "withdrawn": 1}
    assert (await shown(school, second))["applied"] == 3


async def test_a_roster_that_would_let_many_leave_waits_and_comes_to_nothing_if_dismissed(school: School) -> None:
    await entered(school)

    half = (await send(school, *(line(school, number) for number in range(ENTERED // 2)))).json()
    dismissed = await decide(school, half, "dismissal")
    again = await decide(school, half)
    await tick(school)

    assert (half["status"], half["counts"]["left"]) == ("waiting", ENTERED // 2)
    assert dismissed.json()["status"] == "dismissed"
    assert (again.status_code, again.json()["code"]) == (409, "roster_decided")
    assert again.json()["detail"] == "该名册的状态为已退回，无须再处理，请查看最新名册。"
    assert (await statuses(school), await kept(school)) == ({"enrolled": ENTERED}, 0)


async def test_who_left_comes_back_under_the_same_id(school: School) -> None:
    await entered(school)
    without = [line(school, number) for number in range(1, ENTERED)]
    left = (await send(school, *without)).json()
    (gone,) = await changes(school, left)
    await tick(school)

    back = (await send(school, line(school, 0, year="3"), *without)).json()
    (returned,) = await changes(school, back, change="returned")
    await tick(school)

    assert (gone["change"], returned["subject_id"], returned["said"]) == ("left", gone["subject_id"], {"study_year": 3})
    assert await statuses(school) == {"enrolled": ENTERED}


async def test_the_same_file_again_is_no_second_roster(school: School) -> None:
    rows = [line(school, number) for number in range(3)]

    first, again = (await send(school, *rows)).json(), (await send(school, *rows)).json()

    assert first["id"] == again["id"]
    assert len(await told(school, "received")) == 1


async def test_a_newer_roster_takes_the_place_of_one_that_waits(school: School) -> None:
    first = (await send(school, line(school, 1))).json()
    second = (await send(school, line(school, 1), line(school, 2))).json()

    assert ((await shown(school, first))["status"], second["status"]) == ("superseded", "waiting")
    assert await kept(school) == 2


async def test_none_comes_between_while_one_is_being_applied(school: School) -> None:
    first = (await send(school, line(school, 1))).json()
    await decide(school, first)

    second = await send(school, line(school, 2))

    assert (second.status_code, second.json()["code"]) == (409, "still_applying")


async def test_rows_that_do_not_fit_are_told_of_cell_by_cell_and_nobody_leaves_for_them(school: School) -> None:
    await entered(school)
    rows = [
        line(school, 0, year="9"),
        line(school, 1, name="李四"),
        *(line(school, number) for number in range(2, ENTERED)),
    ]

    roster = (await send(school, *rows)).json()

    assert [(fault["row"], fault["column"]) for fault in roster["faults"]] == [(2, "年级"), (3, "姓名")]
    assert "更正" in roster["faults"][1]["message"]
    assert roster["counts"] == {"rows": 60, "unreadable": 1, "added": 0, "changed": 0, "returned": 0, "left": 0}
    assert roster["status"] == "applied"


async def test_a_row_whose_number_cannot_be_read_lets_the_roster_wait(school: School) -> None:
    await entered(school)
    rows = [
        f"学 号?,张三,{school.college.programme},2,2025-09-01\n",
        *(line(school, number) for number in range(1, ENTERED)),
    ]

    roster = (await send(school, *rows)).json()

    assert (roster["status"], roster["counts"]["unreadable"], roster["counts"]["left"]) == ("waiting", 1, 1)


async def test_teachers_come_in_rosters_too_and_what_is_left_empty_stays(school: School) -> None:
    staff = [f"T{number:03},王五,专业课教师,2020-09-01,500101,机械学院\n" for number in range(ENTERED)]
    office = headers(school, "university_hr")
    first = (await send(school, *staff, kind="teachers")).raise_for_status().json()
    await school.client.post(f"/v1/rosters/{first['id']}/confirmation", headers={**office, "if-match": "*"})
    await tick(school)

    rows = [staff[0].replace("机械学院", "信息学院"), staff[1].replace("机械学院", ""), *staff[2:-1]]
    second = (await send(school, *rows, kind="teachers")).raise_for_status().json()
    await tick(school)

    assert second["counts"] == {"rows": 59, "unreadable": 0, "added": 0, "changed": 1, "returned": 0, "left": 1}
    assert await statuses(school, "teacher") == {"active": ENTERED - 1, "left": 1}


async def test_each_office_decides_on_its_own_people(school: School) -> None:
    first = (await send(school, line(school, 1))).json()
    path = f"/v1/rosters/{first['id']}/confirmation"

    answer = await school.client.post(path, headers={**headers(school, "university_hr"), "if-match": "*"})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_roster")
