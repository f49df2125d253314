"""Chooses the ports of servers that must come back on the same address after a crash."""

import random
import socket
from contextlib import ExitStack

# Below every range from which systems take ports for outgoing connections (Linux 32768, macOS 49152): a client that
# keeps calling a port of that range while its server is away can be connected to itself, and then holds the port.
_CANDIDATES = range(20_000, 32_000)


def free_ports(count: int) -> list[int]:
    """`count` different ports of 127.0.0.1 on which nothing listens now."""
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            probe = held.enter_context(socket.socket())
            port = random.choice(_CANDIDATES)  # noqa: S311
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found.append(port)
    return found


def listens(port: int) -> bool:
    """Whether somebody accepts connections on this port of 127.0.0.1."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
