"""Stories S2 to S4 on the embedded edition: told twice, in spite of being killed, and long after."""

import random
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.operations.addresses import Addresses
from shared.operations.folder import Folder
from shared.operations.stories.finding import name_of
from shared.operations.stories.obligation.clocking import KIND
from shared.operations.stories.obligation.evidence import RAISED, ObligationTold
from shared.operations.stories.run import Run, RunFile
from shared.operations.stories.s3 import tell
from shared.operations.stories.teller import Nobody
from shared.operations.stories.telling import at_rest
from shared.operations.visitor import Visitor
from tests.integration.operations.town import until
from tests.journeys.telling import begin_demo, faults_of

SEED, KILLS = 20261129, 3
LAST_STEPS = {"s2": 6, "s3": 3}
DAY = timedelta(days=1)
TICKS_SECONDS = 120


@pytest.mark.parametrize("story", ["s2", "s3", "s4"])
async def test_the_story_ends_as_it_must_and_so_does_a_second_run(town: Addresses, tmp_path: Path, story: str) -> None:
    async with Visitor(town) as visitor:
        first = await faults_of(story, visitor, tmp_path / "run.json")
        second = await faults_of(story, visitor, tmp_path / "run.json")

    assert (first, second) == ([], [])


async def test_the_headline_is_told_beside_the_others(town: Addresses, tmp_path: Path) -> None:
    async with Visitor(town) as visitor:
        found = [await faults_of(story, visitor, tmp_path / f"{story}.json") for story in ("s2", "s3", "s1")]

    assert found == [[], [], []]


async def test_the_root_page_tells_the_story_that_was_told_last(town: Addresses, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    async with Visitor(town) as visitor, httpx.AsyncClient() as browser:
        await faults_of("s2", visitor, folder.run_of("s2"))
        page = await browser.get(f"{town.issuer.removesuffix('/identity')}/")

    assert (folder.last_story() or "none") in page.text
    assert "实习安排未通过审核" in page.text


@pytest.mark.parametrize("story", ["s2", "s3"])
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_result(tmp_path: Path, port: int, story: str) -> None:
    chance, runs = random.Random(SEED), []  # noqa: S311

    for _ in range(KILLS):
        _kill_at(chance.randint(1, LAST_STEPS[story]), chance.randint(0, 20), begin_demo(tmp_path, port, story))
        runs.append(_run(tmp_path, story).id)
    with begin_demo(tmp_path, port, story) as last:
        said = last.communicate(timeout=240)[0]

    assert (last.returncode, said.count("✗")) == (0, 0), said[-4000:]
    assert set(runs) == {_run(tmp_path, story).id}


class TimeTravel:
    """The clock of the town, which the test sets forward."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.go_to(0)

    def go_to(self, days: int) -> None:
        """So many days after today."""
        self._file.write_text(str(days * DAY.total_seconds()), encoding="utf-8")


@pytest.fixture
def travel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TimeTravel:
    """Asked for before the town, whose clock follows this file."""
    file = tmp_path / "clock"
    monkeypatch.setenv("SUNMAO_CLOCK_FILE", str(file))
    return TimeTravel(file)


async def test_the_deadline_of_whoever_was_warned_passes_and_the_ladder_is_climbed(
    travel: TimeTravel, town: Addresses, tmp_path: Path
) -> None:
    async with Visitor(town) as visitor:
        story = await tell(visitor, tmp_path / "run.json", Nobody())
        warned = story.cast.teachers["warned"]
        due_on = date.fromisoformat((await _clock(story, warned))["due_on"])
        left = (due_on - story.teller.run.base_date).days

        travel.go_to(left)
        await _until_steps(story, warned, ["due", "at_risk"])
        on_the_last_day = await _clock(story, warned)
        travel.go_to(left + 1)
        await until(lambda: _is_overdue(story, warned), TICKS_SECONDS)
        travel.go_to(left + 8)
        await _until_steps(story, warned, ["due", "at_risk", "overdue"])
        rest = await at_rest(story.teller, *story.stories)

    overdue = [event["data"] for event in rest.events if _tells_of(event, "training.obligation.overdue", warned)]
    assert (on_the_last_day["status"], on_the_last_day["days_left"]) == ("at_risk", 1)
    assert [(told["due_on"], told["overdue_on"]) for told in overdue] == [
        (due_on.isoformat(), (due_on + DAY).isoformat())
    ]
    assert rest.due == rest.told
    # Whoever has fulfilled what they owe is reminded of nothing.
    assert _steps(rest.events, story.cast.teachers["fulfilled"]) == {}
    assert {
        ladder: [
            (step["level"], [party.partition("@")[0].partition(":")[2] for party in step["addressees"]])
            for step in steps
        ]
        for ladder, steps in _steps(rest.events, warned).items()
    }["obligation_overdue"] == [(2, ["university_hr", "alliance_office"])]


async def _clock(story: ObligationTold, teacher: str) -> Any:
    owed = await story.teller.all(story.cast.personnel, "training", "/v1/obligations", kind=KIND, teacher_id=teacher)
    return owed[0]


async def _is_overdue(story: ObligationTold, teacher: str) -> bool:
    return (await _clock(story, teacher))["status"] == "overdue"


async def _until_steps(story: ObligationTold, teacher: str, ladders: list[str]) -> None:
    async def climbed() -> bool:
        rest = await at_rest(story.teller, *story.stories)
        return set(_steps(rest.events, teacher)) == {f"obligation_{ladder}" for ladder in ladders}

    await until(climbed, TICKS_SECONDS)


def _steps(events: Any, teacher: str) -> dict[str, list[Any]]:
    """What was raised of a teacher's first half year, by ladder."""
    steps: dict[str, list[Any]] = {}
    for event in events:
        data = event["data"]
        if name_of(event) == RAISED and (data["owed_by_id"], data["obligation_kind"]) == (teacher, KIND):
            steps.setdefault(data["ladder"], []).append(data)
    return steps


def _tells_of(event: Any, name: str, teacher: str) -> bool:
    return name_of(event) == name and (event["data"]["teacher_id"], event["data"]["kind"]) == (teacher, KIND)


def _kill_at(step: int, lines_later: int, demo: "subprocess.Popen[str]") -> None:
    """SIGKILL so many lines after the step began; each line is an event that has passed."""
    with demo:
        assert demo.stdout is not None
        for line in demo.stdout:
            if line.startswith(f"{step:2d} "):
                break
        for _, _line in zip(range(lines_later), demo.stdout, strict=False):
            continue
        demo.kill()


def _run(folder: Path, story: str) -> Run:
    run = RunFile(Folder(folder).run_of(story)).read()
    assert run is not None
    return run
