"""On a Kafka that asks who one is, each of our users can do its work and nothing more, and a refusal is one line."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
)
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, NewTopic

from shared.contracts.registry import SERVICES
from shared.contracts.topics import TOPICS, topics_of
from shared.messaging.kafka import read_to_the_end
from shared.messaging.obstacles import obstacle, why
from shared.messaging.producer import relay_producer
from shared.messaging.security import Brokers, Certificates
from shared.operations.access import grants_of, topics_read, user_of
from shared.operations.granting import add_subscriber, apply_access, shown_subscribers
from shared.operations.restoring.group import Group
from shared.operations.settings import SettingsError
from shared.operations.topics import provision
from shared.web.service import installed_services
from tests.certificates import Authority
from tests.secured import SecuredKafka, send

INSTALLED = installed_services()
NEEDS = "sunmao.partnership.need.posted.v1"
each_service = pytest.mark.parametrize("service", SERVICES)


@asynccontextmanager
async def consuming(brokers: Brokers, *topics: str, group: str | None) -> AsyncIterator[AIOKafkaConsumer]:
    consumer = AIOKafkaConsumer(
        *topics, **brokers.for_aiokafka(), group_id=group, auto_offset_reset="earliest", enable_auto_commit=False
    )
    try:
        await consumer.start()
        yield consumer
    finally:
        await consumer.stop()


# Its work.


@each_service
async def test_a_service_sends_what_it_tells_in_its_own_transactions(kafka: SecuredKafka, service: str) -> None:
    written = [grant.name for grant in grants_of(INSTALLED[service]) if "write" in grant.operations]
    for topic in [name for name in written if name.endswith(".v1")]:
        await send(relay_producer(service, kafka.brokers(service)), topic)


@each_service
async def test_a_service_follows_its_topics_in_its_group(kafka: SecuredKafka, service: str) -> None:
    topics = topics_read(INSTALLED[service])

    async with consuming(kafka.brokers(service), *topics, group=INSTALLED[service].group) as consumer:
        assert {place.topic for place in consumer.assignment()} == topics
        await consumer.commit(dict.fromkeys(consumer.assignment(), 0))


@each_service
async def test_a_service_reads_whole_topics_again(kafka: SecuredKafka, service: str) -> None:
    own = {topic.name for topic in topics_of(service) if topic.flow != "dead-letters"}
    wanted = [topic for topic in TOPICS if topic.name in topics_read(INSTALLED[service]) | own]

    async for _page in read_to_the_end(kafka.brokers(service), wanted, None):
        pass


async def test_a_service_sees_who_is_in_its_group_and_is_told_where_it_may_not(kafka: SecuredKafka) -> None:
    assert await Group("sunmao.training", kafka.brokers("training")).members() == []
    with pytest.raises(GroupAuthorizationFailedError):
        await Group("sunmao.talent", kafka.brokers("training")).members()


def test_the_user_of_the_topics_job_compares_them(kafka: SecuredKafka) -> None:
    assert provision(kafka.environ("operations"), 1, check_only=True) == [f"unchanged {topic.name}" for topic in TOPICS]


# And nothing more.


@each_service
async def test_a_service_gets_into_no_group_of_another(kafka: SecuredKafka, service: str) -> None:
    topic = min(topics_read(INSTALLED[service]))

    with pytest.raises(KafkaError, match="GroupAuthorizationFailedError"):
        async with consuming(kafka.brokers(service), topic, group="sunmao.stranger"):
            pass


@each_service
async def test_a_service_sends_in_no_other_s_name(kafka: SecuredKafka, service: str) -> None:
    other = next(name for name in SERVICES if name != service)

    with pytest.raises(TransactionalIdAuthorizationFailed):
        await send(relay_producer(other, kafka.brokers(service)), f"sunmao.{service}.events.v1")


@each_service
async def test_a_service_writes_to_no_topic_of_another(kafka: SecuredKafka, service: str) -> None:
    other = next(name for name in SERVICES if name != service)

    with pytest.raises(TopicAuthorizationFailedError):
        await send(relay_producer(service, kafka.brokers(service)), f"sunmao.{other}.events.v1")


@each_service
async def test_a_service_reads_no_topic_that_it_does_not_need(kafka: SecuredKafka, service: str) -> None:
    allowed = {grant.name for grant in grants_of(INSTALLED[service]) if "read" in grant.operations}

    for topic in [topic for topic in TOPICS if topic.name not in allowed]:
        with pytest.raises(TopicAuthorizationFailedError):
            async with consuming(kafka.brokers(service), topic.name, group=None) as consumer:
                await asyncio.wait_for(consumer.getone(), 10)


@each_service
def test_a_service_creates_no_topic(kafka: SecuredKafka, service: str) -> None:
    admin = AdminClient(kafka.brokers(service).for_librdkafka())

    [made] = admin.create_topics([NewTopic(f"sunmao.{service}.more.v1", 1, 1)]).values()

    with pytest.raises(KafkaException, match="TOPIC_AUTHORIZATION_FAILED"):
        made.result(10)


@each_service
def test_a_service_gives_nobody_rights(kafka: SecuredKafka, service: str) -> None:
    environ = {**kafka.environ(service), **kafka.everybody}

    for give in (apply_access, partial(add_subscriber, name="my-office", types=[NEEDS]), shown_subscribers):
        with pytest.raises(SettingsError, match=rf"^Kafka lets {user_of(service)} not give rights to others"):
            list(give(environ))


# What is said when it is refused.


def test_a_wrong_password_is_one_line(kafka: SecuredKafka) -> None:
    place = kafka.places["ENCRYPTED"]

    with pytest.raises(SettingsError) as refused:
        provision({**kafka.environ("operations"), "SUNMAO_KAFKA_PASSWORD": "wrong"}, 1)

    assert str(refused.value) == (
        f"SUNMAO_KAFKA_BOOTSTRAP={place}: "
        f"Kafka at {place} refuses the user sunmao-operations: a wrong password, or no such user"
    )


def test_an_authority_that_did_not_vouch_for_it_is_one_line(kafka: SecuredKafka, tmp_path_factory: Any) -> None:
    other = Authority(tmp_path_factory.mktemp("another"), name="another authority")

    with pytest.raises(SettingsError, match=r"is not believed: unable to get local issuer certificate$"):
        provision({**kafka.environ("operations"), "SUNMAO_KAFKA_CA_FILE": str(other.ca)}, 1)


@pytest.mark.parametrize("door", ["ENCRYPTED", "SIGNED", "MUTUAL"])
async def test_a_door_that_wants_more_is_one_line(kafka: SecuredKafka, door: str) -> None:
    said = await obstacle(Brokers.open_to_all(kafka.places[door]))

    assert said == f"Kafka at {kafka.places[door]} hangs up: it does not speak PLAINTEXT, or wants a certificate of us"


async def test_a_mechanism_that_is_not_offered_is_one_line(kafka: SecuredKafka) -> None:
    place = kafka.places["SIGNED"]
    brokers = kafka.brokers("training")
    assert brokers.credentials is not None

    said = await obstacle(Brokers((place,), type(brokers.credentials)("sunmao-training", "any", "SCRAM-SHA-256")))

    assert said == f"Kafka at {place} does not take SCRAM-SHA-256"


async def test_a_certificate_of_ours_lets_us_in(kafka: SecuredKafka) -> None:
    own = kafka.authority.issue("training")
    place, ca = kafka.places["MUTUAL"], kafka.authority.ca

    assert await obstacle(Brokers((place,), None, Certificates(ca, own.certificate, own.key))) is None
    assert "hangs up" in str(await obstacle(Brokers((place,), None, Certificates(ca))))


async def test_what_the_relay_lacks_is_named(kafka: SecuredKafka) -> None:
    brokers = kafka.brokers("training")
    with pytest.raises(KafkaError) as refused:
        await send(relay_producer("talent", brokers), "sunmao.training.events.v1")

    assert (await why(refused.value, brokers)).startswith(
        "Kafka refuses a right: the transactional id sunmao.talent.relay; `sunmao access apply`"
    )
