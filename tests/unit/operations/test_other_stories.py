"""What stories S2 to S4 play with, workshop, college and year group, is enough for what they must show."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from services.training.domain.faculty.obligations import ObligationStatus, new_teacher_standing
from services.training.domain.faculty.practice_facts import PeriodFact
from services.training.domain.faculty.practice_period import Form
from shared.contracts.fields import REGION_TIME
from shared.kernel.calendar import academic_year
from shared.operations.folder import Folder
from shared.operations.stories.catalogue import STORIES
from shared.operations.stories.internship.calendar import table_of
from shared.operations.stories.internship.seed import first_day
from shared.operations.stories.internship.workshop import workshop
from shared.operations.stories.obligation.clocking import hired_on
from shared.operations.stories.obligation.college import college
from shared.operations.stories.obligation.findings import DONE, STATUS
from shared.operations.stories.paperwork.year_group import year_group
from shared.operations.stories.region import region
from shared.operations.stories.run import Run
from tests.unit.training.faculty.practice import ledger

DAYS = [date(2026, 11, 29), date(2027, 8, 31), date(2028, 2, 13), date(2028, 2, 29), date(2028, 3, 7)]
"""Among them days of which the arithmetic of months is short of a day."""


def run_on(day: date) -> Run:
    """A run that is told relative to this day."""
    return Run(id="run", base_date=day, begun_at=datetime(day.year, day.month, day.day, 8, tzinfo=REGION_TIME))


def test_everything_that_the_workshop_names_is_in_the_region() -> None:
    here, shop = region(), workshop()

    assert {post.occupation for post in shop.posts.values()} <= here.occupations.keys()
    assert shop.programme.programme in here.programmes
    assert {entry.region for entry in shop.organizations.values()} <= here.regions.keys()
    assert {intern.post for intern in shop.interns} == shop.posts.keys()


def test_the_workshop_is_as_large_as_the_story_says() -> None:
    shop, employer = workshop(), workshop().organizations["enterprise"]

    assert (len(shop.planned), len(shop.wrong), employer.employees) == (12, 7, 85)
    assert employer.posts[shop.posts["small"].occupation] == 9
    assert len({intern.name for intern in shop.interns}) == 19


def test_the_year_group_is_as_large_as_the_story_says_and_fits_into_its_enterprise() -> None:
    group, employer = year_group(), year_group().organizations["enterprise"]
    (post,) = group.posts.values()

    assert len({intern.name for intern in group.interns}) == 40
    assert {intern.post for intern in group.interns} == group.posts.keys()
    assert {intern.age < 18 for intern in group.interns if intern.guardian} == {True}
    assert {intern.age < 18 for intern in group.interns if not intern.guardian} == {False}
    assert employer.employees is not None
    assert employer.employees >= 10 * 40
    assert employer.posts[post.occupation] >= 5 * 40


def test_seventy_percent_is_above_the_lowest_grade_for_one_and_below_it_for_another() -> None:
    shop = workshop()
    well, badly = shop.planned[2], shop.wrong["INT-14"]

    for intern, enough in ((well, True), (badly, False)):
        post = shop.posts[intern.post]
        stipend = intern.stipend_fen or post.stipend_fen
        assert stipend * 10 == post.wage_fen * 7
        assert (stipend >= shop.wage_lowest_grade_fen) is enough


def test_a_year_is_entered_with_its_holidays_in_order_and_says_that_it_is_no_notice() -> None:
    lines = table_of(workshop().holidays, 2027).splitlines()

    days = [line.partition(",")[0] for line in lines[1:]]
    assert lines[0] == "date,kind,note"
    assert days == sorted(set(days))
    assert {"2027-01-01", "2027-02-06", "2027-10-03"} <= set(days)
    assert all("演示" in line for line in lines[1:])


@pytest.mark.parametrize("day", DAYS)
def test_internships_begin_in_the_academic_year_of_the_run(day: date) -> None:
    first = first_day(run_on(day))

    assert academic_year(first) == academic_year(day)
    assert first - day in {timedelta(), timedelta(days=1)}


@pytest.mark.parametrize("day", DAYS)
def test_the_clocks_of_the_college_stand_as_the_story_says_on_any_day(day: date) -> None:
    here, run = college(), run_on(day)

    for fate, newcomer in here.teachers.items():
        periods = [
            PeriodFact(
                form=Form.POST_WORK,
                starts_on=date.fromisoformat(run.day(days[0])),
                ends_on=date.fromisoformat(run.day(days[-1])),
                weekdays=(1, 2, 3, 4, 5),
                minutes_a_day=480,
            ).period
            for days in here.periods(newcomer)
        ]
        hired = date.fromisoformat(hired_on(run, newcomer, here.months))
        standing = new_teacher_standing(ledger(*periods), hired_on=hired, on=day)
        assert (standing.status, standing.done_days) == (ObligationStatus(STATUS[fate]), DONE[fate])


def test_the_periods_are_those_of_the_example() -> None:
    here = college()

    for way in ("apart", "together"):
        example = [(first, (last - first).days + 1) for first, last in here.trials.periods(way)]
        relative = here.practised[way]
        assert [length for _, length in example] == [length for _, length in relative]
        assert (example[1][0] - example[0][0]).days == relative[1][0] - relative[0][0]


def test_each_story_keeps_its_run_for_itself(tmp_path: Path) -> None:
    folder = Folder(tmp_path)

    assert len({folder.run_of(name) for name in STORIES}) == len(STORIES)


def test_the_page_tells_the_story_that_moved_last(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    runs = {"s1": '{"story": "need_1"}', "s2": '{"story": "agr_1"}', "s3": '{"story": null}'}
    for minute, (name, kept) in enumerate(runs.items()):
        folder.run_of(name).write_text(kept)
        os.utime(folder.run_of(name), (minute * 60, minute * 60))

    assert folder.last_story() == "agr_1"
