"""Recognition on both databases: frozen evidence keeps its hash, the clock finds its day, the share is counted."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from services.training import queries
from services.training.domain.faculty.evidence_package import hash_of, package_id
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.domain.faculty.recognition_rules.ratio import Share, share_of
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.conformance.test_training_story import StoredCollege
from tests.migrated import migrate
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.college import DAY, RULEBOOK, TODAY
from tests.unit.training.faculty.applicant import Applicant, Batch, decided, entry, recognised
from tests.unit.training.faculty.dossier import dossier
from tests.unit.training.faculty.trainee import trainee


@pytest.fixture
async def college(database_url: str) -> AsyncIterator[StoredCollege]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    college = StoredCollege(Works(database, TrainingWork, RULEBOOK))
    await college.open()
    yield college
    await database.close()


async def test_the_whole_way_leads_to_a_recognition_and_back(college: StoredCollege) -> None:
    someone = await recognised(college)
    await someone.recheck(someone.items[0].source_id)
    await someone.conclude(upheld=False)

    assert [name for name in college.story if name.startswith("recognition.")] == [
        "recognition.granted",
        "recognition.revoked",
    ]
    revoked = await someone.now()
    assert (revoked.status, revoked.rechecks[0].upheld, revoked.objections) == ("revoked", False, ())


async def test_frozen_evidence_comes_back_with_its_hash(college: StoredCollege) -> None:
    practitioner = await trainee(college)
    await practitioner.succeed()
    someone = Applicant(await Batch(college).open(), practitioner.teacher_id)
    await someone.apply(Level.INTERMEDIATE)
    for fact in dossier(Level.INTERMEDIATE):
        await someone.enter(entry(fact))
    await someone.submit()

    frozen = await someone.freeze()

    package = await college.read("evidence_packages", package_id(someone.id))
    assert hash_of(package.facts) == package.sha256 == frozen.evidence_sha256
    assert hash_of(package.stated.model_dump(mode="json")) == package.sha256


async def test_the_clock_finds_a_recognition_on_its_day(college: StoredCollege) -> None:
    someone = await decided(college)

    found = []
    for day in (6, 7):
        college.today = TODAY + day * DAY
        async with college.works.database.reading() as connection:
            found.append(await queries.recognitions_to_advance(connection, college.now, 10))

    assert found == [[], [someone.id]]


async def test_the_share_is_that_of_active_professional_teachers_of_the_university(college: StoredCollege) -> None:
    someone = await recognised(college)
    await college.teacher()
    await college.teacher(kind="public_basic")
    await college.teacher(hired_on=college.today + DAY)

    async with college.works.database.reading() as connection:
        staff = await queries.staff_of(connection, college.university, college.today)
        nobody = await queries.staff_of(connection, new_id("organization"), college.today)

    assert staff is not None
    assert nobody is None
    share = share_of(staff.facts().teachers, on=college.today, rule=shipped_rule("training", "TCH-07"))
    assert share == Share(recognised=1, professional=2)
    held = {member.teacher_id: member.highest(college.today) for member in staff.members}
    highest = held[someone.teacher_id]
    assert highest is not None
    assert highest.level is Level.JUNIOR


async def test_a_year_s_practice_is_read_with_its_days(college: StoredCollege) -> None:
    practitioner = await trainee(college)
    practice = await practitioner.succeed(TODAY - 20 * DAY, TODAY - DAY, minutes_a_day=420)

    async with college.works.database.reading() as connection:
        years = [await queries.practice_of(connection, practitioner.teacher_id, year) for year in (2025, 2026)]

    assert [[period.starts_on for period in year] for year in years] == [[], [practice.starts_on]]
    assert [log.minutes for log in years[1][0].logs] == [420]


async def test_the_database_knows_no_second_application_in_a_batch(college: StoredCollege) -> None:
    someone = Applicant(await Batch(college).open(), await college.teacher())
    await someone.apply()
    kept = await someone.now()

    async def again(_command: None, work: TrainingWork) -> None:
        twin = replace(kept, id=new_id("recognition"), version=0)
        work.recognitions.add(twin)

    with pytest.raises(IntegrityError):
        await college.do(again, None)
