"""Why a server cannot be had on this machine, in a sentence that says what would help."""


class ServerUnavailable(Exception):
    """A server could not be found, prepared, started or stopped; the message says what would pass."""


class JarRefused(ServerUnavailable):
    """A jar is not the one that the lock names."""
