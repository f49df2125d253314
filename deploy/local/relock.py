"""Writes kafka.lock for the version that jars.py names: `python -m deploy.local.relock`, then review the difference.

Run it only when Kafka's version changes. It trusts what it downloads; every later start trusts the lock alone.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jgo.maven import MavenContext, PythonResolver

from deploy.local.jars import KAFKA_VERSION, LOCK

# Kafka brings slf4j-api 1.7.36, which needs a logger of the same line.
WANTED = (f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}", "org.slf4j:slf4j-simple:1.7.36")
NEEDED_TO_RUN = ("compile", "runtime")


def main() -> None:
    """Resolves everything that Kafka needs to run and writes a line for each jar."""
    write_lock(LOCK, f"Apache Kafka {KAFKA_VERSION}", WANTED)


def write_lock(lock: Path, title: str, wanted: Sequence[str]) -> None:
    """The lock of some artifacts (`group:artifact:version`) and of all that they need to run."""
    with TemporaryDirectory() as folder:
        repository = Path(folder)
        lines = [_line(jar, repository) for jar in sorted(_resolved(repository, wanted))]
    lock.write_text("\n".join([f"# {title} and all that it runs with.", *lines, ""]))


def _resolved(repository: Path, names: Sequence[str]) -> Iterable[Path]:
    maven = MavenContext(resolver=PythonResolver(), repo_cache=repository)
    wanted, needed = maven.resolver.resolve([maven.create_dependency(name) for name in names])
    needed_to_run = (each for each in needed if each.scope in NEEDED_TO_RUN)
    return {each.artifact.resolve() for each in (*wanted, *needed_to_run)}


def _line(jar: Path, repository: Path) -> str:
    return f"{hashlib.sha256(jar.read_bytes()).hexdigest()}  {jar.relative_to(repository).as_posix()}"


if __name__ == "__main__":
    main()
