"""`sunmao demo` on the distributed edition: servers and services come up, the story is told, everything ends again."""

import asyncio
import os
import signal
import sys
import time

from deploy.local.distributed import Services, databases_of
from deploy.local.errors import ServerUnavailable
from deploy.local.town import Servers
from shared.operations.demo import Demo, Wanted, demo_of, outcome
from shared.operations.exits import Exit
from shared.operations.folder import Folder
from shared.operations.settings import read_settings


def run_distributed(wanted: Wanted) -> int:
    """The exit code of the demo. Nothing is left running, however it ends."""
    folder = Folder(read_settings(os.environ).home / "local")
    # Both by name: a shell starts what it puts in the background with SIGINT ignored.
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, signal.default_int_handler)
    try:
        with folder.owned():
            return _told(folder, wanted)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except ServerUnavailable as reason:
        _say(str(reason))
        return 1


def _told(folder: Folder, wanted: Wanted) -> int:
    _say("Apache Kafka and PostgreSQL start …")
    with Servers(folder.path) as servers:
        _say(f"Kafka at {servers.kafka.bootstrap}; databases, topics, four services and the issuer start …")
        databases = databases_of(servers.postgres)
        with Services(folder.path / "services", bootstrap=servers.kafka.bootstrap, databases=databases) as services:
            demo = demo_of(wanted, services.addresses, folder)
            code = asyncio.run(outcome(demo))
            if not wanted.once and code == 0:
                _stay(demo, servers, services)
            _say("Everything stops …")
    return code


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _stay(demo: Demo, servers: Servers, services: Services) -> None:
    demo.display.lines("", *(f"{url}/docs  the API of {name}" for name, url in services.addresses.services.items()))
    demo.display.lines("SUNMAO_EDITION=distributed sunmao token --as alliance_office", "Ctrl-C ends everything.")
    while servers.running and services.running:
        time.sleep(0.5)
