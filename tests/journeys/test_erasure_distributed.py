"""A student is erased on Kafka and PostgreSQL, one process per service: in no topic and no database a byte is left."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from aiokafka import AIOKafkaConsumer
from sqlalchemy import select

from deploy.local.distributed import ISSUER, Services
from deploy.local.ports import free_ports
from shared.contracts.topics import TOPICS
from shared.operations.addresses import PORTS
from shared.operations.visitor import Visitor
from shared.persistence.database import Database
from shared.web.service import installed_services
from tests.integration.operations.town import People, until
from tests.servers import databases_for_services

CANARY: Final = "KANARIENVOGEL"
STATES: Final = "sunmao.training.state.v1"


@dataclass
class Town:
    """Every service as a process, and where what they keep and tell lies."""

    services: Services
    databases: dict[str, str]
    kafka: str

    async def kept(self) -> str:
        """Every row of every table of every service, as a dump would have it."""
        said = []
        for name, url in self.databases.items():
            database = Database(url, pool_size=1)
            async with database.reading() as connection:
                for table in installed_services()[name].metadata.sorted_tables:
                    said += [str(row) for row in await connection.execute(select(table))]
            await database.close()
        return "\n".join(said)

    async def told(self) -> list[Any]:
        """Every record of every topic."""
        consumer = AIOKafkaConsumer(
            *(topic.name for topic in TOPICS), bootstrap_servers=self.kafka, auto_offset_reset="earliest"
        )
        await consumer.start()
        try:
            records: list[Any] = []
            while page := await consumer.getmany(timeout_ms=3000):
                records += [record for some in page.values() for record in some]
            return records
        finally:
            await consumer.stop()


@pytest.fixture
def town(tmp_path: Path, kafka_of_module: str, postgres_server: str) -> Iterator[Town]:
    """Every service and the issuer as processes."""
    databases = asyncio.run(databases_for_services(postgres_server))
    ports = dict(zip((*PORTS, ISSUER), free_ports(len(PORTS) + 1), strict=True))
    with Services(tmp_path, bootstrap=kafka_of_module, databases=databases, ports=ports) as services:
        yield Town(services, databases, kafka_of_module)


async def test_of_an_erased_student_nothing_is_left_in_databases_and_topics(town: Town) -> None:
    async with Visitor(town.services.addresses) as visitor:
        people = People(visitor)
        await people.settle(programmes=1)
        office = {"role": "university_academic_office", "organization_id": people.university}
        student = await _entered(people, office)
        before = await town.kept()
        await _withdrawn(people, office, student)
        path = f"/v1/personal-data/{student}/erasure"
        erasure = (await people.post("training", path, headers={"idempotency-key": "erase"}, **office))["id"]

        async def complete() -> bool:
            shown = await people.get("training", f"/v1/erasures/{erasure}", **office)
            return bool(shown["status"] == "complete")

        await until(complete, seconds=120)
        kept, records = await town.kept(), await town.told()

    last = [record for record in records if (record.topic, record.key) == (STATES, f"student/{student}".encode())][-1]
    assert before.count(CANARY) >= 2
    assert CANARY not in kept
    assert last.value is None
    assert [record.topic for record in records if CANARY.encode() in _bytes(record)] == []


async def _entered(people: People, office: dict[str, str]) -> str:
    body = {
        "student_no": f"{CANARY}1", "name": f"{CANARY}2", "programme_id": people.programmes[0], "study_year": 2,
        "enrolled_on": "2025-09-01", "birth_date": "2008-02-29", "sex": "female",
    }  # fmt: skip
    made = await people.post("training", "/v1/students", body, headers={"idempotency-key": "enter"}, **office)
    return str(made["id"])


async def _withdrawn(people: People, office: dict[str, str], student: str) -> None:
    body = {"programme_id": people.programmes[0], "study_year": 2, "status": "withdrawn"}
    token = await people.visitor.token(office["role"], office["organization_id"])
    path, headers = f"/v1/students/{student}", {"if-match": "*"}
    await people.visitor.call("PUT", "training", path, token=token, json=body, headers=headers)


def _bytes(record: Any) -> bytes:
    return b"".join((record.key or b"", record.value or b"", *(value or b"" for _, value in record.headers)))
