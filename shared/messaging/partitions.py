"""Which partition a key belongs to: the same murmur2 that every Kafka client uses, remembered per key."""

from functools import lru_cache

from aiokafka.partitioner import murmur2


@lru_cache(maxsize=65_536)
def _hash(key: bytes) -> int:
    return int(murmur2(key)) & 0x7FFFFFFF


def partition_of(key: bytes, partitions: int) -> int:
    """The partition of a key on a topic of so many."""
    return _hash(key) % partitions
