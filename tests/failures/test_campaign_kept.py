"""What a campaign leaves behind: everything where something went wrong, nothing where all is well."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.failures.campaign import __main__ as program
from tests.failures.campaign.campaign import Plan
from tests.failures.campaign.harm import Harm

FOUND = "what was in it"


def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, harm: Harm | None) -> Path:
    """One campaign that writes a file and finds this harm, or breaks off; answers where it is to leave it."""
    kept = tmp_path / "kept"

    async def campaign(folder: Path) -> Any:
        (folder / "talent.db").write_text(FOUND)
        if harm is None:
            raise TimeoutError
        return SimpleNamespace(harm=harm)

    def begun(folder: Any, *_plan: object) -> Any:
        return SimpleNamespace(run=lambda: campaign(folder))

    monkeypatch.setattr(program, "_installation", lambda _edition, folder, _plan: folder)
    monkeypatch.setattr(program, "Campaign", begun)
    asyncio.run(program._run("embedded", Plan(), tmp_path / "log", kept))
    return kept


def test_where_harm_was_found_everything_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    harm = Harm()
    harm.found("lost", "an event")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "of an earlier campaign").touch()

    kept = run(monkeypatch, tmp_path, harm)

    assert [file.name for file in kept.iterdir()] == ["talent.db"]
    assert (kept / "talent.db").read_text() == FOUND


def test_a_campaign_that_breaks_off_leaves_everything_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(TimeoutError):
        run(monkeypatch, tmp_path, None)

    assert (tmp_path / "kept" / "talent.db").read_text() == FOUND


def test_where_all_is_well_nothing_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not run(monkeypatch, tmp_path, Harm()).exists()
