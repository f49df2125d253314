"""Story S1 on the embedded edition: told to its end, and told to its end in spite of being killed."""

import random
import subprocess
from pathlib import Path

import httpx

from shared.operations.addresses import Addresses
from shared.operations.folder import Folder
from shared.operations.stories.run import Run, RunFile
from shared.operations.visitor import Visitor
from tests.journeys.telling import begin_demo, faults, told

SEED = 20261125
KILLS = 4
LAST_STEP = 12


async def test_no_dead_letters_one_correlation_id_and_every_expected_notification_once(
    town: Addresses, tmp_path: Path
) -> None:
    async with Visitor(town) as visitor:
        story, evidence = await told(visitor, tmp_path / "demo-run.json")

    assert faults(story, evidence) == []


async def test_a_second_run_beside_the_first_ends_like_it(town: Addresses, tmp_path: Path) -> None:
    async with Visitor(town) as visitor:
        first, _ = await told(visitor, tmp_path / "one.json")
        second, evidence = await told(visitor, tmp_path / "two.json")

    assert first.docking.need != second.docking.need
    assert faults(second, evidence) == []


async def test_the_root_page_tells_the_story(town: Addresses, tmp_path: Path) -> None:
    async with Visitor(town) as visitor, httpx.AsyncClient() as browser:
        story, _ = await told(visitor, Folder(tmp_path).run_of("s1"))
        page = await browser.get(f"{town.issuer.removesuffix('/identity')}/")

    assert story.docking.need in page.text
    assert "学分已转换" in page.text


def test_a_run_that_is_killed_again_and_again_goes_on_and_ends_with_the_same_result(tmp_path: Path, port: int) -> None:
    chance = random.Random(SEED)  # noqa: S311
    runs = []

    for _ in range(KILLS):
        _kill_at(chance.randint(0, LAST_STEP), chance.randint(0, 12), begin_demo(tmp_path, port))
        runs.append(_run(tmp_path))
    with begin_demo(tmp_path, port) as last:
        said = last.communicate(timeout=240)[0]

    assert (last.returncode, said.count("✗")) == (0, 0), said[-4000:]
    assert {run.id for run in runs} == {_run(tmp_path).id}
    assert {run.story for run in runs} <= {_run(tmp_path).story, None}


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


def _run(folder: Path) -> Run:
    run = RunFile(Folder(folder).run_of("s1")).read()
    assert run is not None
    return run
