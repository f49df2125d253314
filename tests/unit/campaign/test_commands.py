"""The checker of commands: what was acknowledged and is not there is lost, what is there more often is doubled."""

from typing import Any

from shared.contracts.partnership import NeedAmended, NeedPosted
from shared.contracts.training import StudentRegistered
from tests.failures.campaign.checks.commands import check_commands
from tests.failures.campaign.evidence import Told
from tests.failures.campaign.harm import Harm
from tests.failures.campaign.journal import Entry
from tests.unit.campaign.histories import Tables, done, fact, journal, refused, told, unknown

NEED = "need_1"
ROW = {"id": NEED, "status": "posted", "details": {"title": "a need"}}


async def found(entries: list[Entry], facts: Told, *needs: dict[str, Any]) -> Harm:
    """What the checker says of a town that keeps these needs."""
    harm = Harm()
    await check_commands(journal(*entries), facts, Tables({("partnership", "need"): [*needs]}), harm)
    return harm


def posted(id: str, *, subject: str = NEED, title: str = "a need", cause: str = "") -> Any:
    return fact(NeedPosted, id, subject=subject, title=title, cause=cause)


async def test_a_command_that_was_done_and_told_once_is_no_harm() -> None:
    harm = await found([done("post need", NEED)], told(posted("1")), ROW)

    assert harm.none


async def test_an_acknowledged_command_of_which_nothing_tells_is_lost() -> None:
    harm = await found([done("post need", NEED)], told(), ROW)

    assert harm.counts == {"lost": 1}


async def test_an_acknowledged_command_whose_row_is_missing_is_lost() -> None:
    harm = await found([done("post need", NEED)], told(posted("1")))

    assert harm.counts == {"lost": 1}


async def test_a_command_that_was_told_under_two_ids_is_doubled() -> None:
    harm = await found([done("post need", NEED)], told(posted("1"), posted("2", title="again")), ROW)

    assert harm.counts == {"doubled": 1}


async def test_one_key_that_made_two_needs_is_doubled() -> None:
    facts = told(posted("1"), posted("2", subject="need_2"))

    harm = await found([done("post need", NEED), unknown("post need", "")], facts, ROW)

    assert harm.counts == {"doubled": 1}


async def test_what_nobody_knows_may_have_been_done_once() -> None:
    harm = await found([unknown("post need", "")], told(posted("1")), ROW)

    assert harm.none


async def test_what_nobody_knows_may_not_have_been_done() -> None:
    harm = await found([unknown("post need", "")], told())

    assert harm.none


async def test_a_refused_command_that_was_told_nevertheless_is_doubled() -> None:
    harm = await found([refused("withdraw need", NEED), refused("post need", "")], told(posted("1")))

    assert harm.counts == {"doubled": 1}


async def test_an_amendment_that_a_need_does_not_show_is_lost() -> None:
    amended = fact(NeedAmended, "2", subject=NEED, sequence=2)

    harm = await found([done("amend need", NEED, marker="better")], told(amended), ROW)

    assert harm.counts == {"lost": 1}


async def test_a_withdrawal_that_left_the_need_open_is_lost_twice_over() -> None:
    harm = await found([done("withdraw need", NEED)], told(), ROW)

    assert harm.counts == {"lost": 2}


async def test_a_student_who_was_entered_and_is_told_of_by_nobody_is_lost() -> None:
    entered = done("import students", "", answer={"student_ids": ["stu_1", "stu_2"]}, facts={"numbers": ("1", "2")})

    harm = await found([entered], told(fact(StudentRegistered, "1", subject="stu_1")))

    assert harm.counts == {"lost": 1}


async def test_a_student_whom_nobody_entered_is_doubled() -> None:
    harm = await found([], told(fact(StudentRegistered, "1", subject="stu_1")))

    assert harm.counts == {"doubled": 1}


async def test_what_an_event_caused_was_asked_for_by_nobody() -> None:
    harm = await found([done("post need", NEED)], told(posted("1"), posted("2", title="x", cause="1")), ROW)

    assert harm.none
