"""Runs one server as a program of its own and ends it when whoever asked for it is gone, even by SIGKILL.

Standard input is a pipe that only the launcher holds: its end is the launcher's end, on every system and whichever
thread had started the server. Standard output is a pipe that the server and all its children inherit and nobody
writes to: its end tells the launcher that the last of them is gone. What the server prints goes to standard error.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
from types import FrameType

SECONDS_TO_STOP = 10.0
PR_SET_PDEATHSIG = 1
HEARD = {signal.SIGTERM, signal.SIGUSR1, signal.SIGTSTP, signal.SIGCONT, signal.SIGCHLD}


def main(stop_signal: signal.Signals, command: list[str]) -> int:
    """Runs `command`; SIGTERM stops it by `stop_signal`, SIGUSR1 kills it, SIGTSTP freezes it until SIGCONT.

    Answers its exit code as a shell would.
    """
    # Waited for instead of handled: a handler's signal that comes just before a blocking call is not heard until later.
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    signal.signal(signal.SIGCHLD, _pass_over)
    server = _start(stop_signal, command)
    threading.Thread(target=_end_with_launcher, args=(server, stop_signal), daemon=True).start()
    meant: dict[int, int] = {
        signal.SIGTERM: stop_signal,
        signal.SIGUSR1: signal.SIGKILL,
        signal.SIGTSTP: signal.SIGSTOP,
    }
    # This process outlives the server it kills, to reap it: PostgreSQL takes an unreaped one for a living one.
    while (code := server.poll()) is None:
        heard = signal.sigwait(HEARD)
        if heard != signal.SIGCHLD:
            server.send_signal(meant.get(heard, heard))
    return code if code >= 0 else 128 - code


def _pass_over(_number: int, _frame: FrameType | None) -> None:
    """A signal with a handler is not thrown away before it is waited for."""


def _start(stop_signal: signal.Signals, command: list[str]) -> subprocess.Popen[bytes]:
    supervisor = os.getpid()
    libc = ctypes.CDLL(None)

    def end_with_supervisor() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        if sys.platform == "linux":
            libc.prctl(PR_SET_PDEATHSIG, int(stop_signal))
            # The supervisor may have died before the line above could ask for the signal.
            if os.getppid() != supervisor:
                os._exit(1)

    last_one_gone = os.dup(sys.stdout.fileno())
    # This process has one thread until the server runs, so code between fork and exec is safe here.
    return subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        pass_fds=[last_one_gone],
        preexec_fn=end_with_supervisor,  # noqa: PLW1509
    )


def _end_with_launcher(server: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    while os.read(sys.stdin.fileno(), 1):
        continue
    server.send_signal(stop_signal)
    try:
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main(signal.Signals[sys.argv[1]], sys.argv[2:]))
