"""What `sunmao doctor` finds on real servers: a Kafka that asks who one is, a PostgreSQL with one schema."""

import asyncio
from collections.abc import Mapping

import pytest

from shared.operations.access import Grant, user_of
from shared.operations.administration import connected
from shared.operations.doctoring import Finding, examine
from shared.operations.granting import rights
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.web.service import installed_services
from tests.secured import ADMIN, SecuredKafka


@pytest.fixture
async def environ(kafka: SecuredKafka, fresh_database: str) -> dict[str, str]:
    """The environment of an operator; only partnership has a database, and it is current."""
    service, database = installed_services()["partnership"], Database(fresh_database)
    await upgrade(database, service.folder / "migrations", service.metadata)
    await database.close()
    common = kafka.environ("operations")
    del common["SUNMAO_KAFKA_USERNAME"]
    return {**common, **kafka.everybody, "SUNMAO_PARTNERSHIP_DATABASE_URL": fresh_database}


async def findings(environ: Mapping[str, str]) -> dict[tuple[str, str], Finding]:
    return {(each.about, each.what): each async for each in examine(environ)}


async def test_what_is_as_it_must_be_is_good(environ: dict[str, str]) -> None:
    found = await findings(environ)

    for what in ("database", "schema", "clock", "rights"):
        assert found["partnership", what].state == "good", found["partnership", what]
    assert found["kafka", "topics"].state == "good"
    assert found["talent", "database"].state == "bad"
    assert "SUNMAO_TALENT_DATABASE_URL" in found["talent", "database"].says


async def test_a_right_that_is_missing_is_named_with_what_gives_it(
    environ: dict[str, str], kafka: SecuredKafka
) -> None:
    admin, user = await asyncio.to_thread(connected, kafka.brokers(ADMIN)), user_of("talent")
    taken = rights.bindings_of(user, [Grant("topic", "sunmao.talent.events.v1", "literal", ("write",))])
    rights.take(admin, taken)
    try:
        found = await findings(environ)
    finally:
        rights.give(admin, taken)

    assert (found["talent", "rights"].state, found["partnership", "rights"].state) == ("bad", "good")
    assert "write sunmao.talent.events.v1" in found["talent", "rights"].says
    assert found["talent", "rights"].remedy == "sunmao access apply"


async def test_a_wrong_password_is_said_of_the_service_that_has_it(environ: dict[str, str]) -> None:
    found = await findings({**environ, "SUNMAO_TRAINING_KAFKA_PASSWORD": "wrong"})

    assert found["training", "Kafka"].state == "bad"
    assert ("training", "rights") not in found
    assert found["partnership", "rights"].state == "good"
