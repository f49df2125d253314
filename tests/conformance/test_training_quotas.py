"""Places, seats, accounts and credits hold under concurrency on both databases, as training keeps them."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from services.training.commands.cohort import EnrolStudents
from services.training.commands.credit import OpenAccount
from services.training.commands.faculty.practice import ApprovePractice
from services.training.commands.people import ImportStudents
from services.training.domain.account import AccountExists, CreditAccount, EntryType
from services.training.domain.agreement import Agreement, AgreementStatus
from services.training.domain.cohort import Cohort, CohortStatus
from services.training.domain.cohort_refusals import CohortFull
from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_period import Form
from services.training.domain.faculty.seats import NoSeatLeft, PracticeSeats
from services.training.domain.rule_catalogue import RULES
from services.training.domain.student import StudentEntry
from services.training.handlers import account, cohort, people
from services.training.handlers.faculty import practice
from services.training.main import SERVICE
from services.training.storage import Table, TrainingWork
from shared.contracts.ids import new_id
from shared.errors import LostRace
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.work import Works
from shared.rules import Rulebook, load_packs
from tests.migrated import migrate

NOW = datetime.now(UTC)
UNIVERSITY, ENTERPRISE = new_id("organization"), new_id("organization")
RULEBOOK = Rulebook(load_packs(Path("services/training/rules")), RULES)


@pytest.fixture
async def works(database_url: str) -> AsyncIterator[Works[TrainingWork]]:
    """Training on an empty database, brought up by its migrations."""
    database = Database(database_url)
    await migrate(database, SERVICE)
    yield Works(database, TrainingWork, RULEBOOK)
    await database.close()


async def do(works: Works[TrainingWork], handler: Callable[[Any, Any], Awaitable[Any]], command: object) -> Any:
    async with works.open(Context(actor="test:per_1", now=NOW)) as work:
        return await handler(command, work)


async def keep(works: Works[TrainingWork], *things: Any) -> None:
    async with works.open(Context(actor="test:per_1", now=NOW)) as work:
        for thing in things:
            work.repository(type(thing)).add(thing)


async def answers(*attempts: Awaitable[Any]) -> Counter[str]:
    results = await asyncio.gather(*attempts, return_exceptions=True)
    return Counter(type(result).__name__ for result in results)


def agreement() -> Agreement:
    return Agreement(
        id=new_id("agreement"),
        story="need_1",
        agreement_type="order_class",
        party_ids=(UNIVERSITY, ENTERPRISE),
        university_ids=(UNIVERSITY,),
        enterprise_ids=(ENTERPRISE,),
        need_id=None,
        line_no=None,
        starts_on=NOW.date() - timedelta(days=200),
        ends_on=NOW.date() + timedelta(days=200),
        status=AgreementStatus.ACTIVE,
    )


def class_of(places: int) -> Cohort:
    return Cohort(
        id=new_id("cohort"),
        story="need_1",
        cohort_type="order_class",
        programme_id=new_id("programme"),
        occupation_code="6-31",
        university_id=UNIVERSITY,
        enterprise_ids=(ENTERPRISE,),
        agreement_id=new_id("agreement"),
        need_id=None,
        line_no=None,
        planned=places,
        hire_bp=8000,
        status=CohortStatus.INTAKE_OPEN,
    )


def period(seats: PracticeSeats) -> Practice:
    return Practice(
        id=new_id("practice"),
        story="need_1",
        teacher_id=new_id("teacher"),
        university_id=UNIVERSITY,
        enterprise_id=ENTERPRISE,
        agreement_id=seats.agreement_id,
        seats_id=seats.id,
        need_id=None,
        line_no=None,
        form=Form.POST_WORK,
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        weekdays=(1, 2, 3, 4, 5),
        minutes_a_day=480,
    )


async def students(works: Works[TrainingWork], count: int) -> list[str]:
    entries = tuple((new_id("student"), entry(f"S{number}")) for number in range(count))
    await do(works, people.import_students, ImportStudents(university_id=UNIVERSITY, entries=entries))
    return [student_id for student_id, _ in entries]


def entry(number: str) -> StudentEntry:
    return StudentEntry(
        student_no=number,
        name="李四",
        programme_id=new_id("programme"),
        study_year=1,
        enrolled_on=NOW.date(),
        birth_date=None,
        sex=None,
    )


async def test_twenty_of_fifty_students_get_the_twenty_places(works: Works[TrainingWork]) -> None:
    school = class_of(20)
    await keep(works, school)
    asking = await students(works, 50)

    given = await answers(
        *(do(works, cohort.enrol_students, EnrolStudents(cohort_id=school.id, student_ids=(one,))) for one in asking)
    )

    assert given == {Cohort.__name__: 20, CohortFull.__name__: 30}
    async with works.database.reading() as connection:
        enrolments = Table.metadata.tables["enrolment"]
        assert (await connection.execute(select(func.count()).select_from(enrolments))).scalar() == 20


async def test_four_of_twelve_teachers_get_the_four_seats(works: Works[TrainingWork]) -> None:
    seats = PracticeSeats(
        id=new_id("seat"), story="need_1", agreement_id=agreement().id, party_ids=(UNIVERSITY,), seats=4, named_ids=()
    )
    periods = [period(seats) for _ in range(12)]
    await keep(works, seats, *periods)

    given = await answers(
        *(do(works, practice.approve_practice, ApprovePractice(practice_id=one.id)) for one in periods)
    )

    assert given == {Practice.__name__: 4, NoSeatLeft.__name__: 8}


async def test_of_many_who_open_one_persons_account_one_does(works: Works[TrainingWork]) -> None:
    (student_id,) = await students(works, 1)

    given = await answers(
        *(
            do(works, account.open_account, OpenAccount(account_id=new_id("account"), student_id=student_id))
            for _ in range(10)
        )
    )

    assert given[CreditAccount.__name__] == 1
    assert set(given) <= {CreditAccount.__name__, AccountExists.__name__, IntegrityError.__name__}


async def test_the_database_keeps_the_sum_of_a_ledger_under_concurrent_entries(works: Works[TrainingWork]) -> None:
    opened, _ = CreditAccount.open(new_id("account"), person_id=new_id("student"), university_id=UNIVERSITY)
    await keep(works, opened)

    async def enter(conversion_id: str, work: TrainingWork) -> CreditAccount:
        kept = await work.accounts.get(opened.id)
        earlier = await work.ledger.where(account_id=opened.id)
        changed, line = kept.enter(EntryType.CONVERT, 3, conversion_id=conversion_id, earlier=earlier, on=NOW.date())
        work.ledger.add(line)
        return work.accounts.save(changed)

    given = await answers(*(do(works, enter, new_id("conversion")) for _ in range(15)))

    assert set(given) <= {CreditAccount.__name__, LostRace.__name__}
    async with works.database.reading() as connection:
        entries, accounts = Table.metadata.tables["ledger_entry"], Table.metadata.tables["account"]
        total = (await connection.execute(select(func.sum(entries.c.half_credits)))).scalar()
        assert total == (await connection.execute(select(accounts.c.balance))).scalar() == 3 * given["CreditAccount"]
