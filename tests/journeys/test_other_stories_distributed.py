"""Stories S2 to S4 on Kafka and PostgreSQL, one process per service."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.distributed import ISSUER, Services
from deploy.local.ports import free_ports
from shared.operations.addresses import PORTS
from shared.operations.visitor import Visitor
from tests.journeys.telling import DUE_SECONDS, faults_of
from tests.servers import databases_for_services


@pytest.fixture(scope="module")
def services(
    tmp_path_factory: pytest.TempPathFactory, kafka_of_module: str, postgres_server: str
) -> Iterator[Services]:
    """Every service and the issuer as processes."""
    databases = asyncio.run(databases_for_services(postgres_server))
    ports = dict(zip((*PORTS, ISSUER), free_ports(len(PORTS) + 1), strict=True))
    processes = Services(
        tmp_path_factory.mktemp("services"), bootstrap=kafka_of_module, databases=databases, ports=ports
    )
    processes.words["SUNMAO_DUE_SECONDS"] = str(DUE_SECONDS)
    with processes:
        yield processes


@pytest.mark.parametrize("story", ["s2", "s3", "s4"])
async def test_the_story_ends_as_it_must(services: Services, tmp_path: Path, story: str) -> None:
    async with Visitor(services.addresses) as visitor:
        assert await faults_of(story, visitor, tmp_path / "run.json") == []
