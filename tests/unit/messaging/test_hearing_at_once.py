"""What tells of something new is heard without a pause, where a pause would only make it late."""

import asyncio
from pathlib import Path
from typing import Any

import anyio
import pytest
from aiokafka.errors import KafkaError
from faststream.kafka import KafkaBroker

from shared.messaging import kafka, leader
from shared.messaging.kafka import Subscription
from shared.messaging.leader import Leadership
from shared.persistence.database import Database


class Idle:
    """A consumer to which nothing comes."""

    async def getmany(self, **_how: Any) -> dict[Any, Any]:
        return {}


async def test_a_subscription_does_not_sleep_after_a_poll_that_brought_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_seconds: float) -> None:
        pytest.fail("it sleeps, and what comes meanwhile waits for the end of its sleep")

    monkeypatch.setattr(anyio, "sleep", never)
    stand_ins: Any = (None, None)
    subscription = Subscription(KafkaBroker(), ["sunmao.partnership.events.v1"], "sunmao.talent", *stand_ins)

    assert await subscription._subscriber.get_msg(Idle()) == ()


class Telling:
    """A consumer to which something comes in these polls."""

    def __init__(self, *polls: dict[str, list[int]]) -> None:
        self._polls = list(polls)

    async def getmany(self, **_how: Any) -> dict[str, list[int]]:
        return self._polls.pop(0)


async def test_what_comes_right_behind_the_first_records_comes_with_them() -> None:
    consumer: Any = Telling({"state": [1]}, {"events": [2]}, {"events": [3]})

    assert tuple(await kafka._next(consumer, shared=bool)) == (1, 2)


async def test_what_was_read_is_not_lost_when_the_broker_refuses_what_comes_behind_it() -> None:
    class Refusing(Telling):
        async def getmany(self, **how: Any) -> dict[str, list[int]]:
            if not self._polls:
                raise KafkaError
            return await super().getmany(**how)

    consumer: Any = Refusing({"state": [1]})

    assert tuple(await kafka._next(consumer, shared=bool)) == (1,)


async def test_what_one_consumer_alone_acts_on_waits_for_no_others() -> None:
    consumer: Any = Telling({"state": [0]}, {"events": [2]})

    assert tuple(await kafka._next(consumer, shared=bool)) == (0,)


async def test_many_records_wait_for_no_others() -> None:
    many = list(range(kafka._FEW))
    consumer: Any = Telling({"events": many})

    assert list(await kafka._next(consumer, shared=bool)) == many


async def test_a_leader_rings_its_own_bell_without_the_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async def unasked(_database: Database) -> None:
        pytest.fail("it asks the database to tell itself")

    monkeypatch.setattr(leader, "connect", unasked)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/talent.db")
    leadership, bell = Leadership(database, "talent"), asyncio.Event()
    leadership._bell = bell
    ringing = asyncio.create_task(leadership.ring())
    await asyncio.sleep(0)

    database.told.give()
    await asyncio.wait_for(bell.wait(), 5)

    ringing.cancel()
    await database.close()
