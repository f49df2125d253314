"""Kafka's jars are those of the lock or none."""

import hashlib
from pathlib import Path, PurePosixPath
from threading import Thread

import pytest

from deploy.local.errors import JarRefused
from deploy.local.jars import LOCK, Lock, locked_jars, read_lock

JAR = PurePosixPath("org/example/thing/1.0/thing-1.0.jar")
LOCKED: Lock = {JAR: hashlib.sha256(b"right").hexdigest()}


class Source:
    """A repository that serves the same bytes for every jar and counts how often it is asked."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: list[PurePosixPath] = []

    def __call__(self, jar: PurePosixPath, folder: Path) -> None:
        self.asked.append(jar)
        (folder / jar).parent.mkdir(parents=True)
        (folder / jar).write_bytes(self.content)


def test_a_jar_with_a_wrong_hash_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / JAR).parent.mkdir(parents=True)
    (tmp_path / JAR).write_bytes(b"wrong")

    with pytest.raises(JarRefused, match=r"The jar thing-1\.0\.jar has SHA-256 .* delete .* fetched anew"):
        locked_jars(LOCKED, tmp_path, Source(b"right"))


def test_a_jar_that_arrives_wrong_is_refused_and_not_kept(tmp_path: Path) -> None:
    with pytest.raises(JarRefused, match=r"thing-1\.0\.jar .* not kept"):
        locked_jars(LOCKED, tmp_path, Source(b"wrong"))

    assert list(tmp_path.rglob("*.jar")) == []


def test_a_jar_is_fetched_once_and_then_taken_from_the_cache(tmp_path: Path) -> None:
    source = Source(b"right")

    first, second = (locked_jars(LOCKED, tmp_path, source) for _ in range(2))

    assert first == second == [tmp_path / JAR]
    assert source.asked == [JAR]


def test_two_that_resolve_at_once_fetch_each_jar_once(tmp_path: Path) -> None:
    source = Source(b"right")
    both = [Thread(target=locked_jars, args=(LOCKED, tmp_path, source)) for _ in range(2)]

    for each in both:
        each.start()
    for each in both:
        each.join()

    assert source.asked == [JAR]


def test_the_lock_names_kafka_by_hash_and_no_registry() -> None:
    lock = read_lock(LOCK)

    assert PurePosixPath("org/apache/kafka/kafka_2.13/4.3.1/kafka_2.13-4.3.1.jar") in lock
    assert {len(sha256) for sha256 in lock.values()} == {64}
    assert "://" not in LOCK.read_text()
