"""Offsets on their way to a broker that only writes down what it is told."""

import asyncio
from typing import Any

from aiokafka import TopicPartition
from aiokafka.errors import CommitFailedError

from shared.messaging.acknowledging import Acknowledging

OURS, THEIRS = TopicPartition("topic", 0), TopicPartition("topic", 1)


class Group:
    """A member's view of its group: one partition is its own."""

    def __init__(self, *, refusing: bool = False) -> None:
        self.committed: list[dict[TopicPartition, int]] = []
        self.done = 0
        self._refusing = refusing

    def assignment(self) -> set[TopicPartition]:
        return {OURS}

    async def commit(self, offsets: dict[TopicPartition, int]) -> None:
        await asyncio.sleep(0)
        if self._refusing:
            raise CommitFailedError
        self.committed.append(offsets)


def acknowledging_to(group: Any) -> Acknowledging:
    def count() -> None:
        group.done += 1

    return Acknowledging(lambda: group, count)


async def test_offsets_that_come_during_a_commit_go_together_with_the_next() -> None:
    group = Group()
    acknowledging = acknowledging_to(group)

    acknowledging.note({OURS: 1})
    await asyncio.sleep(0)
    for offset in (2, 3, 4):
        acknowledging.note({OURS: offset})
    await acknowledging.settle()

    assert group.committed == [{OURS: 1}, {OURS: 4}]
    assert group.done == 2


async def test_what_is_not_ours_is_left_to_whoever_has_it() -> None:
    group = Group()
    acknowledging = acknowledging_to(group)

    acknowledging.note({OURS: 5, THEIRS: 7})
    await acknowledging.settle()

    assert group.committed == [{OURS: 5}]


async def test_what_was_taken_away_is_not_committed_any_more() -> None:
    group = Group()
    acknowledging = acknowledging_to(group)

    acknowledging.note({OURS: 1})
    await asyncio.sleep(0)
    acknowledging.note({OURS: 2})
    acknowledging.forget({OURS})
    await acknowledging.settle()

    assert group.committed == [{OURS: 1}]


async def test_a_refused_commit_is_no_progress_and_no_error() -> None:
    group = Group(refusing=True)
    acknowledging = acknowledging_to(group)

    acknowledging.note({OURS: 1})
    await acknowledging.settle()

    assert (group.committed, group.done) == ([], 0)
