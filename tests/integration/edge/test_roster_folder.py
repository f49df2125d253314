"""Rosters from a folder: taken once when they are complete, answered for beside, set aside where they are no lists."""

import json
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.typing import EventDict

from services.training.api.roster.folder import take_rosters, watch_rosters
from services.training.main import SERVICE
from shared.contracts.ids import new_id
from shared.imports.delivery import KEPT_SECONDS, Delivery
from shared.operations.running import build_town
from shared.operations.settings import Settings
from shared.web.documents.duties import background_of
from tests.integration.edge.school import School, school_on
from tests.integration.edge.test_rosters import HEAD, STAFF, decide, kept, line, statuses, tick, told
from tests.unit.training.college import College

LONG_AGO = 3600.0


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    college = College()
    async with school_on(tmp_path, college, url=database_url) as opened:
        yield opened


@pytest.fixture
def rosters(school: School, tmp_path: Path) -> Path:
    """The folder, with one for the students of the university."""
    (tmp_path / "rosters" / school.college.university / "students").mkdir(parents=True)
    return tmp_path / "rosters"


def students(rosters: Path) -> Path:
    return next(rosters.glob("org_*/students"))


def put(folder: Path, name: str, text: str | bytes, *, age: float = LONG_AGO) -> Path:
    """Deliver a file: written under another name, renamed once it is whole."""
    part = folder / f"{name}.part"
    part.write_bytes(text if isinstance(text, bytes) else text.encode())
    os.utime(part, (time.time() - age,) * 2)
    return part.rename(folder / name)


def listed(school: School, *numbers: int) -> str:
    return HEAD + "".join(line(school, number) for number in numbers)


def said(folder: Path, place: str) -> list[dict[str, Any]]:
    return [json.loads(file.read_bytes()) for file in sorted((folder / place).glob("*.json"))]


