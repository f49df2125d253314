"""Users of Kafka and their rights are made what they must be, once; outside subscribers come and go."""

import asyncio
from typing import Any

import pytest
from confluent_kafka import Consumer

from shared.messaging.obstacles import obstacle
from shared.messaging.producer import relay_producer
from shared.operations.access import Grant, grants_of, user_of
from shared.operations.administration import connected
from shared.operations.granting import (
    AccessDiffersError,
    add_subscriber,
    apply_access,
    remove_subscriber,
    rights,
    shown_subscribers,
)
from shared.operations.settings import SettingsError
from shared.web.service import installed_services
from tests.secured import ADMIN, OWNERS, SecuredKafka, send

NEEDS = "sunmao.partnership.need.posted.v1"


def apply(kafka: SecuredKafka, *, check_only: bool = False, **changed: str) -> list[str]:
    return apply_access({**kafka.environ(ADMIN), **kafka.everybody, **changed}, check_only=check_only)


# Giving out and taking back.


def test_nothing_is_done_twice(kafka: SecuredKafka) -> None:
    assert set(apply(kafka)) == {f"unchanged {user_of(name)}" for name in OWNERS}
    assert apply(kafka, check_only=True) == apply(kafka)


def test_a_password_that_changed_is_set(kafka: SecuredKafka) -> None:
    with pytest.raises(AccessDiffersError, match=r"^differs: the password of sunmao-training$"):
        apply(kafka, check_only=True, SUNMAO_TRAINING_KAFKA_PASSWORD="another")

    assert apply(kafka, SUNMAO_TRAINING_KAFKA_PASSWORD="another") == ["set the password of sunmao-training"]
    assert asyncio.run(obstacle(kafka.brokers("training", "another"))) is None
    assert apply(kafka) == ["set the password of sunmao-training"]


def test_a_right_too_many_is_taken_and_one_too_few_is_given(kafka: SecuredKafka) -> None:
    admin, user = connected(kafka.brokers(ADMIN)), user_of("talent")
    surplus = rights.bindings_of(user, [Grant("topic", "sunmao.training.state.v1", "literal", ("write",))])
    missing = rights.bindings_of(user, [Grant("group", "sunmao.talent", "literal", ("read",))])
    rights.give(admin, surplus)
    rights.take(admin, missing)
    lines = [f"{user}: read group sunmao.talent", f"{user}: write topic sunmao.training.state.v1"]

    with pytest.raises(AccessDiffersError, match=f"missing {lines[0]}; surplus {lines[1]}"):
        apply(kafka, check_only=True)

    assert apply(kafka) == [f"gave {lines[0]}", f"took {lines[1]}"]
    assert rights.found(admin, user) == rights.bindings_of(user, grants_of(installed_services()["talent"]))


def test_a_kafka_that_keeps_no_rights_is_one_line(kafka_server: str) -> None:
    with pytest.raises(SettingsError, match=r"^Kafka refuses this to nobody in particular: .*[Aa]uthorizer"):
        apply_access({"SUNMAO_KAFKA_BOOTSTRAP": kafka_server})


# Others.


async def tell(kafka: SecuredKafka) -> None:
    """One event of partnership."""
    await send(relay_producer("partnership", kafka.brokers("partnership")), "sunmao.partnership.events.v1")


def printed(lines: list[str]) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in lines)


def foreign(kafka: SecuredKafka, told: dict[str, str], group: str) -> Consumer:
    """A subscriber that configures what it was told."""
    said: dict[str, Any] = {name: value for name, value in told.items() if name != "topic"}
    more = {"ssl.ca.location": str(kafka.authority.ca), "auto.offset.reset": "earliest", "log_level": 0}
    return Consumer({**said, **more, "group.id": group})


def first_of(consumer: Consumer, topic: str) -> object:
    """The first record, or the error that came in its place."""
    consumer.subscribe([topic])
    try:
        record = consumer.poll(15)
        return record if record is None or record.error() is None else record.error().name()
    finally:
        consumer.close()


def test_a_subscriber_reads_what_it_asked_for_until_it_is_removed(kafka: SecuredKafka) -> None:
    environ = kafka.environ(ADMIN)
    asyncio.run(tell(kafka))

    told = printed(add_subscriber(environ, "my-office", [NEEDS]))

    assert told["group.id"] == "my-office.<anything>"
    assert told["topic"] == "sunmao.partnership.events.v1"
    assert list(shown_subscribers(environ)) == ["my-office sunmao.partnership.events.v1"]
    assert not isinstance(first_of(foreign(kafka, told, "my-office.list"), told["topic"]), str | None)
    assert first_of(foreign(kafka, told, "my-office.list"), "sunmao.training.events.v1") == "TOPIC_AUTHORIZATION_FAILED"
    assert first_of(foreign(kafka, told, "sunmao.talent"), told["topic"]) == "GROUP_AUTHORIZATION_FAILED"

    again = printed(add_subscriber(environ, "my-office", ["sunmao.training.base.state.v1"]))
    assert again["sasl.password"] != told["sasl.password"]
    assert list(shown_subscribers(environ)) == ["my-office sunmao.training.state.v1"]

    assert remove_subscriber(environ, "my-office")[0] == "removed my-office"
    assert list(shown_subscribers(environ)) == []
    assert apply(kafka)[0] == "unchanged sunmao-operations"


@pytest.mark.parametrize(
    ("name", "type", "said"),
    [
        ("sunmao", NEEDS, "is no name for a subscriber"),
        (ADMIN, NEEDS, "admin is a user of Kafka already, and no subscriber"),
        ("my-office", "sunmao.partnership.need.eaten.v1", "nobody tells sunmao.partnership.need.eaten.v1"),
    ],
)
def test_a_subscriber_that_cannot_be_is_refused(kafka: SecuredKafka, name: str, type: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        add_subscriber(kafka.environ(ADMIN), name, [type])


def test_nobody_but_a_subscriber_is_removed_as_one(kafka: SecuredKafka) -> None:
    with pytest.raises(SettingsError, match=r"^sunmao-talent is no subscriber"):
        remove_subscriber(kafka.environ(ADMIN), "sunmao-talent")
