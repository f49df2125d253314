"""Kafka has lost everything: topics are made anew, states are told again, and whoever begins then knows all."""

import asyncio
from collections.abc import Callable
from typing import Any

from confluent_kafka.admin import AdminClient

from shared.contracts.topics import TOPICS
from tests.failures.drill import Drill
from tests.integration.operations.town import until


async def test_states_are_told_again_after_the_topics_were_lost(drill: Drill) -> None:
    people = drill.people
    need = await people.post_need("before")
    await people.matched(need)
    await until(drill.everybody_agrees, 60)
    await asyncio.to_thread(drill.services.stop)
    await asyncio.to_thread(_delete_topics, drill.services.words["SUNMAO_KAFKA_BOOTSTRAP"])

    await asyncio.to_thread(drill.services.start)
    lost = await drill.told()
    runs = [await drill.sunmao("republish-state", service) for service in drill.databases]
    await until(drill.everybody_agrees, 60)
    told = await drill.told()
    again = await people.post_need("after")
    await people.matched(again)

    assert lost == {}
    assert [run.stderr for run in runs if run.returncode] == []
    assert f"need/{need}" in told
    assert sorted(people.programmes) == await people.candidates_of(need) == await people.candidates_of(again)
    assert [row for service in drill.databases for row in await drill.rows(service, "SELECT id FROM dead_letter")] == []


def _delete_topics(bootstrap: str) -> None:
    admin: Any = AdminClient({"bootstrap.servers": bootstrap})
    names = {topic.name for topic in TOPICS}
    for deleted in admin.delete_topics(sorted(names), operation_timeout=30).values():
        deleted.result(30)
    _wait(lambda: names.isdisjoint(admin.list_topics(timeout=10).topics))


def _wait(true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
    raise AssertionError("the topics are still there")
