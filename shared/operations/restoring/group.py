"""A service's consumer group as an operator sees it: whether anybody is in it, and where its offsets stand."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import for_code

from shared.contracts.topics import TOPICS
from shared.messaging.security import Brokers

_MEMBERS: Final = -2
"""Where the members stand in a description of a group, whose last field are rights that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group, from outside."""

    name: str
    brokers: Brokers

    async def members(self) -> list[str]:
        """Who is in it, by client and host."""
        async with self._administration() as admin:
            [answer] = await admin.describe_consumer_groups([self.name])
        described = answer.to_object()["groups"][0]
        if refused := described["error_code"]:
            # Without the right to look it would seem that nobody is there.
            raise for_code(refused)(self.name)
        return [f"{member['client_id']} on {member['client_host'].strip('/')}" for member in described["members"]]

    async def lacks(self, topics: Iterable[str]) -> list[str]:
        """Which of these topics the broker does not have."""
        async with self._administration() as admin:
            return sorted(set(topics) - set(await admin.list_topics()))

    async def set_back(self, topics: Sequence[str], moment: datetime, *, rehearse: bool) -> Mapping[str, int]:
        """Move its offsets back to what was written at a moment, never forward; say by topic how many records that is.

        A partition of which it has never read anything stays as it is. `rehearse` only counts.
        """
        consumer = AIOKafkaConsumer(**self.brokers.for_aiokafka(), group_id=self.name, enable_auto_commit=False)
        await consumer.start()
        try:
            places = [TopicPartition(t.name, n) for t in TOPICS if t.name in topics for n in range(t.partitions)]
            consumer.assign(places)
            stands = {place: offset for place in places if (offset := await consumer.committed(place)) is not None}
            back = await _earlier(consumer, stands, moment)
            if back and not rehearse:
                await consumer.commit(back)
        finally:
            await consumer.stop()
        return {t: sum(stands[p] - back[p] for p in back if p.topic == t) for t in sorted({p.topic for p in back})}

    @asynccontextmanager
    async def _administration(self) -> AsyncIterator[AIOKafkaAdminClient]:
        admin = AIOKafkaAdminClient(**self.brokers.for_aiokafka())
        await admin.start()
        try:
            yield admin
        finally:
            await admin.close()


async def _earlier(
    consumer: AIOKafkaConsumer, stands: Mapping[TopicPartition, int], moment: datetime
) -> dict[TopicPartition, int]:
    if not stands:
        return {}
    found = await consumer.offsets_for_times(dict.fromkeys(stands, int(moment.timestamp() * 1000)))
    first = {place: at.offset for place, at in found.items() if at is not None}
    return {place: offset for place, offset in first.items() if offset < stands[place]}
