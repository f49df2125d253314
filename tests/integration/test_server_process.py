"""A server that does not come up is told with the reason it gave, and nothing of it stays."""

from pathlib import Path

import psutil
import pytest

from deploy.local.errors import ServerUnavailable
from deploy.local.process import ServerProcess


def never() -> bool:
    return False


@pytest.fixture
def server(tmp_path: Path) -> ServerProcess:
    return ServerProcess("The server", tmp_path / "server.log")


def test_a_server_that_ends_too_early_is_told_with_its_last_words(server: ServerProcess, tmp_path: Path) -> None:
    server.start(["sh", "-c", "echo no room left >&2; exit 3"], tmp_path)

    with pytest.raises(ServerUnavailable, match=r"The server ended before it was ready[^$]*no room left"):
        server.wait_until(never, within=30)

    assert not server.running


def test_a_server_that_is_never_ready_is_killed(server: ServerProcess, tmp_path: Path) -> None:
    server.start(["sleep", "600"], tmp_path)

    with pytest.raises(ServerUnavailable, match=r"was not ready within 0\.1 seconds"):
        server.wait_until(never, within=0.1)

    assert not server.running


def test_a_server_that_will_not_stop_is_killed(server: ServerProcess, tmp_path: Path) -> None:
    server.start(["sh", "-c", "trap '' TERM; touch deaf; while :; do sleep 1; done"], tmp_path)
    server.wait_until((tmp_path / "deaf").exists, within=30)

    server.stop(within=0.1)

    assert not server.running


def test_a_running_server_is_not_started_twice(server: ServerProcess, tmp_path: Path) -> None:
    server.start(["sleep", "600"], tmp_path)

    with pytest.raises(ServerUnavailable, match="running already; stop it before"):
        server.start(["sleep", "600"], tmp_path)

    server.kill()


def test_a_frozen_server_stands_still_until_it_is_thawed(server: ServerProcess, tmp_path: Path) -> None:
    server.start(["sh", "-c", "echo $$ > pid; while :; do sleep 0.01; done"], tmp_path)
    server.wait_until(lambda: bool((tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip()), within=30)
    process = psutil.Process(int((tmp_path / "pid").read_text()))

    server.freeze()
    server.wait_until(lambda: process.status() == psutil.STATUS_STOPPED, within=30)
    server.thaw()
    server.wait_until(lambda: process.status() != psutil.STATUS_STOPPED, within=30)
    server.freeze()
    server.kill()

    assert not server.running


def test_to_stop_what_does_not_run_does_nothing(server: ServerProcess) -> None:
    server.stop()
    server.kill()

    assert not server.running