def files(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


async def test_a_file_is_taken_once_and_what_came_of_it_stands_beside(school: School, rosters: Path) -> None:
    put(students(rosters), "学生名册.csv", listed(school, 1, 2, 3))

    await take_rosters(school.runtime, rosters)
    await take_rosters(school.runtime, rosters)

    (outcome,) = said(students(rosters), "done")
    assert (outcome["file"], outcome["zh"]["status"], outcome["zh"]["counts"]["added"]) == (
        "学生名册.csv",
        "waiting",
        3,
    )
    assert outcome["zh"]["why"].startswith("在册名单为空")
    assert outcome["en"]["why"].startswith("Nothing is on")
    assert files(students(rosters)) == [f"done/{outcome['roster_id']}-学生名册.csv.json"]
    assert [(each["roster_id"], each["waits"]) for each in await told(school, "received")] == [
        (outcome["roster_id"], True)
    ]
    assert outcome["zh"]["sent_by"] == "system:training"


async def test_what_is_not_complete_is_left_where_it_is(school: School, rosters: Path) -> None:
    folder = students(rosters)
    put(folder, "fresh.csv", listed(school, 1), age=5)
    put(folder, "students.csv.part", listed(school, 1))
    put(folder, ".students.csv", listed(school, 1))
    (folder / "folder.csv").mkdir()
    (folder / ".taking").mkdir()
    put(folder / ".taking", "roster-of-nobody.csv", listed(school, 1))

    await take_rosters(school.runtime, rosters)

    assert files(folder) == [".students.csv", ".taking/roster-of-nobody.csv", "fresh.csv", "students.csv.part"]
    assert await told(school, "received") == []


@pytest.mark.parametrize(
    ("content", "code", "zh", "en"),
    [
        (b"\xff\xfe\x00", "other_characters", "文件编码", "neither in UTF-8"),
        ("学号,姓名\nA1,张三\n", "missing_headings", "缺少必填列", "Required columns are missing"),
        ("", "empty_table", "没有数据", "no rows"),
        (b"x" * (16 * 1024 * 1024 + 1), "file_too_large", "16 MiB", "16 MiB"),
    ],
)
async def test_a_file_that_is_no_such_list_is_set_aside_whole_with_the_reason(
    school: School, rosters: Path, content: str | bytes, code: str, zh: str, en: str
) -> None:
    folder = students(rosters)
    put(folder, "bad.csv", content, age=2 * LONG_AGO)
    put(folder, "good.csv", listed(school, 1))

    await take_rosters(school.runtime, rosters)

    (reason,), (aside,) = said(folder, "set-aside"), list((folder / "set-aside").glob("*.csv"))
    assert (reason["file"], reason["code"]) == ("bad.csv", code)
    assert zh in reason["zh"]
    assert en in reason["en"]
    assert aside.read_bytes() == (content if isinstance(content, bytes) else content.encode())
    assert [outcome["file"] for outcome in said(folder, "done")] == ["good.csv"]


async def test_who_is_killed_after_the_commit_does_not_take_the_file_again(
    school: School, rosters: Path, monkeypatch: pytest.MonkeyPatch, logged: list[EventDict]
) -> None:
    put(students(rosters), "students.csv", listed(school, 1))
    with monkeypatch.context() as killed:
        killed.setattr(Delivery, "finish", _killed)
        await take_rosters(school.runtime, rosters)
    between = files(students(rosters))

    await take_rosters(school.runtime, rosters)

    (outcome,) = said(students(rosters), "done")
    assert between == [f".taking/{outcome['roster_id']}-students.csv"]
    assert files(students(rosters)) == [f"done/{outcome['roster_id']}-students.csv.json"]
    assert len(await told(school, "received")) == await kept(school) == 1
    assert "a folder of rosters failed" in [entry["event"] for entry in logged]


def _killed(*_arguments: object) -> None:
    raise RuntimeError("killed here")


async def test_a_file_waits_while_the_roster_before_it_is_applied(school: School, rosters: Path) -> None:
    folder = students(rosters)
    put(folder, "first.csv", listed(school, 1))
    await take_rosters(school.runtime, rosters)
    (await decide(school, {"id": said(folder, "done")[0]["roster_id"]})).raise_for_status()
    put(folder, "second.csv", listed(school, 1, 2), age=2 * LONG_AGO)
    put(folder, "third.csv", listed(school, 1, 2, 3))

    await take_rosters(school.runtime, rosters)
    waiting = files(folder / ".taking")
    await tick(school)
    await take_rosters(school.runtime, rosters)

    assert [name.partition("-")[2] for name in waiting] == ["second.csv", "third.csv"]
    assert [(each["file"], each["zh"]["counts"]["added"]) for each in said(folder, "done")[1:]] == [
        ("second.csv", 1),
        ("third.csv", 2),
    ]
    assert await statuses(school) == {"enrolled": 1}


async def test_only_the_folders_of_organisations_that_are_known_lead_to_rosters(school: School, rosters: Path) -> None:
    stranger, other = rosters / new_id("organization") / "teachers", rosters / "somebody" / "teachers"
    for folder in (stranger, other):
        folder.mkdir(parents=True)
        put(folder, "staff.csv", f"{STAFF}T1,王五,专业课教师,2020-09-01,500101,机械学院\n")

    await take_rosters(school.runtime, rosters)

    assert [reason["code"] for reason in said(stranger, "set-aside")] == ["organization_unknown"]
    assert files(other) == ["staff.csv"]


async def test_no_link_leads_into_somebody_else_s_files(school: School, rosters: Path, tmp_path: Path) -> None:
    folder, secret = students(rosters), tmp_path / "secret"
    secret.write_text(listed(school, 1))
    os.utime(secret, (0, 0))
    (folder / "linked.csv").symlink_to(secret)
    os.utime(folder / "linked.csv", (0, 0), follow_symlinks=False)
    (folder.parent / "teachers").symlink_to(folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    await take_rosters(school.runtime, rosters)
    (folder / "done").symlink_to(elsewhere)
    put(folder, "students.csv", listed(school, 1))
    await take_rosters(school.runtime, rosters)

    assert [reason["code"] for reason in said(folder, "set-aside")] == ["no_file"]
    assert secret.exists()
    assert list(elsewhere.iterdir()) == []


async def test_what_is_kept_beside_goes_after_thirty_days(school: School, rosters: Path) -> None:
    folder = students(rosters)
    put(folder, "old.csv", b"")
    await take_rosters(school.runtime, rosters)
    put(folder, "new.csv", b"")
    for file in (folder / "set-aside").glob("*.json"):
        os.utime(file, (time.time() - KEPT_SECONDS - 1,) * 2)

    await take_rosters(school.runtime, rosters)

    assert [name.partition("-")[2] for name in files(folder / "set-aside")] == ["new.csv", "new.csv.json"]


async def test_the_leader_watches_and_the_folder_can_be_named(tmp_path: Path) -> None:
    assert watch_rosters in background_of(SERVICE)
    for settings, folder in [
        (Settings(home=tmp_path), tmp_path / "rosters"),
        (Settings(home=tmp_path, roster_folder=tmp_path / "feed"), tmp_path / "feed"),
    ]:
        town = build_town(settings)
        assert town.parts["training"].runtime.rosters == folder
        for parts in town.parts.values():
            await parts.runtime.database.close()


async def test_what_became_of_files_is_counted(school: School, rosters: Path) -> None:
    put(students(rosters), "bad.csv", b"")
    put(students(rosters), "good.csv", listed(school, 1))
    teachers = students(rosters).parent / "teachers"
    teachers.mkdir()
    (teachers / ".taking").symlink_to(rosters)
    put(teachers, "staff.csv", STAFF)

    await take_rosters(school.runtime, rosters)

    def counted(kind: str, outcome: str) -> float | None:
        labels = {"service": "training", "kind": kind, "outcome": outcome}
        return school.runtime.metrics.registry.get_sample_value("sunmao_roster_files_total", labels)

    assert [counted("students", outcome) for outcome in ("taken", "set_aside", "failed")] == [1, 1, 0]
    assert [counted("teachers", outcome) for outcome in ("taken", "set_aside", "failed")] == [0, 0, 1]
    assert counted("special_posts", "set_aside") == 0
