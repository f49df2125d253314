"""The clock of weekly logs: each week that is overdue is told once."""

from datetime import date

import pytest

from services.training.domain.internship.log_book import log_book_id_of
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.handlers.internship.placement_log import open_log_book, review_log_book
from shared.contracts.training import PlacementLogOverdue, PlacementLogReceived
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.internship.intern import MONDAY, Intern, intern, week_of

FIRST_MONDAY = date(2026, 8, 31)
FIRST_DUE = date(2026, 9, 9)
"""Three days after the Sunday of the first week, which begins on a Tuesday."""


async def begun(college: College) -> Intern:
    someone = await intern(college)
    await college.do(open_log_book, someone.placement_id)
    return someone


async def look(college: College, someone: Intern, on: date) -> list[PlacementLogOverdue]:
    """Look at the book on a day; what is told then."""
    college.today = on
    before = len(college.facts)
    await college.do(review_log_book, log_book_id_of(someone.placement_id))
    told = college.facts[before:]
    return [fact for fact in told if isinstance(fact, PlacementLogOverdue)]


async def test_a_week_is_told_on_the_day_after_its_log_was_due(college: College) -> None:
    someone = await begun(college)
    assert await look(college, someone, FIRST_DUE) == []

    (told,) = await look(college, someone, FIRST_DUE + DAY)

    assert (told.week_no, told.week_starts_on, told.due_on, told.days_late) == (1, FIRST_MONDAY, FIRST_DUE, 1)


async def test_a_week_is_told_once(college: College) -> None:
    someone = await begun(college)
    await look(college, someone, FIRST_DUE + DAY)

    assert await look(college, someone, FIRST_DUE + 2 * DAY) == []


async def test_several_weeks_are_told_together_when_the_clock_stood_still(college: College) -> None:
    someone = await begun(college)

    told = await look(college, someone, FIRST_DUE + 14 * DAY + DAY)

    assert [(fact.week_no, fact.days_late) for fact in told] == [(1, 15), (2, 8), (3, 1)]


async def test_the_supervisor_is_named_where_there_is_one(college: College) -> None:
    someone = await begun(college)

    (told,) = await look(college, someone, FIRST_DUE + DAY)

    assert told.supervisor_id == (await someone.placement).supervisor_id


async def test_a_late_log_is_told_when_it_comes_and_only_the_first_time(college: College) -> None:
    someone = await begun(college)
    await look(college, someone, FIRST_DUE + DAY)

    log = await someone.log(*week_of(TODAY, days=4))
    await someone.review(log, accepted=False, remark="请补充")
    await someone.log(*week_of(TODAY, days=4))

    (come,) = [fact for fact in college.facts if isinstance(fact, PlacementLogReceived)]
    assert (come.placement_id, come.week_starts_on, come.received_on) == (
        someone.placement_id,
        FIRST_MONDAY,
        FIRST_DUE + DAY,
    )


async def test_a_log_on_its_last_day_is_nobodys_news(college: College) -> None:
    someone = await begun(college)
    college.today = FIRST_DUE

    await someone.log(*week_of(TODAY, days=4))

    assert not [fact for fact in college.facts if isinstance(fact, PlacementLogReceived)]


async def test_a_log_in_time_is_not_told(college: College) -> None:
    someone = await begun(college)
    college.today = TODAY + 5 * DAY
    await someone.log(*week_of(TODAY, days=4))

    assert await look(college, someone, FIRST_DUE + DAY) == []


async def test_the_next_look_is_on_the_day_on_which_another_week_may_be_overdue(college: College) -> None:
    someone = await begun(college)
    await look(college, someone, TODAY + DAY)

    book = await college.read("log_books", log_book_id_of(someone.placement_id))

    assert book.review_on == FIRST_DUE + DAY


async def test_weeks_on_leave_need_no_log(college: College) -> None:
    someone = await begun(college)
    await someone.decide(await someone.ask_leave(MONDAY, MONDAY + 4 * DAY))

    told = await look(college, someone, FIRST_DUE + 8 * DAY)

    assert [fact.week_no for fact in told] == [1]


async def test_weeks_that_fell_due_while_it_rested_are_excused(college: College) -> None:
    someone = await begun(college)
    await someone.become(PlacementStatus.SUSPENDED)
    assert await look(college, someone, FIRST_DUE + DAY) == []
    await someone.become(PlacementStatus.ONGOING)

    told = await look(college, someone, FIRST_DUE + 8 * DAY)

    assert [fact.week_no for fact in told] == [2]


async def test_the_last_weeks_are_waited_for_after_completion_and_not_after_termination(college: College) -> None:
    someone = await begun(college)
    await someone.become(PlacementStatus.COMPLETED)
    assert len(await look(college, someone, FIRST_DUE + DAY)) == 1

    await someone.become(PlacementStatus.TERMINATED)

    assert await look(college, someone, FIRST_DUE + 8 * DAY) == []
    book = await college.read("log_books", log_book_id_of(someone.placement_id))
    assert book.review_on is None


async def test_days_before_the_student_really_began_ask_for_no_log(college: College) -> None:
    someone = await intern(college)
    college.today = MONDAY
    await college.do(open_log_book, someone.placement_id)

    told = await look(college, someone, FIRST_DUE + 8 * DAY)

    assert [fact.week_no for fact in told] == [2]


async def test_the_book_is_opened_once(college: College) -> None:
    someone = await begun(college)

    await college.do(open_log_book, someone.placement_id)

    assert len(college.store.rows["log_book"]) == 1


async def test_the_decision_holds_what_it_was_made_of(college: College) -> None:
    someone = await begun(college)

    await look(college, someone, FIRST_DUE + DAY)

    kept = [row["body"] for changes in college.store.changes for row in changes.decisions][-1]
    assert kept["subject"] == someone.placement_id
    assert kept["inputs"]["LOG-01"]["started_on"] == TODAY.isoformat()


@pytest.mark.parametrize(("name", "value"), [("days", 3), ("least_days", 3)])
def test_the_numbers_are_those_of_the_pack(name: str, value: int) -> None:
    assert shipped_rule("training", "LOG-01").number(name) == value
