"""Who can start an edition for the demonstration, and what is said where nobody can."""

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from shared.operations import demo
from shared.operations.demo import Wanted, run_demo
from shared.operations.settings import SettingsError

GROUP = "sunmao.demos"


@pytest.mark.parametrize(
    "installed",
    [EntryPoints(), EntryPoints([EntryPoint("distributed", "not_installed.demo:run", GROUP)])],
    ids=["without a launcher", "an image has its name alone"],
)
def test_where_nothing_can_start_servers_it_is_one_sentence(
    installed: EntryPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "entry_points", lambda group: installed.select(group=group))

    with pytest.raises(SettingsError, match="sunmao demo --against"):
        run_demo(Wanted(), against=False, edition="distributed")
