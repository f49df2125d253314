"""What a consumer is behind with, on partitions in which transactions leave their markers."""

from dataclasses import dataclass

from aiokafka import TopicPartition

from shared.messaging.backlog import Backlog

PLACE = TopicPartition("sunmao.partnership.events.v1", 3)


@dataclass
class Consumer:
    """One partition: where it ends, where its reader stands, what its group has committed."""

    end: int
    position_: int
    committed_: int | None

    def assignment(self) -> set[TopicPartition]:
        return {PLACE}

    async def end_offsets(self, places: list[TopicPartition]) -> dict[TopicPartition, int]:
        return dict.fromkeys(places, self.end)

    async def position(self, _place: TopicPartition) -> int:
        return self.position_

    async def committed(self, _place: TopicPartition) -> int | None:
        return self.committed_


async def behind(backlog: Backlog, end: int, position: int, committed: int | None) -> int:
    measured = await backlog.measured(Consumer(end, position, committed))  # type: ignore[arg-type]
    return measured[PLACE.topic, PLACE.partition]


async def test_whoever_read_past_a_transactions_marker_is_not_behind_because_of_it() -> None:
    backlog = Backlog()
    backlog.take({PLACE: 10})

    assert await behind(backlog, end=11, position=11, committed=10) == 0


async def test_a_process_that_has_taken_nothing_yet_is_behind_with_what_it_has_not_read() -> None:
    assert await behind(Backlog(), end=40, position=10, committed=10) == 30


async def test_a_group_that_never_committed_begins_at_the_beginning() -> None:
    assert await behind(Backlog(), end=40, position=0, committed=None) == 40


async def test_what_is_at_hand_counts_until_it_is_committed() -> None:
    backlog = Backlog()
    backlog.take({PLACE: 30})

    assert await behind(backlog, end=41, position=31, committed=10) == 10 + 20


async def test_what_is_read_again_counts_once() -> None:
    backlog = Backlog()
    backlog.take({PLACE: 30})
    backlog.give_back([PLACE])

    assert await behind(backlog, end=31, position=10, committed=10) == 21


async def test_what_another_member_did_meanwhile_is_not_counted_again() -> None:
    backlog = Backlog()
    backlog.take({PLACE: 30})

    assert await behind(backlog, end=61, position=61, committed=60) == 0
