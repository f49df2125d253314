"""What `sunmao doctor` finds in the folder of rosters."""

import os
import time
from pathlib import Path

import pytest

from shared.contracts.ids import new_id
from shared.operations.doctoring import Finding, examine
from shared.operations.doctoring.rosters import rosters

HOUR = 3600.0


@pytest.fixture
def students(tmp_path: Path) -> Path:
    """A university's folder for lists of students, in a folder of rosters."""
    place = tmp_path / "rosters" / new_id("organization") / "students"
    place.mkdir(parents=True)
    return place


def found(place: Path) -> dict[str, Finding]:
    folder = place.parents[1]
    return {each.what.removeprefix(place.parent.name): each for each in rosters(folder, named=True)}


def put(folder: Path, *names: str, hours: float = 0) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("学号")
        os.utime(folder / name, (time.time() - hours * HOUR,) * 2)


def test_an_empty_folder_is_good_and_says_how_many_there_are(students: Path) -> None:
    (only,) = found(students).values()

    assert (only.about, only.what, only.state) == ("rosters", "folder", "good")
    assert "1 to look into; 0 files wait, 0 lie aside" in only.says


def test_what_waits_and_what_lies_aside_is_counted(students: Path) -> None:
    put(students, "a.csv", "b.XLSX", "c.csv.part", ".hidden.csv", hours=0.2)
    put(students / ".taking", "ros_1-d.csv", hours=0.2)
    put(students / "set-aside", "ros_2-e.csv", "ros_2-e.csv.json")

    seen = found(students)

    assert "3 files wait, 1 lie aside" in seen["folder"].says
    assert (seen["/students"].state, seen["/students"].says) == ("look", "1 files lie aside, 3 wait")
    assert "set-aside" in seen["/students"].remedy


def test_a_file_that_waits_for_hours_is_to_be_looked_at(students: Path) -> None:
    put(students, "a.csv", hours=5)

    seen = found(students)["/students"]

    assert (seen.state, seen.says) == ("look", "a file waits for 5 hours")


def test_folders_that_nobody_looks_into_are_named(students: Path) -> None:
    (students.parent / "student").mkdir()
    (students.parents[1] / "our-university").mkdir()

    seen = found(students)

    assert [seen[name].state for name in ("/student", "our-university")] == ["look", "look"]
    assert "special-posts" in seen["/student"].remedy


def test_a_link_in_the_place_of_a_folder_is_bad(students: Path, tmp_path: Path) -> None:
    (students.parent / "teachers").symlink_to(tmp_path)

    assert found(students)["/teachers"].state == "bad"


def test_what_may_not_be_written_is_bad(students: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, whom no rights stop.
    monkeypatch.setattr(os, "access", lambda path, rights: not (Path(path) == students and rights & os.W_OK))

    seen = found(students)["/students"]

    assert (seen.state, seen.says) == ("bad", "cannot be read and written")


async def test_a_named_folder_must_be_there_and_the_usual_one_need_not(tmp_path: Path) -> None:
    environ = {"SUNMAO_HOME": str(tmp_path / "home")}
    usual = [each async for each in examine(environ) if each.about == "rosters"]
    named = [
        each
        async for each in examine({**environ, "SUNMAO_ROSTER_FOLDER": str(tmp_path / "nowhere")})
        if each.about == "rosters"
    ]

    assert [each.state for each in usual] == ["good"]
    assert [(each.state, "SUNMAO_ROSTER_FOLDER" in each.remedy) for each in named] == [("bad", True)]
