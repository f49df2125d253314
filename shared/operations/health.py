"""Asks the process of this container whether it is ready; its exit code is the container's health.

Run as `python -m shared.operations.health`, every few seconds and in an image without curl: hence it loads little.
"""

import os
import sys
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from typing import Final

from shared.operations.addresses import ISSUER_PORT, PORTS

_SECONDS: Final = 3


def port_of(environ: Mapping[str, str]) -> int:
    """Where the service that `SUNMAO_SERVICE` names listens, by the same variables as in its settings."""
    service = environ.get("SUNMAO_SERVICE", "")
    given = environ.get(f"SUNMAO_{service.upper()}_PORT") or environ.get("SUNMAO_PORT")
    return int(given) if given else PORTS.get(service, ISSUER_PORT)


def ask(port: int) -> tuple[bool, str]:
    """Whether it is ready, and what it says of itself."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        return answer.status == 200, answer.read().decode(errors="replace")
    except (OSError, HTTPException) as error:
        return False, f"nothing answers on port {port}: {error}"
    finally:
        connection.close()


def main() -> None:
    """Print the answer, which the engine keeps with the container's state, and end with 0 or 1."""
    ready, said = ask(port_of(os.environ))
    sys.stdout.write(said + "\n")
    sys.exit(not ready)


if __name__ == "__main__":
    main()
