"""What `sunmao doctor` finds, as far as it takes no server: those that it needs are in the integration tests."""

import socket
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from shared.operations.doctoring import Finding, examine, table_of
from shared.operations.folder import Folder
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.web.service import installed_services


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port at which something that is not ours listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


async def findings(environ: Mapping[str, str]) -> dict[tuple[str, str], Finding]:
    return {(each.about, each.what): each async for each in examine(environ)}


async def test_an_empty_folder_is_a_good_beginning(tmp_path: Path) -> None:
    found = await findings({"SUNMAO_HOME": str(tmp_path / "new")})

    assert {each.state for each in found.values()} == {"good"}
    assert (set(installed_services()) - {about for about, what in found if what == "file"}) == set()


async def test_a_schema_that_is_behind_is_bad_and_says_what_to_run(tmp_path: Path) -> None:
    Database(Folder(tmp_path).database_url("talent"))
    (tmp_path / "talent.db").touch()

    found = await findings({"SUNMAO_HOME": str(tmp_path)})

    assert found["talent", "schema"].state == "bad"
    assert found["talent", "schema"].remedy == "sunmao migrate talent"


async def test_a_current_schema_is_good(tmp_path: Path) -> None:
    service = installed_services()["talent"]
    database = Database(Folder(tmp_path).database_url("talent"))
    await upgrade(database, service.folder / "migrations", service.metadata)
    await database.close()

    found = await findings({"SUNMAO_HOME": str(tmp_path)})

    assert (found["talent", "schema"].state, found["talent", "file"].says) == ("good", "whole")


async def test_a_port_that_somebody_else_has_is_bad(tmp_path: Path, taken_port: int) -> None:
    found = await findings({"SUNMAO_HOME": str(tmp_path), "SUNMAO_PORT": str(taken_port)})

    assert found["machine", f"port {taken_port}"].state == "bad"


async def test_a_setting_that_cannot_be_is_named_and_nothing_else_is_looked_at() -> None:
    [only] = (await findings({"SUNMAO_PORT": "seventy"})).values()

    assert (only.state, "SUNMAO_PORT" in only.says) == ("bad", True)


async def test_servers_that_are_not_there_are_named_with_what_to_do() -> None:
    nowhere = "127.0.0.1:1"
    environ = {
        "SUNMAO_KAFKA_BOOTSTRAP": nowhere,
        "SUNMAO_ISSUER_URL": f"http://{nowhere}",
        "SUNMAO_PARTNERSHIP_DATABASE_URL": f"postgresql+asyncpg://u:very-secret@{nowhere}/partnership",
    }

    found = await findings(environ)

    assert ("machine", "disk") in found, "documents lie in a folder of this machine"
    bad = {place for place, each in found.items() if each.state == "bad"}
    assert {("partnership", "database"), ("talent", "database"), ("partnership", "Kafka"), ("issuer", "keys")} <= bad
    assert all(found[place].remedy for place in bad)
    assert "very-secret" not in str(found)


def test_nothing_of_the_table_is_cut_where_it_is_narrow() -> None:
    out = StringIO()
    name = "SUNMAO_PARTNERSHIP_DATABASE_URL"

    Console(file=out, width=60).print(table_of([Finding("partnership", "database", "bad", "away", f"set {name}")]))

    cells = [line.split("│")[5].strip() for line in out.getvalue().splitlines() if line.startswith("│")]
    assert "".join(cells).replace("set", "").strip() == name
