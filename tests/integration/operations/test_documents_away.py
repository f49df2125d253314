"""While the store of documents is away the town goes on, and its health and numbers say so."""

from pathlib import Path

from tests.integration.operations.town import SmallTown, small_town, until


async def test_a_store_that_does_not_answer_is_told_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("no folder")

    async with small_town(tmp_path) as small:
        await until(lambda: _told(small, "training"))
        await until(lambda: _told(small, "partnership"))
        ready = await small.client.get("/readyz")
        numbers = (await small.client.get("/metrics")).text

    assert ready.status_code == 200
    assert set(ready.json()["told"]) == {"partnership", "training"}
    for service in ("partnership", "training"):
        assert f'sunmao_documents_store_up{{service="{service}"}} 0.0' in numbers


async def test_a_store_that_answers_is_shown_as_such(tmp_path: Path) -> None:
    async with small_town(tmp_path) as small:
        await until(lambda: _up(small))

        assert (await small.client.get("/readyz")).json()["told"] == {}


async def _told(small: SmallTown, service: str) -> bool:
    told = (await small.client.get("/readyz")).json()["told"]
    return "does not answer" in told.get(service, {}).get("documents", "")


async def _up(small: SmallTown) -> bool:
    return 'sunmao_documents_store_up{service="training"} 1.0' in (await small.client.get("/metrics")).text
