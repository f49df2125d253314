"""Who may do what on the broker: what the registry says and nothing more."""

import pytest

from shared.contracts.registry import REGISTRY
from shared.contracts.topics import TOPICS, topic_of
from shared.operations.access import (
    Grant,
    SubscriberError,
    grants_of,
    grants_of_operator,
    grants_of_subscriber,
    topics_read,
    user_of,
)
from shared.web.service import installed_services

SERVICES = installed_services()
everywhere = pytest.mark.parametrize("service", SERVICES.values(), ids=list(SERVICES))


def topics_with(operation, grants):
    return {grant.name for grant in grants if grant.resource == "topic" and operation in grant.operations}


def test_partnership_may_do_exactly_this() -> None:
    assert grants_of(SERVICES["partnership"]) == [
        Grant("topic", "sunmao.partnership.dead-letters.v1", "literal", ("describe", "write")),
        Grant("topic", "sunmao.partnership.events.v1", "literal", ("describe", "read", "write")),
        Grant("topic", "sunmao.partnership.state.v1", "literal", ("describe", "read", "write")),
        Grant("topic", "sunmao.talent.events.v1", "literal", ("describe", "read")),
        Grant("topic", "sunmao.training.events.v1", "literal", ("describe", "read")),
        Grant("group", "sunmao.partnership", "literal", ("describe", "read")),
        Grant("transactional_id", "sunmao.partnership.relay", "literal", ("describe", "write")),
    ]


@everywhere
def test_a_service_reads_every_topic_of_what_it_binds(service) -> None:
    bound = {topic_of(body.wire) for consumer in service.consumers for body in consumer.bodies}
    assert bound <= topics_read(service) <= topics_with("read", grants_of(service))


@everywhere
def test_a_service_writes_the_topics_of_all_that_it_tells_and_none_of_another(service) -> None:
    told = {topic_of(body.wire) for body in REGISTRY.of(service.name)}
    written = topics_with("write", grants_of(service))
    assert told <= written
    assert {name.split(".")[1] for name in written} == {service.name}


@everywhere
def test_a_service_creates_nothing_and_reads_nobodys_dead_letters(service) -> None:
    grants = grants_of(service)
    assert not [grant for grant in grants if "create" in grant.operations or grant.pattern == "prefixed"]
    assert not [name for name in topics_with("read", grants) if "dead-letters" in name]


@everywhere
def test_every_topic_of_a_grant_exists(service) -> None:
    assert topics_with("describe", grants_of(service)) <= {topic.name for topic in TOPICS}


def test_a_raw_reaction_reads_the_events_of_all() -> None:
    events = {topic.name for topic in TOPICS if topic.flow == "events"}
    assert events <= topics_with("read", grants_of(SERVICES["notify"]))


def test_who_tells_no_state_may_write_none() -> None:
    assert "sunmao.notify.state.v1" not in topics_with("write", grants_of(SERVICES["notify"]))


def test_the_operator_creates_topics_and_reads_none() -> None:
    assert grants_of_operator() == [Grant("topic", "sunmao.", "prefixed", ("create", "describe", "describe_configs"))]


def test_a_subscriber_reads_the_topics_of_its_types_under_groups_of_its_own() -> None:
    types = ["sunmao.partnership.need.posted.v1", "sunmao.partnership.need.state.v1"]
    assert grants_of_subscriber("my-office", types) == [
        Grant("topic", "sunmao.partnership.events.v1", "literal", ("describe", "read")),
        Grant("topic", "sunmao.partnership.state.v1", "literal", ("describe", "read")),
        Grant("group", "my-office.", "prefixed", ("describe", "read")),
    ]


@pytest.mark.parametrize("name", ["sunmao", user_of("talent"), "Office", "office.north", "", "-", "9", "a" * 64])
def test_a_subscriber_gets_no_name_that_could_mean_another(name) -> None:
    with pytest.raises(SubscriberError):
        grants_of_subscriber(name, ["sunmao.partnership.need.posted.v1"])


@pytest.mark.parametrize("types", [[], ["sunmao.partnership.need.posted.v9"]])
def test_a_subscriber_asks_for_types_that_exist(types) -> None:
    with pytest.raises(SubscriberError):
        grants_of_subscriber("my-office", types)
