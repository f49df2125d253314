"""A look at Kafka: whether each service's user gets in, the topics are as declared, and its rights are enough."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping

from confluent_kafka import KafkaException, TopicCollection
from confluent_kafka.admin import AclOperation, AdminClient

from shared.messaging.obstacles import obstacle
from shared.messaging.security import Brokers
from shared.operations.access import Grant, grants_of
from shared.operations.administration import SECONDS
from shared.operations.brokers import brokers_of, lies_open
from shared.operations.doctoring.finding import Finding, bad, good, look
from shared.operations.settings import Settings, SettingsError
from shared.operations.topics import provision
from shared.web.service import Service, installed_services


async def examine(read: Mapping[str, Settings], environ: Mapping[str, str]) -> AsyncIterator[Finding]:
    """Everything about Kafka, for each service as its own user sees it."""
    entered: dict[str, Brokers] = {}
    for name, settings in read.items():
        outcome = await _entered(name, settings)
        if isinstance(outcome, Finding):
            yield outcome
            continue
        entered[name] = outcome
        if settings.environment == "production" and (said := lies_open(outcome)):
            yield look(name, "Kafka's protection", said, "SUNMAO_KAFKA_SECURITY_PROTOCOL=SASL_SSL")
    if entered:
        yield await asyncio.to_thread(topics, environ)
    for name, brokers in entered.items():
        yield await asyncio.to_thread(rights, installed_services()[name], brokers)


async def _entered(name: str, settings: Settings) -> Brokers | Finding:
    """The brokers that let the service in, or why not."""
    try:
        brokers = brokers_of(settings, name)
    except SettingsError as error:
        return bad(name, "Kafka", str(error), "see docs/operating.md, Kafka and database security")
    if said := await obstacle(brokers):
        return bad(name, "Kafka", said, "start it, or mend SUNMAO_KAFKA_BOOTSTRAP and what signs in there")
    return brokers


def topics(environ: Mapping[str, str]) -> Finding:
    """Whether every topic is there and as declared."""
    try:
        there = provision(environ, 1, check_only=True)
    except SettingsError as error:
        return bad(
            "kafka", "topics", str(error), "sunmao topics; what differs is mended by hand, see docs/operating.md"
        )
    return good("kafka", "topics", f"{len(there)} as declared")


def rights(service: Service, brokers: Brokers) -> Finding:
    """Whether the service's user may do what its code does on the topics; a broker without rights allows everything."""
    admin = AdminClient({**brokers.for_librdkafka(), "socket.timeout.ms": SECONDS * 1000})
    wanted = [grant for grant in grants_of(service) if grant.resource == "topic"]
    try:
        missing = list(_missing(admin, wanted))
    except KafkaException as error:
        return bad(service.name, "rights", error.args[0].str(), "sunmao access apply")
    if missing:
        return bad(service.name, "rights", f"missing: {', '.join(missing)}", "sunmao access apply")
    return good(service.name, "rights", f"enough on {len(wanted)} topics")


def _missing(admin: AdminClient, wanted: list[Grant]) -> Iterator[str]:
    names = TopicCollection([grant.name for grant in wanted])
    answers = admin.describe_topics(names, include_authorized_operations=True, request_timeout=SECONDS)
    for grant in wanted:
        try:
            allowed = answers[grant.name].result(SECONDS).authorized_operations
        except KafkaException as error:
            yield f"{grant.name} ({error.args[0].str().removeprefix('Broker: ')})"
            continue
        for operation in grant.operations:
            # A broker that keeps no rights names none.
            if allowed and AclOperation[operation.upper()] not in allowed:
                yield f"{operation} {grant.name}"
