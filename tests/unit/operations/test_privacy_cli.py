"""`sunmao privacy`: the map without a server."""

from typer.testing import CliRunner

from shared.operations.cli import cli


def say(*words: str) -> str:
    return CliRunner().invoke(cli, ["privacy", *words]).output


def test_the_map_says_of_a_service_what_it_holds_how_long_and_why() -> None:
    said = say("map", "training")

    assert "| `student.birth_date` | birth (sensitive) | `register` | statutory_duty | blanked |" in said
    assert "| `audit` | 36 months (law)" in said
    assert "party.addresses" not in said


def test_the_map_of_all_tells_each_service() -> None:
    said = say("map")

    assert [name for name in ("partnership", "training", "talent", "notify") if f"{name}\n" not in said] == []


def test_nobody_is_erased_by_a_slip_of_the_hand() -> None:
    result = CliRunner().invoke(cli, ["privacy", "erase", "stu_1"], input="n\n")

    assert (result.exit_code, "Nobody can undo it" in result.output) == (1, True)
