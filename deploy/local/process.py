"""One supervised server process: started, awaited, stopped or killed, with its output in a log file."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, cast

from deploy.local.errors import ServerUnavailable

_SUPERVISE = Path(__file__).with_name("supervise.py")
_LINES_OF_LOG_SHOWN = 30
_SECONDS_BETWEEN_LOOKS = 0.03


class ServerProcess:
    """A server that ends with this process; it may be started again after `stop` or `kill`, from any thread."""

    def __init__(self, name: str, log: Path, stop_signal: signal.Signals = signal.SIGTERM) -> None:
        self._name = name
        self._log = log
        self._stop_signal = stop_signal
        self._supervisor: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether the server or one of its children lives."""
        return self._supervisor is not None and not self._gone(within=0)

    def start(self, command: Sequence[str | Path], folder: Path, words: Mapping[str, str] | None = None) -> None:
        """Runs `command` in `folder` and returns at once; `wait_until` tells when it serves.

        `words` are added to the environment, where no process list shows them.
        """
        if self.running:
            raise ServerUnavailable(f"{self._name} is running already; stop it before it is started again.")
        self._forget()
        supervise = [sys.executable, "-I", "-S", str(_SUPERVISE), self._stop_signal.name]
        with self._log.open("ab") as log:
            # A session of its own: Ctrl-C must reach the launcher alone, which then stops the server in good order.
            self._supervisor = subprocess.Popen(  # noqa: S603
                [*supervise, *map(str, command)],
                cwd=folder,
                env=os.environ | dict(words or {}),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )

    def wait_until(self, ready: Callable[[], bool], within: float) -> None:
        """Returns when `ready` says so; else, after `within` seconds at most, kills the server and tells why."""
        deadline = time.monotonic() + within
        try:
            while not ready():
                self._check_alive(deadline, within)
                time.sleep(_SECONDS_BETWEEN_LOOKS)
        except BaseException:
            self.kill()
            raise

    def ask_to_stop(self) -> None:
        """Asks the server to end and does not wait, so that several end side by side; `stop` waits."""
        if self._supervisor is not None:
            self._supervisor.send_signal(signal.SIGTERM)

    def stop(self, within: float = 30) -> None:
        """Asks the server to end and waits; after `within` seconds it is killed. Nothing to do when it does not run."""
        if self._supervisor is None:
            return
        self.ask_to_stop()
        if self._gone(within):
            self._forget()
        else:
            self.kill()

    def kill(self) -> None:
        """SIGKILL, as in a crash; returns when the server and all its children are gone."""
        if self._supervisor is None:
            return
        self._supervisor.send_signal(signal.SIGUSR1)
        if not self._gone(within=30):
            raise self._failure("left processes behind that outlived it by 30 seconds")
        self._forget()

    def freeze(self) -> None:
        """SIGSTOP: it keeps what it holds and does nothing, until `thaw`. Its children go on."""
        if self._supervisor is not None:
            self._supervisor.send_signal(signal.SIGTSTP)

    def thaw(self) -> None:
        """SIGCONT."""
        if self._supervisor is not None:
            self._supervisor.send_signal(signal.SIGCONT)

    def _check_alive(self, deadline: float, within: float) -> None:
        if not self.running:
            raise self._failure("ended before it was ready")
        if time.monotonic() > deadline:
            raise self._failure(f"was not ready within {within:g} seconds")

    def _gone(self, within: float) -> bool:
        """Whether the pipe that the server and all its children hold has come to its end."""
        pipe = cast("IO[bytes]", cast("subprocess.Popen[bytes]", self._supervisor).stdout)
        return bool(select.select([pipe], [], [], within)[0])

    def _forget(self) -> None:
        if self._supervisor is not None:
            with self._supervisor:
                self._supervisor = None

    def _failure(self, what: str) -> ServerUnavailable:
        lines = self._log.read_text(errors="replace").splitlines()[-_LINES_OF_LOG_SHOWN:]
        return ServerUnavailable("\n".join([f"{self._name} {what}. The end of its log {self._log}:", *lines]))
