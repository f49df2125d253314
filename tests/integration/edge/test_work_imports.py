"""Posts of enterprises and practice periods of teachers from tables, each row as by itself."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.integration.edge.school import School, school_on
from tests.unit.training.college import College
from tests.unit.training.faculty.trainee import Trainee, trainee

POSTS = (
    "岗位名称,职业代码,工作地点,行政区划代码,名额,专业大类,典型工作任务,每周工作日,上班时间,下班时间,休息（分钟）,每周工时,"
    "同岗位月工资（元）,不收取任何费用,扣押证件,要求担保,场所类型,危险因素,仅重复性劳动,通过中介\n"
)
PRACTICES = "工号,协议编号,企业编号,实践形式,开始日期,结束日期,每周实践日,每日小时数,实践计划\n"


@pytest.fixture
async def teacher() -> Trainee:
    return await trainee(College())


@pytest.fixture
async def school(teacher: Trainee, tmp_path: Path) -> AsyncIterator[School]:
    async with school_on(tmp_path, teacher.college) as opened:
        yield opened


async def send(school: School, table: str, who: dict[str, str], text: str, **query: str) -> httpx.Response:
    headers = {**who, "content-type": "text/csv", "accept-language": "zh"}
    return await school.client.post(f"/v1/tables/{table}/imports", content=text.encode(), headers=headers, params=query)


async def listed(school: School, path: str, who: dict[str, str]) -> list[dict[str, Any]]:
    return list((await school.client.get(path, headers=who)).json()["items"])


def post(**said: str) -> str:
    usual = {
        "title": "装配钳工",
        "days": "周一；周二；3;4;Fri",
        "fee": "是",
        "hazards": "高空；有毒",
        "venue": "生产车间",
    }
    row = {**usual, **said}
    return (
        f"{row['title']},6-20-01-01,一号车间,511700,4,46；45,装配；检验,{row['days']},08:30,17:30,60,40,"
        f"5200.50,{row['fee']},否,否,{row['venue']},{row['hazards']},否,否\n"
    )


async def test_posts_are_offered_with_schedule_pay_and_conditions(school: School) -> None:
    who = school.token("enterprise_admin", school.college.enterprise)

    report = await send(school, "posts", who, POSTS + post())

    (offered,) = await listed(school, "/v1/posts", who)
    assert report.raise_for_status().json()["taken"] == 1
    assert (offered["title"], offered["places"], offered["programme_categories"]) == ("装配钳工", 4, ["46", "45"])
    assert (offered["schedule"]["weekdays"], offered["schedule"]["weekly_hours"]) == ([1, 2, 3, 4, 5], 40)
    assert (offered["pay"]["wage_same_post_fen"], offered["pay"]["fees"]) == (520_050, [])
    assert offered["conditions"]["hazards"] == ["high_altitude", "toxic"]


async def test_a_post_that_asks_for_fees_or_names_no_venue_is_told_by_cell(school: School) -> None:
    who = school.token("enterprise_admin", school.college.enterprise)
    text = POSTS + post(fee="否") + post(venue="地窖") + post(hazards="老虎") + post(days="周八")

    report = await send(school, "posts", who, text, dry_run="true")

    faults = [(fault["row"], fault["column"]) for fault in report.json()["faults"]]
    assert faults == [(2, "不收取任何费用"), (3, "场所类型"), (4, "危险因素"), (5, "每周工作日")]


async def test_practice_is_planned_for_teachers_by_their_numbers(school: School, teacher: Trainee) -> None:
    who = school.token("university_hr", school.college.university)
    (known,) = await listed(school, "/v1/teachers", who)
    row = f"{teacher.agreement_id},{school.college.enterprise},顶岗实践,2026-10-08,2026-11-30,周一；周三,7.5,学习装配\n"
    text = f"{PRACTICES}{known['staff_no']},{row}nobody,{row}"

    report = await send(school, "practices", who, text, mode="good_rows_only")

    (planned,) = await listed(school, "/v1/practices", who)
    assert [(fault["row"], fault["column"]) for fault in report.raise_for_status().json()["faults"]] == [(3, "工号")]
    assert (planned["teacher_id"], planned["status"], planned["weekdays"]) == (teacher.teacher_id, "planned", [1, 3])


async def test_a_planned_period_is_undone_until_it_is_approved(school: School, teacher: Trainee) -> None:
    who = school.token("university_hr", school.college.university)
    (known,) = await listed(school, "/v1/teachers", who)
    row = f"{known['staff_no']},{teacher.agreement_id},{school.college.enterprise},post_work,{{}},周一,8,\n"
    first = await send(school, "practices", who, PRACTICES + row.format("2026-10-08,2026-11-30"))
    second = await send(school, "practices", who, PRACTICES + row.format("2027-03-01,2027-03-31"))
    for period in await listed(school, "/v1/practices?sort=id&limit=1", who):
        (await school.client.post(f"/v1/practices/{period['id']}/approval", headers=who)).raise_for_status()

    refused = await school.client.post(f"/v1/imports/{first.json()['import_id']}/undoing", headers=who)
    undone = await school.client.post(f"/v1/imports/{second.json()['import_id']}/undoing", headers=who)

    assert (refused.status_code, undone.status_code) == (409, 200)
    assert [period["status"] for period in await listed(school, "/v1/practices", who)] == ["approved"]
