"""What is loaded is seldom looked through; the threads of a service take their memory from two places.

The latter on a C library that would give each its own.
"""

import platform
import subprocess
import sys

THREADS = 12
GLIBC = platform.libc_ver()[0] == "glibc"
"""No other C library has arenas."""
PROGRAM = f"""
import ctypes, sqlite3, threading
from shared.operations.running import begin
begin("sunmao", None)
together = threading.Barrier({THREADS})

def work():
    connection = sqlite3.connect(":memory:")
    together.wait()
    connection.execute("CREATE TABLE t AS SELECT randomblob(1000000)")
    together.wait()

threads = [threading.Thread(target=work) for _ in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
stream = ctypes.c_void_p(libc.fdopen(1, b"w"))
if hasattr(libc, "malloc_info"):
    libc.malloc_info(0, stream)
    libc.fflush(stream)
"""

LOADING = """
import atexit, gc, sys
from shared.operations.cli import main
sys.argv[1:] = ["--help"]
atexit.register(lambda: print(gc.get_threshold()[0]))
main()
"""


def test_what_a_command_loads_is_seldom_looked_through() -> None:
    told = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True).stdout

    assert int(told.splitlines()[-1]) >= 10_000


def arenas(**environment: str) -> int:
    """How many there are after threads have worked at the same time."""
    command = [sys.executable, "-c", PROGRAM]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return told.count("<heap nr=")


def test_the_threads_of_a_service_share_two_arenas_unless_somebody_chose_another_number() -> None:
    assert arenas() == (2 if GLIBC else 0)
    assert (arenas(MALLOC_ARENA_MAX="5") > 2) is GLIBC
