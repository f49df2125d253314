"""What the embedded edition shows whoever runs it: health of all services, numbers, documents, pages."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.openapi.models import OpenAPI

from shared.contracts.registry import SERVICES
from tests.contracts.test_asyncapi import judged
from tests.integration.operations.town import ADDRESS, SmallTown, small_town, until

LOADED = re.compile(r"""(?:src|href|url)\s*[=:(]\s*["']?([^"')\s>]+)""")


async def test_all_is_well_in_a_town_that_runs(small: SmallTown) -> None:
    alive, ready = await small.client.get("/livez"), await small.client.get("/readyz")

    assert (alive.status_code, alive.json()) == (200, {"status": "alive", "wrong": {}, "version": version("sunmao")})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "wrong": {}, "told": {}})


async def test_one_service_that_is_not_ready_is_named_and_the_town_is_not(small: SmallTown) -> None:
    await small.execute("talent", "DELETE FROM schema_version")

    for path in ("/readyz", "/talent/readyz"):
        answer = await small.client.get(path)
        assert (answer.status_code, "sunmao migrate" in answer.text) == (503, True)

    assert list((await small.client.get("/readyz")).json()["wrong"]) == ["talent"]
    assert (await small.client.get("/notify/readyz")).status_code == 200
    assert (await small.client.get("/livez")).status_code == 200


async def test_a_town_that_is_being_stopped_is_alive_and_not_ready(small: SmallTown) -> None:
    small.town.say_stopping()

    answer = await small.client.get("/readyz")

    assert answer.status_code == 503
    assert {tuple(wrong) for wrong in answer.json()["wrong"].values()} == {("stopping",)}
    assert (await small.client.get("/livez")).status_code == 200


async def test_a_log_that_cannot_be_read_is_told(small: SmallTown) -> None:
    await small.execute("partnership", "ALTER TABLE outbox RENAME TO outbox_away")

    await until(lambda: _told(small))

    answer = await small.client.get("/readyz")
    assert answer.status_code == 200
    assert "talent.match that of partnership" in answer.json()["told"]["talent"]["logs"]


async def _told(small: SmallTown) -> bool:
    return "talent" in (await small.client.get("/readyz")).json()["told"]


async def test_the_numbers_of_all_services_are_at_the_root(small: SmallTown) -> None:
    for name in SERVICES:
        await small.client.get(f"/{name}/livez")

    told = (await small.client.get("/metrics")).text

    for name in SERVICES:
        assert f'http_server_request_duration_seconds_count{{method="GET",route="/livez",service="{name}"' in told
    assert "sunmao_build_info" in told


async def test_the_outbox_is_counted(small: SmallTown) -> None:
    await small.people.settle(programmes=0)

    told = await small.people.get("partnership", "/v1/operations/outbox")

    assert told["rows"] == len(await small.rows("partnership", "outbox")) == 8
    assert told["oldest"].endswith("+08:00")
    assert told["parked"] == 0
    assert await small.people.get("training", "/v1/operations/outbox") == {"rows": 0, "oldest": None, "parked": 0}


async def test_each_service_describes_its_api_under_its_own_address(small: SmallTown) -> None:
    for name, parts in small.town.parts.items():
        document = (await small.client.get(f"/{name}/openapi.json")).raise_for_status().json()

        OpenAPI.model_validate(document)
        assert document["info"]["title"] == parts.service.title
        assert document["servers"] == [{"url": f"/{name}"}]
        assert "/v1/operations/outbox" in document["paths"]
        assert "HTTPValidationError" not in document["components"]["schemas"]


async def test_the_official_parser_accepts_what_each_service_publishes(
    small: SmallTown, asyncapi_parser: Path, tmp_path: Path
) -> None:
    files = [tmp_path / f"{name}.json" for name in SERVICES]
    for name, file in zip(SERVICES, files, strict=True):
        document = (await small.client.get(f"/{name}/asyncapi.json")).raise_for_status().json()
        file.write_text(json.dumps(document))

    assert judged(asyncapi_parser, *files) == {str(file): [] for file in files}


async def test_pages_load_nothing_from_another_host(small: SmallTown) -> None:
    pages = ["/", *(f"/{name}/docs" for name in SERVICES)]
    for path in pages:
        page = (await small.client.get(path)).raise_for_status()
        loaded = [url for url in LOADED.findall(page.text) if not url.startswith(("data:", "#"))]

        assert loaded
        assert [url for url in loaded if urlsplit(url).netloc] == []
        for url in loaded:
            answer = await small.client.get(httpx.URL(f"{ADDRESS}{path}").join(url))
            assert answer.status_code in {200, 307, 401}, (path, url)


async def test_the_stylesheet_of_the_pages_names_no_other_host(small: SmallTown) -> None:
    css = (await small.client.get("/talent/docs/swagger-ui.css")).raise_for_status().text

    assert re.findall(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", css) == []


async def test_the_root_page_is_for_this_machine_alone(small: SmallTown) -> None:
    transport = httpx.ASGITransport(small.town.app, client=("192.0.2.7", 4711))
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as elsewhere:
        assert (await elsewhere.get("/")).status_code == 404
        assert (await elsewhere.get("/readyz")).status_code == 200


async def test_what_is_nowhere_is_a_404(small: SmallTown) -> None:
    assert (await small.client.get("/nowhere")).status_code == 404


async def test_a_town_goes_on_where_it_stood(tmp_path: Path) -> None:
    async with small_town(tmp_path) as first:
        await first.people.settle()
        need = await first.people.post_need()
    async with small_town(tmp_path) as second:
        second.people.enterprise, second.people.programmes = first.people.enterprise, first.people.programmes
        await second.people.matched(need)

        assert await second.people.candidates_of(need) == sorted(first.people.programmes)


async def test_no_second_process_gets_the_folder(small: SmallTown) -> None:
    with pytest.raises(RuntimeError, match=r"is in use by process \d+; stop that process, or choose another folder"):
        async with small_town(small.town.folder.path):
            pass
