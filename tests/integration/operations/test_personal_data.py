"""People's data over HTTP in the embedded edition: what leaves names nobody, and who left is forgotten everywhere."""

from pathlib import Path

from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from structlog.typing import EventDict

from tests.integration.operations.persons import BORN, CANARY, Registered, all_told, bytes_left
from tests.integration.operations.town import small_town, until


async def test_nothing_that_leaves_a_service_names_anybody(tmp_path: Path, logged: list[EventDict]) -> None:
    spans = InMemorySpanExporter()
    async with small_town(tmp_path / "home", spans) as small:
        people = Registered(small)
        await people.enter()
        await people.refused()
        await small.at_rest()
        held = str([await small.rows("training", table) for table in ("student", "teacher", "technician")])
        told = await all_told(small)
        numbers = await small.client.get("/metrics", headers={"accept": "application/openmetrics-text"})

    seen = " ".join(span.to_json() for span in spans.get_finished_spans())
    assert held.count(CANARY) >= 7
    for place, said in {"events": told, "log": str(logged), "metrics": numbers.text, "spans": seen}.items():
        assert CANARY not in said, place
        assert BORN.isoformat() not in said, place


async def test_a_teacher_and_a_technician_who_left_are_forgotten_everywhere(tmp_path: Path) -> None:
    async with small_town(tmp_path / "home") as small:
        people = Registered(small)
        await people.enter()
        theirs = (*(f"{CANARY}{number}" for number in range(3, 8)), f".{people.teacher}@")
        before = bytes_left(tmp_path, *theirs)
        erasures = [await people.left(people.teacher), await people.left(people.technician)]
        for erasure in erasures:
            await until(lambda erasure=erasure: people.is_complete(erasure))  # type: ignore[misc]
        directory = [row["id"] for row in await small.rows("notify", "directory")]
        parties = [row["id"] for row in await small.rows("notify", "party")]

    assert {"training.db", "notify.db"} <= {name.removesuffix("-wal") for name in before}
    assert bytes_left(tmp_path, *theirs) == []
    assert (people.teacher in directory, people.student in directory) == (False, True)
    assert parties == [f"person:{people.student}"]
