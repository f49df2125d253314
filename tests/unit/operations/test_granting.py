"""What Kafka is told of rights, and how they are shown to those who give them out by other means."""

from confluent_kafka.admin import AclOperation, ResourcePatternType, ResourceType

from shared.operations.access import Grant, grants_of, user_of
from shared.operations.granting import rights, shown_access
from shared.web.service import installed_services


def test_a_grant_is_one_binding_for_each_operation() -> None:
    found = rights.bindings_of("me", [Grant("transactional_id", "mine", "prefixed", ("describe", "write"))])

    assert {binding.operation for binding in found} == {AclOperation.DESCRIBE, AclOperation.WRITE}
    assert {binding.restype for binding in found} == {ResourceType.TRANSACTIONAL_ID}
    assert {binding.resource_pattern_type for binding in found} == {ResourcePatternType.PREFIXED}
    assert {(binding.principal, binding.host) for binding in found} == {("User:me", "*")}
    assert sorted(map(rights.words, found)) == ["describe transactional_id mine*", "write transactional_id mine*"]


def test_every_grant_has_words_that_kafka_knows() -> None:
    for service in installed_services().values():
        grants = grants_of(service)

        assert len(rights.bindings_of(service.name, grants)) == sum(len(grant.operations) for grant in grants)


def test_all_rights_are_shown_under_the_users_who_have_them() -> None:
    shown = list(shown_access({"SUNMAO_TALENT_KAFKA_USERNAME": "CN=talent"}))

    assert "sunmao-operations create topic sunmao.*" in shown
    assert "sunmao-training read group sunmao.training" in shown
    assert "CN=talent write transactional_id sunmao.talent.relay" in shown
    assert not [line for line in shown if line.startswith(user_of("talent"))]
