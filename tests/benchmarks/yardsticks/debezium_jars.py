"""The jars of Debezium and of the Kafka Connect that runs it, by a lock of their own.

`python -m tests.benchmarks.yardsticks.debezium_jars` writes the lock for another version; review the difference.
"""

from pathlib import Path
from typing import Final

from deploy.local.cache import cache_folder
from deploy.local.jars import KAFKA_VERSION, fetch, locked_jars, read_lock
from deploy.local.relock import write_lock

VERSION: Final = "3.6.3.Final"
LOCK: Final = Path(__file__).with_name("debezium.lock")
_KAFKA: Final = ("connect-runtime", "connect-json", "connect-api", "connect-transforms", "kafka-clients")
_WANTED: Final = (
    *(f"org.apache.kafka:{artifact}:{KAFKA_VERSION}" for artifact in _KAFKA),
    f"io.debezium:debezium-connector-postgres:{VERSION}",
    "org.slf4j:slf4j-simple:1.7.36",
)


def debezium_jars() -> list[Path]:
    """The class path; asks the network only for jars that the cache lacks."""
    return locked_jars(read_lock(LOCK), cache_folder() / f"debezium-{VERSION}", fetch)


if __name__ == "__main__":
    write_lock(LOCK, f"Debezium {VERSION} with Kafka Connect {KAFKA_VERSION}", _WANTED)
