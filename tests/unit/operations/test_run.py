"""The run file: what a killed demonstration needs in order to go on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.operations.folder import Folder
from shared.operations.stories.practising import PRACTISED, weeks
from shared.operations.stories.run import Diary, Run, RunFile

EVENING = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


def opened(path: Path, now: datetime = EVENING) -> Diary:
    """The diary at a time."""
    return Diary.open(path, lambda: now)


def test_the_base_date_is_the_day_in_the_region() -> None:
    assert Run.begin(EVENING).base_date.isoformat() == "2026-11-25"


def test_days_are_counted_from_the_base_date() -> None:
    run = Run.begin(EVENING)

    assert (run.day(-1), run.day(0), run.day(7)) == ("2026-11-24", "2026-11-25", "2026-12-02")


def test_a_run_is_in_no_file_before_something_is_noted(tmp_path: Path) -> None:
    diary = opened(tmp_path / "run.json")

    assert diary.is_new
    assert not (tmp_path / "run.json").exists()


def test_an_unfinished_run_goes_on_with_what_was_noted(tmp_path: Path) -> None:
    first = opened(tmp_path / "run.json")
    first.note(story="need_1", after=7)

    second = opened(tmp_path / "run.json", EVENING + timedelta(hours=3))

    assert (second.run, second.is_new) == (first.run, False)


def test_a_finished_run_is_followed_by_a_new_one(tmp_path: Path) -> None:
    first = opened(tmp_path / "run.json")
    first.note(finished=True)

    second = opened(tmp_path / "run.json")

    assert second.is_new
    assert second.run.id != first.run.id


def test_a_run_whose_keys_the_services_may_have_forgotten_is_not_continued(tmp_path: Path) -> None:
    first = opened(tmp_path / "run.json")
    first.note()

    assert opened(tmp_path / "run.json", EVENING + timedelta(hours=20)).is_new


@pytest.mark.parametrize("content", [b"", b"{", b'{"id": 7}', b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_followed_by_a_new_run(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "run.json").write_bytes(content)

    assert opened(tmp_path / "run.json").is_new


def test_a_reader_never_sees_half_a_run(tmp_path: Path) -> None:
    file = RunFile(tmp_path / "deep" / "run.json")

    file.write(Run.begin(EVENING))

    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["run.json"]


def test_the_root_page_finds_the_story_in_the_run_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    opened(folder.run_of("s1")).note(story="need_1")

    assert folder.last_story() == "need_1"


def test_the_practice_is_logged_in_26_weeks_up_to_the_day_before() -> None:
    run = Run.begin(EVENING)

    logged = list(weeks(run, PRACTISED))

    days = [entry["date"] for entries in logged for entry in entries]
    assert len(logged) == 26
    assert days == sorted(set(days))
    assert run.day(-180) <= days[0]
    assert days[-1] <= run.day(-1)
