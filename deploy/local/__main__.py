"""`python -m deploy.local [FOLDER]`: both servers until Ctrl-C or SIGTERM, their addresses on standard output."""

import argparse
import signal
import sys
import time
from pathlib import Path

from deploy.local.errors import ServerUnavailable
from deploy.local.town import Servers


def main() -> int:
    """Answers 0 when it was told to end, 1 when a server could not be had or ended by itself."""
    arguments = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=Path(".sunmao/local"), help="where the data is kept")
    # Both by name: a shell starts what it puts in the background with SIGINT ignored.
    for end in (signal.SIGINT, signal.SIGTERM):
        signal.signal(end, signal.default_int_handler)
    try:
        with Servers(arguments.parse_args().folder) as servers:
            _announce(servers)
            while servers.running:
                time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    except ServerUnavailable as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    sys.stderr.write("A server ended by itself; its log in the folder tells why.\n")
    return 1


def _announce(servers: Servers) -> None:
    sys.stdout.write(f"SUNMAO_KAFKA_BOOTSTRAP={servers.kafka.bootstrap}\n")
    sys.stdout.write(f"SUNMAO_POSTGRES_URL={servers.postgres.dsn()}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
