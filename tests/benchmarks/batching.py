"""B13: agreements submitted a thousand at once, each row with an outcome of its own, over HTTP."""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import httpx

from services.partnership.main import SERVICE
from shared.operations.memory import settle
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.integration.edge.door import Door

ROWS_AT_ONCE: Final = scaled(1_000)
_BATCHES: Final = 3
_SECONDS: Final = 600.0
_BOTH: Final = ("on PostgreSQL", "on SQLite")


async def _on_postgresql(stage: Stage) -> Figures:
    async with stage.database() as dsn:
        with TemporaryDirectory(dir=stage.folder) as folder:
            return await _submitted(Path(folder), sqlalchemy_url(dsn))


async def _on_sqlite(stage: Stage) -> Figures:
    with TemporaryDirectory(dir=stage.folder) as folder:
        return await _submitted(Path(folder), f"sqlite+aiosqlite:///{folder}/partnership.db")


async def _submitted(folder: Path, url: str) -> Figures:
    database = Database(url)
    await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
    door = Door(database, folder / "keys")
    door.client.timeout = httpx.Timeout(_SECONDS)
    office = await door.organization()
    who, partner = door.token("enterprise_admin", office), await door.organization(kind="university")
    seconds = [await _submit(door, who, await _drafted(door, who, (office, partner))) for _ in range(_BATCHES)]
    await door.client.aclose()
    await database.close()
    return {"seconds": median(seconds), "rate": ROWS_AT_ONCE / median(seconds)}


async def _submit(door: Door, who: dict[str, str], ids: list[str]) -> float:
    rows, key = [{"id": id} for id in ids], {"idempotency-key": ids[0]}
    told = await door.count("outbox")
    settle()
    began = time.perf_counter()
    answer = await door.client.post("/v1/batches/agreements/submission", json={"rows": rows}, headers={**who, **key})
    seconds = time.perf_counter() - began
    said = answer.raise_for_status().json()
    assert [row["answer"]["id"] for row in said["rows"]] == ids
    assert {row["answer"]["status"] for row in said["rows"]} == {"pending_signatures"}
    assert await door.count("outbox") == told + 2 * ROWS_AT_ONCE
    return seconds


async def _drafted(door: Door, who: dict[str, str], parties: tuple[str, str]) -> list[str]:
    draft = {
        "type": "framework",
        "parties": [
            {"organization_id": id, "role": role}
            for id, role in zip(parties, ("enterprise", "university"), strict=True)
        ],
        "starts_on": door.clock.now.date().isoformat(),
        "ends_on": "2028-09-01",
        "content": {"goals": "a", "content_and_form": "b", "rights_and_duties": "c"},
    }
    answers = [await door.client.post("/v1/agreements", json=draft, headers=who) for _ in range(ROWS_AT_ONCE)]
    return [str(answer.raise_for_status().json()["id"]) for answer in answers]


ROWS: Final = (
    Row(
        "B13",
        "a thousand agreements submitted by one request",
        [Variant("on PostgreSQL", _on_postgresql), Variant("on SQLite", _on_sqlite)],
        [Target("rate", "on PostgreSQL", least=500), Target("rate", "on SQLite")],
        f"{ROWS_AT_ONCE:,} rows in one transaction, under an `Idempotency-Key`. Each goes through the route of its own "
        "act: the caller is let in, the object is theirs, its rule decides, and its fact, its state, the decision and "
        "the outcome are kept. `rate` are rows a second, the median of three batches.",
    ),
)
