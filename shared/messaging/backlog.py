"""How far a consumer is behind, counted in records."""

from collections.abc import Iterable, Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition


class Backlog:
    """What was taken of each partition, beside where the consumer stands and what its group has committed.

    The end of a partition less the committed offset never becomes 0 here: a transaction leaves a marker behind its last
    record, which has an offset and is given to nobody. A consumer that has read past it is not behind because of it.
    """

    def __init__(self) -> None:
        self._taken: dict[TopicPartition, int] = {}

    def take(self, ends: Mapping[TopicPartition, int]) -> None:
        """Everything before these offsets is at hand or done."""
        self._taken.update(ends)

    def give_back(self, places: Iterable[TopicPartition]) -> None:
        """What is at hand of these will be read again."""
        for place in places:
            self._taken.pop(place, None)

    async def measured(self, consumer: AIOKafkaConsumer) -> dict[tuple[str, int], int]:
        """Of each partition held: what is still to be read, and what was read and is not committed."""
        ends = await consumer.end_offsets(list(consumer.assignment()))
        return {(place.topic, place.partition): await self._behind(consumer, place, end) for place, end in ends.items()}

    async def _behind(self, consumer: AIOKafkaConsumer, place: TopicPartition, end: int) -> int:
        committed = int(await consumer.committed(place) or 0)
        unread = max(0, end - int(await consumer.position(place)))
        return unread + max(0, self._taken.get(place, committed) - committed)
