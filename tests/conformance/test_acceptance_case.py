"""What an acceptance pack is drawn from, on both databases: posts and interns at the base, and its whole story."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from services.training import queries
from services.training.commands.training_base import ConfirmEnterpriseParticipation
from services.training.domain.acceptance import case as acceptance
from services.training.domain.acceptance.case import AcceptanceCase
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.kinship import born_of
from services.training.domain.training_base import TrainingBase
from services.training.handlers import training_base as handlers
from services.training.main import SERVICE
from shared.contracts.ids import new_id
from shared.persistence.database import Database
from tests.conformance.moved import MovedCollege
from tests.migrated import migrate
from tests.unit.training.college import TODAY, base_terms
from tests.unit.training.faculty.trainee import trainee
from tests.unit.training.internship.intern import LAST, intern
from tests.unit.training.internship.workshop import TERMS, offered
from tests.unit.training.learner import enrolled_learner


@pytest.fixture
async def registry(database_url: str) -> AsyncIterator[MovedCollege]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    yield MovedCollege(database)
    await database.close()


async def agreed_base(registry: MovedCollege) -> TrainingBase:
    college = registry.college
    agreement_id = await college.signed("base_co_build", base_terms(college.operator))
    base: TrainingBase = await college.read("bases", born_of(agreement_id, "base"))
    return base


async def case_of(registry: MovedCollege, base: TrainingBase) -> AcceptanceCase:
    found: AcceptanceCase = await registry.ask(queries.acceptance_case, base, TODAY)
    return found


async def test_interns_are_counted_on_posts_at_the_base_alone(registry: MovedCollege) -> None:
    college, base = registry.college, await agreed_base(registry)
    here = replace(TERMS, base_id=base.id)
    someone = await intern(college, terms=here)
    await intern(college, terms=here, status=PlacementStatus.GRADED)
    await intern(college, terms=here, first=TODAY + timedelta(days=1), last=LAST)
    await intern(college)
    await registry.move_in()

    case = await case_of(registry, base)

    assert case.use.placements == {"ongoing": 2, "graded": 1}
    assert (case.offered.posts, case.offered.places) == (3, 3 * TERMS.places)
    assert case.offered.present == {(await someone.placement).post_id: 1}
    assert [post.base_id for post in case.offered.listed] == [base.id] * 3


async def test_what_was_agreed_in_its_story_is_counted(registry: MovedCollege) -> None:
    college, base = registry.college, await agreed_base(registry)
    await enrolled_learner(college)
    verified = await (await trainee(college)).succeed()
    await registry.move_in()

    case = await case_of(registry, base)
    alone = await case_of(registry, replace(base, story=base.id))

    assert (case.use.cohorts, case.use.trainees) == ({"running": 1}, 1)
    assert (case.use.practices, case.use.verified_days) == ({"verified": 1}, verified.verified_days)
    assert (alone.use.cohorts, alone.use.practices, alone.use.trainees, alone.use.verified_days) == ({}, {}, 0, 0)


async def test_agreement_parties_and_decisions_come_with_the_base(registry: MovedCollege) -> None:
    college, base = registry.college, await agreed_base(registry)
    await registry.move_in()
    command = ConfirmEnterpriseParticipation(
        base_id=base.id, organization_id=college.enterprise, decision_id=new_id("decision")
    )
    confirmed = await registry.do(handlers.confirm_enterprise_participation, command)

    case = await case_of(registry, confirmed)

    assert case.agreement is not None
    assert (case.agreement.id, case.agreement.status) == (base.agreement_id, "active")
    assert set(case.organizations) == {college.university, college.enterprise, college.operator}
    assert [decision.id for decision in case.decisions] == [command.decision_id]
    assert case.confirmed_on(college.enterprise) == TODAY
    assert case.documents == ()


async def test_more_posts_than_are_listed_are_counted(registry: MovedCollege) -> None:
    base = await agreed_base(registry)
    post = await offered(registry.college, replace(TERMS, base_id=base.id))
    mapping = registry.works.kind.mapping_of(type(post))
    for _ in range(acceptance.MOST_POSTS):
        registry.college.store.put(mapping, replace(post, id=new_id("post")))
    await registry.move_in()

    case = await case_of(registry, base)

    assert len(case.offered.listed) == acceptance.MOST_POSTS
    assert case.offered.posts == acceptance.MOST_POSTS + 1
