"""Story S1 where Kafka asks everybody who they are: each service has the rights it needs, and says what it lacks."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.distributed import ISSUER, Services
from deploy.local.ports import free_ports
from shared.operations.access import Grant, user_of
from shared.operations.addresses import PORTS
from shared.operations.administration import connected
from shared.operations.granting import apply_access, rights
from shared.operations.visitor import Visitor
from tests.journeys.telling import faults, told
from tests.secured import ADMIN, SecuredKafka, secured
from tests.servers import databases_for_services

PASSWORD = "SUNMAO_TRAINING_KAFKA_PASSWORD"
PATIENCE = 30


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredKafka]:
    with secured(tmp_path_factory.mktemp("secured")) as kafka:
        yield kafka


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory, kafka: SecuredKafka, postgres_server: str) -> Iterator[Services]:
    """Every service over TLS, with a password of its own."""
    databases = asyncio.run(databases_for_services(postgres_server))
    ports = dict(zip((*PORTS, ISSUER), free_ports(len(PORTS) + 1), strict=True))
    folder, bootstrap = tmp_path_factory.mktemp("services"), kafka.places["ENCRYPTED"]
    processes = Services(folder, bootstrap=bootstrap, databases=databases, ports=ports)
    common = kafka.environ("operations")
    del common["SUNMAO_KAFKA_USERNAME"]
    processes.words |= {**common, **kafka.everybody}
    with processes:
        yield processes


async def test_the_story_is_told_by_users_with_no_right_too_many(services: Services, tmp_path: Path) -> None:
    async with Visitor(services.addresses) as visitor:
        story, evidence = await told(visitor, tmp_path / "run.json")

    assert faults(story, evidence) == []


def test_a_service_says_in_one_line_that_its_password_is_wrong(services: Services, kafka: SecuredKafka) -> None:
    refused = (
        f"Kafka at {kafka.places['ENCRYPTED']} refuses the user sunmao-training: a wrong password, or no such user"
    )
    right = services.words[PASSWORD]

    again(services, password="wrong")
    seen = awaited(services, lambda told: told is not None and "refuses" in told)
    said = [line["reason"] for line in logged(services, "the broker is away")]
    again(services, password=right)
    awaited(services, lambda told: told is None)

    assert seen == f"{refused}; commands are kept and sent later"
    assert said == [refused]


def test_a_service_says_which_right_it_lacks_and_goes_on_when_it_has_it(
    services: Services, kafka: SecuredKafka
) -> None:
    lacking = rights.bindings_of(user_of("training"), [Grant("group", "sunmao.training", "literal", ("read",))])
    rights.take(connected(kafka.brokers(ADMIN)), lacking)

    again(services, password=services.words[PASSWORD])
    seen = awaited(services, lambda told: told is not None and "right" in told)

    assert seen is not None
    assert seen.startswith("Kafka refuses a right: the group sunmao.training; `sunmao access apply`")

    apply_access({**kafka.environ(ADMIN), **kafka.everybody})
    awaited(services, lambda told: told is None)


def again(services: Services, *, password: str) -> None:
    """Another process of the service, with this password."""
    services.kill_one("training")
    services.words[PASSWORD] = password
    log(services).write_text("")
    services.start_one("training")


def awaited(services: Services, seen: Callable[[str | None], bool]) -> str | None:
    """What readiness tells of Kafka, once it is what was waited for."""
    deadline = time.monotonic() + PATIENCE
    told: object = "nothing yet"
    while time.monotonic() < deadline:
        try:
            told = httpx.get(f"{services.addresses.services['training']}/readyz", timeout=5).json()["told"].get("kafka")
        except httpx.TransportError:
            time.sleep(0.2)
            continue
        if seen(told):
            return told
        time.sleep(0.2)
    pytest.fail(f"readiness still tells of Kafka: {told}")


def logged(services: Services, event: str) -> list[dict[str, Any]]:
    lines = [line for line in log(services).read_text().splitlines() if line.startswith("{")]
    return [line for line in map(json.loads, lines) if line["message"] == event]


def log(services: Services) -> Path:
    return Path(services.words["SUNMAO_HOME"]) / "training.log"
