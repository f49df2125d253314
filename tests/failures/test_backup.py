"""Every database is backed up while people work, changed, and put back; the services agree with each other again."""

import asyncio
import json
import subprocess
from pathlib import Path

from shared.operations.backup.manifest import NAME
from tests.failures.drill import Drill
from tests.integration.operations.town import until

NEEDS = "SELECT id FROM need"


async def test_all_databases_are_put_back_to_the_moment_of_a_backup_and_agree(drill: Drill, tmp_path: Path) -> None:
    people, folder = drill.people, str(tmp_path / "backup")
    kept = await people.post_need("kept")
    await people.matched(kept)
    posting = asyncio.create_task(_post(drill))
    made = await drill.sunmao("backup", "create", folder)
    posting.cancel()
    lost = await people.post_need("lost")
    await people.matched(lost)
    alive = await drill.sunmao("backup", "restore", folder, "--replace")
    await asyncio.to_thread(drill.services.stop)
    full = await drill.sunmao("backup", "restore", folder)
    before = await drill.rows("partnership", NEEDS)

    restored = await drill.sunmao("backup", "restore", folder, "--replace")
    after = await drill.rows("partnership", NEEDS)
    await asyncio.to_thread(drill.services.start)
    await people.matched(await people.post_need("new"))
    await until(drill.everybody_agrees, 60)

    assert made.returncode == 0, made.stderr
    _refused(alive, "stop every process of it")
    _refused(full, "is not empty; --replace drops what is in it")
    assert restored.returncode == 0, restored.stderr
    assert f"partnership: born since the dump and gone: need {lost}" in restored.stdout
    assert {(kept,), (lost,)} <= set(before)
    assert ((kept,) in after, (lost,) in after) == (True, False)
    assert set(json.loads((tmp_path / "backup" / NAME).read_text())["moments"]) == set(drill.databases)


async def _post(drill: Drill) -> None:
    while True:
        await drill.people.post_need()
        await asyncio.sleep(0.2)


def _refused(run: "subprocess.CompletedProcess[str]", why: str) -> None:
    [line] = run.stderr.splitlines()
    assert (run.returncode, run.stdout) == (2, "")
    assert why in line
