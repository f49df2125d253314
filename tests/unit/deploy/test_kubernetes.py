"""What `deploy/kubernetes` gives a cluster is well-formed in every combination, and says what the code says."""

from pathlib import Path

import pytest
import yaml

from deploy.manifests.files import differences
from shared.contracts.topics import TOPICS
from shared.operations import access
from shared.operations.access import Grant, grants_of, topics_read
from shared.web.service import installed_services
from tests.unit.deploy.cluster import (
    OVERLAYS,
    Manifest,
    chooses,
    faults,
    of_kind,
    overlay,
    pods,
    wrong,
)

SERVICES = installed_services()
PARTITIONS = {topic.name: topic.partitions for topic in TOPICS}
PROD = overlay("prod")
every_overlay = pytest.mark.parametrize("name", OVERLAYS)
every_service = pytest.mark.parametrize("name", SERVICES)


def named(kind: str, name: str) -> Manifest:
    """One object of the overlay for production."""
    [found] = [manifest for manifest in of_kind(PROD, kind) if manifest["metadata"]["name"] == name]
    return found


def test_what_is_committed_is_what_the_code_says() -> None:
    assert differences() == [], "run `python -m deploy.manifests write`"


@every_overlay
def test_an_overlay_is_well_formed(name: str) -> None:
    assert wrong(overlay(name)) == []


@every_overlay
def test_no_name_is_given_twice(name: str) -> None:
    names = [(one["kind"], one["metadata"]["name"]) for one in overlay(name)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("kind", "specification"),
    [
        ("example.org/v1 Stranger", "{}"),
        ("v1 Service", "{port: []}"),
        ("keda.sh/v1alpha1 ScaledObject", "{scaleTargetRef: {name: a}}"),
        ("keda.sh/v1alpha1 TriggerAuthentication", "{secretTargetRefs: []}"),
        ("kafka.strimzi.io/v1 KafkaTopic", "{topicName: a, partitions: 1, replicas: 1, config: {}, replica: 1}"),
    ],
)
def test_a_kind_or_a_field_that_does_not_exist_is_seen(kind: str, specification: str) -> None:
    version, _, name = kind.partition(" ")
    metadata = {"name": "a"}

    assert faults({"apiVersion": version, "kind": name, "metadata": metadata, "spec": yaml.safe_load(specification)})


def test_topics_are_those_of_the_registry() -> None:
    made = {
        one["spec"]["topicName"]: (one["spec"]["partitions"], one["spec"]["config"])
        for one in of_kind(PROD, "KafkaTopic")
    }

    assert made == {topic.name: (topic.partitions, dict(topic.config)) for topic in TOPICS}


def rights(user: str) -> set[tuple[str, str, str, str]]:
    """What a user may do, one right at a time."""
    return {
        (rule["resource"]["type"], rule["resource"]["name"], rule["resource"]["patternType"], operation)
        for rule in named("KafkaUser", user)["spec"]["authorization"]["acls"]
        for operation in rule["operations"]
    }


def granted(grants: list[Grant]) -> set[tuple[str, str, str, str]]:
    """The same of what the code says."""
    kinds = {"topic": "topic", "group": "group", "transactional_id": "transactionalId"}
    patterns = {"literal": "literal", "prefixed": "prefix"}
    words = {
        "create": "Create", "describe": "Describe", "describe_configs": "DescribeConfigs", "read": "Read",
        "write": "Write",
    }  # fmt: skip
    return {
        (kinds[grant.resource], grant.name, patterns[grant.pattern], words[operation])
        for grant in grants
        for operation in grant.operations
    }


@every_service
def test_a_service_has_the_rights_that_its_code_uses_and_no_other(name: str) -> None:
    assert rights(f"sunmao-{name}") == granted(grants_of(SERVICES[name]))


def test_nobody_else_has_a_user_but_the_operator_and_who_watches() -> None:
    users = {one["metadata"]["name"] for one in of_kind(PROD, "KafkaUser")}

    assert users == {*(f"sunmao-{name}" for name in SERVICES), "sunmao-operations", "sunmao-watcher"}
    assert rights("sunmao-operations") == granted(access.grants_of_operator())
    assert rights("sunmao-watcher") == granted(access.grants_of_watcher())


@every_service
def test_workers_follow_the_lag_of_what_they_read_and_none_of_them_is_idle(name: str) -> None:
    scaled = named("ScaledObject", f"{name}-worker")["spec"]
    asked = [trigger["metadata"] for trigger in scaled["triggers"]]
    topics = {one["topic"] for one in asked}

    assert topics == topics_read(SERVICES[name])
    assert {one["consumerGroup"] for one in asked} == {SERVICES[name].group}
    assert {one["offsetResetPolicy"] for one in asked} == {"earliest"}
    assert scaled["maxReplicaCount"] <= min(PARTITIONS[topic] for topic in topics)
    assert scaled["scaleTargetRef"]["name"] in {one["metadata"]["name"] for one in of_kind(PROD, "Deployment")}


def test_who_is_scaled_has_no_number_of_replicas_of_its_own() -> None:
    scaled = {one["spec"]["scaleTargetRef"]["name"] for one in of_kind(PROD, "ScaledObject")}
    fixed = {one["metadata"]["name"] for one in of_kind(PROD, "Deployment") if "replicas" in one["spec"]}

    assert scaled == {f"{name}-worker" for name in SERVICES}
    assert fixed == {f"{name}-api" for name in SERVICES}


def test_what_is_disrupted_leaves_somebody_over() -> None:
    least = {
        one["spec"]["scaleTargetRef"]["name"]: one["spec"]["minReplicaCount"] for one in of_kind(PROD, "ScaledObject")
    }
    for deployment in of_kind(PROD, "Deployment"):
        labels = deployment["spec"]["template"]["metadata"]["labels"]
        budgets = [one for one in of_kind(PROD, "PodDisruptionBudget") if chooses(one["spec"]["selector"], labels)]
        replicas = deployment["spec"].get("replicas") or least[deployment["metadata"]["name"]]

        assert [budget["spec"]["maxUnavailable"] < replicas for budget in budgets] == [True]


def test_every_pod_that_serves_is_scraped() -> None:
    monitor = named("PodMonitor", "sunmao")["spec"]
    for name, pod in pods(PROD):
        serving = name in {one["metadata"]["name"] for one in of_kind(PROD, "Deployment")}

        assert chooses(monitor["selector"], pod["metadata"]["labels"]) is serving


def test_rules_and_dashboards_are_those_of_the_other_edition() -> None:
    rules = {path.stem for path in Path("deploy/prometheus/rules").glob("*.yml")}
    shown = {path.name for path in Path("deploy/grafana/dashboards").glob("*.json")}
    boards = [one for one in of_kind(PROD, "ConfigMap") if "grafana_dashboard" in one["metadata"].get("labels", {})]

    assert {one["metadata"]["name"] for one in of_kind(PROD, "PrometheusRule")} == {f"sunmao-{name}" for name in rules}
    assert {name for board in boards for name in board["data"]} == shown
    assert all(len(text) < 900_000 for board in boards for text in board["data"].values()), "a ConfigMap holds 1 MiB"
