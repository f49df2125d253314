"""What is published is generated, kept in step, numbered by releases, and never broken by a later one."""

import json
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest
from pydantic import create_model

from shared.contracts import publish
from shared.contracts.event import Event, Message, named
from shared.contracts.fields import Count, Name
from shared.contracts.ids import NeedId
from shared.contracts.partnership import NeedPosted
from shared.contracts.publish import Contracts, Incompatible, drift, freeze, installed, violations, write
from shared.contracts.registry import Registry
from shared.contracts.versions import dataschema_of
from tests.contracts.examples import BODIES, ROOT

TYPE = "sunmao.partnership.need.seen"
OPTIONAL = (Name | None, None)
REQUIRED = (Name, ...)


def contracts_of(**fields: object) -> Contracts:
    """Contracts with one type, whose body has these fields beside its id."""
    body = create_model("NeedSeen", __base__=Event, __doc__="A need was seen.", need_id=(NeedId, ...), **fields)  # type: ignore[call-overload]
    module = ModuleType("contracts")
    module.NeedSeen = named("partnership.need.seen", key="need_id")(body)  # type: ignore[attr-defined]
    return Contracts(Registry([module]))


def body_of(contracts: Contracts) -> type[Message]:
    [body] = contracts.bodies
    return body


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout in which nothing was published yet."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "sunmao"\nversion = "9.9.9"\n')
    (tmp_path / "tests/contracts/golden").mkdir(parents=True)
    return tmp_path


def numbers(root: Path) -> dict[str, int]:
    table: dict[str, int] = json.loads((root / "shared/contracts/schema_numbers.json").read_text())
    return table


def place(root: Path) -> Path:
    return root / "docs/events" / TYPE / "v1"


def test_what_is_committed_is_what_the_contracts_say() -> None:
    assert drift(ROOT, installed()) == []


def test_no_contract_breaks_what_a_release_promised() -> None:
    assert violations(ROOT) == []


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.wire.type)
def test_an_event_names_the_schema_under_which_it_is_written(body: type[Message]) -> None:
    number = dataschema_of(body).rpartition(":")[2]

    unreleased = json.loads((ROOT / "docs/events" / body.wire.name / f"v{body.wire.major}/unreleased.json").read_text())

    assert unreleased["$id"] == dataschema_of(body) == f"urn:sunmao:schema:{body.wire.type}:{number}"


def test_a_type_that_is_not_listed_yet_is_written_under_its_first_schema() -> None:
    assert dataschema_of(body_of(contracts_of())) == f"urn:sunmao:schema:{TYPE}.v1:1"


class Talent:
    """What a service says of itself, as far as its documents need it."""

    subscriptions: ClassVar = {"talent.match": [NeedPosted]}


def test_an_installed_service_says_what_its_consumers_receive(root: Path) -> None:
    service = EntryPoint("talent", f"{__name__}:Talent", "sunmao.services")

    write(root, installed([service]))

    document = json.loads((root / "docs/events/talent.asyncapi.json").read_text())
    assert document["operations"]["receive.talent.match.sunmao.partnership.events.v1"]["action"] == "receive"


def test_writing_twice_changes_nothing(root: Path) -> None:
    first = write(root, contracts_of())

    assert place(root) / "unreleased.json" in first
    assert write(root, contracts_of()) == []
    assert drift(root, contracts_of()) == []


def test_a_change_that_was_not_written_is_drift(root: Path) -> None:
    write(root, contracts_of())

    said = drift(root, contracts_of(note=OPTIONAL))

    assert f"docs/events/{TYPE}/v1/unreleased.json is not what the contracts say; run `make contracts`" in said
    assert "docs/events/partnership.asyncapi.json is not what the contracts say; run `make contracts`" in said


def test_what_belongs_to_no_type_is_drift_until_it_is_deleted_by_writing(root: Path) -> None:
    stray = root / "docs/events/sunmao.partnership.need.lost/v1/unreleased.json"
    write(root, contracts_of())
    stray.parent.mkdir(parents=True)
    stray.write_text("{}")

    said = drift(root, contracts_of())

    assert said == [f"{stray.relative_to(root)} belongs to nothing; run `make contracts`"]
    assert write(root, contracts_of()) == [stray]
    assert not stray.exists()


