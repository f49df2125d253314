"""The papers of internships on both databases: what comes back, what falls due, what a link shows, and to whom."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.training import queries
from services.training.commands.internship.consent import AnswerByLink
from services.training.commands.internship.placement_log import WriteLog
from services.training.domain.internship.consent import Answer
from services.training.domain.internship.placement_log import WeekEntry
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.handlers.internship import consent, placement_log
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.kernel.work import Context
from shared.persistence.database import Database
from tests.conformance.moved import MovedCollege
from tests.migrated import migrate
from tests.unit.training.college import TODAY, College
from tests.unit.training.internship.intern import GUARDIAN, LINK, MONDAY, Intern, day, intern, week_of

MONTH_LATER = date(2026, 9, 30)
PAPERS = (
    "consent_texts", "consents", "consent_links", "placement_logs", "log_books", "incidents", "payments", "absences",
)  # fmt: skip


@pytest.fixture
async def registry(database_url: str) -> AsyncIterator[MovedCollege]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    yield MovedCollege(database)
    await database.close()


async def asked(registry: MovedCollege) -> Intern:
    """A student whose guardian was asked."""
    someone = await intern(registry.college, status=PlacementStatus.PLANNED)
    await someone.publish()
    await someone.ask_guardian()
    await registry.move_in()
    return someone


def answering() -> AnswerByLink:
    return AnswerByLink(consent_id=new_id("consent"), token_hash=LINK, answer=Answer(given=True))


async def test_every_paper_comes_back_as_it_was_kept(registry: MovedCollege) -> None:
    college = registry.college
    planned = await intern(college, status=PlacementStatus.PLANNED)
    await planned.answer(await planned.publish())
    await planned.ask_guardian()
    someone = await intern(college)
    await college.do(placement_log.open_log_book, someone.placement_id)
    college.today = MONTH_LATER
    await someone.review(await someone.log(day(MONDAY, 9)))
    await someone.handle(await someone.report())
    await someone.paid(TODAY, MONTH_LATER, amount_fen=1)
    await someone.ask_leave(TODAY, TODAY)
    await registry.move_in()

    async with registry.works.open(Context(actor="test:per_1", now=college.now)) as work:
        kept = {name: await getattr(work, name).where() for name in PAPERS}

    memory = {name: [mapping.thing(row) for row in _rows(college, mapping)] for name, mapping in _mappings().items()}
    assert kept == memory
    assert all(kept.values())


def _mappings() -> dict[str, Any]:
    return {name: getattr(TrainingWork, name).mapping for name in PAPERS}


def _rows(college: College, mapping: Any) -> list[Any]:
    return [row for _, row in sorted(college.store.rows[mapping.table.name].items())]


async def test_a_link_shows_what_is_asked_until_it_is_used(registry: MovedCollege) -> None:
    await asked(registry)

    shown = await registry.ask(queries.linked_consent, LINK, registry.college.now)
    await registry.do(consent.answer_by_link, answering())

    assert (shown.guardian_name, shown.student_name, shown.edition) == (GUARDIAN.name, "李四", 1)
    assert (shown.starts_on, shown.post_title) == (TODAY, "机电设备装调实习岗位")
    assert await registry.ask(queries.linked_consent, LINK, registry.college.now) is None


@pytest.mark.parametrize(("token", "days"), [(LINK, 14), ("guessed", 0)])
async def test_a_link_that_expired_or_never_was_shows_nothing(registry: MovedCollege, token: str, days: int) -> None:
    await asked(registry)

    assert await registry.ask(queries.linked_consent, token, registry.college.now + timedelta(days=days)) is None


async def test_the_phone_of_a_link_that_expired_unused_is_to_be_forgotten(registry: MovedCollege) -> None:
    await asked(registry)
    now = registry.college.now

    found = [await registry.ask(queries.phones_to_forget, now + timedelta(days=days), 10) for days in (13, 14)]

    assert [len(ids) for ids in found] == [0, 1]


async def test_of_many_who_use_a_link_at_once_one_answers(registry: MovedCollege) -> None:
    await asked(registry)

    outcomes = await registry.outcomes(consent.answer_by_link, *(answering() for _ in range(8)))

    assert outcomes["Consent"] == 1


async def test_of_many_logs_of_one_week_at_once_one_is_kept(registry: MovedCollege) -> None:
    someone = await intern(registry.college)
    registry.college.today = MONTH_LATER
    await registry.move_in()
    commands = [
        WriteLog(
            placement_id=someone.placement_id,
            caller_ids=frozenset({someone.student_id}),
            decision_id=new_id("decision"),
            entry=WeekEntry(monday=MONDAY, days=week_of(MONDAY), text=str(place)),
        )
        for place in range(6)
    ]

    outcomes = await registry.outcomes(placement_log.write_log, *commands)

    assert outcomes["PlacementLog"] == 1


async def test_log_books_fall_due_on_the_day_of_their_review(registry: MovedCollege) -> None:
    college = registry.college
    someone = await intern(college)
    await college.do(placement_log.open_log_book, someone.placement_id)
    await registry.move_in()

    async def due(at: datetime) -> list[str]:
        found: list[str] = await registry.ask(queries.log_books_to_review, at, 10)
        return found

    assert await due(college.now) == []
    assert len(await due(college.now + timedelta(days=1))) == 1


async def test_what_the_rules_have_against_the_papers_of_a_placement_stands_together(registry: MovedCollege) -> None:
    college = registry.college
    someone = await intern(college)
    college.today = MONTH_LATER
    await someone.log(day(MONDAY, 9))
    await someone.log(*week_of(date(2026, 9, 14)))
    await someone.withdraw(await someone.paid(TODAY, TODAY))
    await someone.paid(TODAY, MONTH_LATER, amount_fen=1)
    await registry.move_in()

    found = await registry.ask(queries.violations_of, someone.placement_id)

    assert [(one.paper, one.since, one.finding.rule) for one in found] == [
        ("payment", TODAY, "INT-14"),
        ("payment", TODAY, "INT-15"),
        ("placement_log", MONDAY, "INT-13"),
        ("placement_log", MONDAY, "INT-24"),
    ]
