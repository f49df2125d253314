"""What was delivered comes again, at once or much later; and strangers come and go in the groups of the services."""

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.errors import KafkaError

from shared.contracts.topics import TOPICS
from shared.web.service import installed_services
from tests.failures.campaign.faults.missed import Missed

if TYPE_CHECKING:
    from tests.failures.campaign.town import Town

_COPIES = 200
_PATIENCE = 20.0


@dataclass(frozen=True)
class Repeat:
    """Some records of an events topic are produced again, behind themselves: the newest ones, or those from long ago.

    Never of a state topic, whose producer is fenced so that nothing old can be its last word.
    """

    town: "Town"
    what: Literal["duplicate", "late"]
    kills = False

    @property
    def kind(self) -> str:
        return f"{self.what} delivery"

    async def strike(self, dice: random.Random) -> str:
        topic = dice.choice([topic for topic in TOPICS if topic.flow == "events"])
        place = TopicPartition(topic.name, dice.randrange(topic.partitions))
        try:
            async with asyncio.timeout(_PATIENCE):
                records = await self._read(place, dice.random())
                await self._write(place, records)
        except KafkaError as why:
            raise Missed(type(why).__name__) from why
        return f"{len(records)} of {place.topic}/{place.partition}"

    async def _read(self, place: TopicPartition, share: float) -> list["ConsumerRecord[Any, Any]"]:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self.town.bootstrap, enable_auto_commit=False, isolation_level="read_committed"
        )
        await consumer.start()
        try:
            consumer.assign([place])
            end = (await consumer.end_offsets([place]))[place]
            consumer.seek(place, max(0, end - _COPIES) if self.what == "duplicate" else int(end * share / 2))
            found = await consumer.getmany(place, timeout_ms=2000, max_records=_COPIES)
        finally:
            await consumer.stop()
        if not found.get(place):
            raise Missed(f"nothing to repeat on {place.topic}/{place.partition}")
        return list(found[place])

    async def _write(self, place: TopicPartition, records: list["ConsumerRecord[Any, Any]"]) -> None:
        producer = AIOKafkaProducer(bootstrap_servers=self.town.bootstrap, enable_idempotence=True)
        await producer.start()
        try:
            for one in records:
                await producer.send(
                    place.topic, one.value, one.key, partition=place.partition, headers=list(one.headers)
                )
            await producer.flush()
        finally:
            await producer.stop()


@dataclass(frozen=True)
class Stranger:
    """Somebody joins a service's group and leaves again: twice its partitions are given out anew."""

    town: "Town"
    kind = "stranger in the group"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        service, seconds = dice.choice(sorted(self.town.replicas)), dice.uniform(0.0, 2.0)
        try:
            async with asyncio.timeout(_PATIENCE):
                await shuffle(self.town, service, seconds)
        except KafkaError as why:
            raise Missed(type(why).__name__) from why
        return f"{service} for {seconds:.1f} s"


async def shuffle(town: "Town", service: str, seconds: float) -> None:
    """Join, take a share of the partitions, acknowledge nothing, leave."""
    declared = installed_services()[service]
    events = [topic.name for topic in TOPICS if topic.flow == "events"]
    consumer = AIOKafkaConsumer(
        *sorted({topic for one in declared.consumers for topic in one.topics(events)}),
        bootstrap_servers=town.bootstrap,
        group_id=declared.group,
        enable_auto_commit=False,
        partition_assignment_strategy=(RoundRobinPartitionAssignor,),
    )
    await consumer.start()
    try:
        await asyncio.sleep(seconds)
    finally:
        await consumer.stop()