def test_a_release_freezes_todays_schema_under_its_number(root: Path) -> None:
    new = freeze(root, contracts_of())

    assert new == [place(root) / "1.json"]
    assert new[0].read_text() == (place(root) / "unreleased.json").read_text()
    assert json.loads(new[0].read_text())["$id"] == f"urn:sunmao:schema:{TYPE}.v1:1"


def test_a_release_without_changes_freezes_nothing_new(root: Path) -> None:
    freeze(root, contracts_of())

    assert freeze(root, contracts_of()) == []
    assert drift(root, contracts_of()) == []


def test_a_changed_schema_has_the_next_number_before_and_after_its_release(root: Path) -> None:
    freeze(root, contracts_of())
    later = contracts_of(note=OPTIONAL)

    write(root, later)
    assert numbers(root) == {f"{TYPE}.v1": 2}

    assert freeze(root, later) == [place(root) / "2.json"]
    assert numbers(root) == {f"{TYPE}.v1": 2}


def test_a_schema_that_is_again_what_it_was_has_its_old_number(root: Path) -> None:
    freeze(root, contracts_of())
    freeze(root, contracts_of(note=OPTIONAL))

    write(root, contracts_of())

    assert numbers(root) == {f"{TYPE}.v1": 1}


def test_a_release_that_breaks_a_promise_is_refused_and_changes_nothing(root: Path) -> None:
    freeze(root, contracts_of(note=OPTIONAL))
    before = {path: path.read_bytes() for path in root.rglob("*.json")}

    with pytest.raises(Incompatible, match=r"schema 1 promised: `note` became required"):
        freeze(root, contracts_of(note=REQUIRED))

    assert {path: path.read_bytes() for path in root.rglob("*.json")} == before


def test_every_frozen_version_is_compared_not_only_the_last(root: Path) -> None:
    freeze(root, contracts_of(note=OPTIONAL))
    freeze(root, contracts_of())

    [said] = violations(root, contracts_of(note=(Count | None, None)))

    assert "schema 1 promised: `note` changed its type from string to integer" in said


def test_a_released_type_may_not_go_away(root: Path) -> None:
    freeze(root, contracts_of())

    [said] = violations(root, Contracts(Registry([])))

    assert said == f"docs/events/{TYPE}/v1 was released and has no body any more; keep it"


@pytest.mark.parametrize("how", ["changed", "deleted"])
def test_a_frozen_file_that_was_touched_is_drift_and_stops_a_release(root: Path, how: str) -> None:
    [frozen] = freeze(root, contracts_of())
    frozen.write_text(frozen.read_text() + "\n") if how == "changed" else frozen.unlink()

    sentence = f"docs/events/{TYPE}/v1/1.json was released and has changed since; put it back"

    assert sentence in drift(root, contracts_of())
    with pytest.raises(Incompatible, match="put it back"):
        freeze(root, contracts_of())


def test_a_number_that_no_release_made_is_drift(root: Path) -> None:
    write(root, contracts_of())
    (place(root) / "7.json").write_text((place(root) / "unreleased.json").read_text())

    assert f"docs/events/{TYPE}/v1/7.json was not made by a release; delete it" in drift(root, contracts_of())


def test_a_golden_example_may_not_change_after_a_release(root: Path) -> None:
    golden = root / f"tests/contracts/golden/{TYPE}.v1.json"
    golden.write_text('{"headers": {}, "data": {}}')
    freeze(root, contracts_of())
    golden.write_text('{"headers": {}, "data": {"later": 1}}')

    sentence = f"tests/contracts/golden/{TYPE}.v1.json was released and has changed since; put it back"

    assert sentence in drift(root, contracts_of())


def test_the_commands_write_and_freeze_where_they_are_run(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)

    assert publish.main(["write"], contracts_of()) == 0
    assert f"docs/events/{TYPE}/v1/unreleased.json" in capsys.readouterr().out
    assert publish.main(["freeze"], contracts_of(note=OPTIONAL)) == 0
    assert capsys.readouterr().out == f"docs/events/{TYPE}/v1/1.json\n"


def test_a_refused_release_ends_with_an_error_and_says_why(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    freeze(root, contracts_of())
    monkeypatch.chdir(root)

    assert publish.main(["freeze"], contracts_of(note=REQUIRED)) == 1
    assert "`note` was added as required" in capsys.readouterr().err
