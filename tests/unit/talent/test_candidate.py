"""A candidate is new or has changed: it is held against the lines that are open, and against no others."""

from dataclasses import replace
from typing import Any

import pytest

from services.talent.domain.candidate import Candidate
from services.talent.domain.skill import Skill
from services.talent.handlers.candidate import (
    weigh_base,
    weigh_offer,
    weigh_organization,
    weigh_programme,
    weigh_teacher,
)
from services.talent.handlers.demand import close_need, weigh_need
from shared.contracts.partnership import CapabilityPublished, CapabilityWithdrawn, NeedWithdrawn, OrganizationUpdated
from shared.contracts.talent import MatchDropped, MatchProposed, ProgrammeRegistered, ProgrammeUpdated
from shared.contracts.training import BaseOpened, TeacherRegistered
from shared.kernel.work import NotYet
from shared.persistence.record import split_headers
from tests.unit.talent.town import Town
from tests.unit.talent.world import (
    ENTERPRISE,
    FIRST,
    HELD,
    LAST,
    NEED,
    UNIVERSITY,
    named,
    offer,
    organization,
    posted,
    programme,
    teacher,
)


def registered(number: int = 1, shape: type[Any] = ProgrammeRegistered, **other: Any) -> Any:
    values = {"skills": [skill.told() for skill in HELD], "students": 40, **other}
    return shape(
        programme_id=programme(number).id,
        university_id=UNIVERSITY,
        code="460301",
        name="机电一体化技术",
        level="college",
        region_code="500101",
        total_half_credits=280,
        **values,
    )


def opened() -> BaseOpened:
    return BaseOpened(
        base_id=named("base", 1),
        kind="on_campus_productive",
        name="实训基地",
        operator_id=UNIVERSITY,
        functions=["training_teaching"],
        industry_codes=["C34"],
        skills=[skill.told() for skill in HELD],
        stations=20,
        region_code="500101",
        open_scope="alliance",
    )


def hired() -> TeacherRegistered:
    return TeacherRegistered(
        teacher_id=teacher().id,
        university_id=UNIVERSITY,
        kind="professional_course",
        hired_on=FIRST,
        new_hire=True,
        skills=[skill.told() for skill in HELD],
        region_code="500101",
    )


def published(candidate: Candidate, kind: str) -> CapabilityPublished:
    return CapabilityPublished(
        capability_id=named("cap", 1),
        organization_id=UNIVERSITY,
        kind=kind,
        programme_ids=[candidate.id],
        capacity=40,
        starts_on=FIRST,
        ends_on=LAST,
    )


@pytest.mark.parametrize(
    ("kind", "handle", "event"),
    [
        ("order_class", weigh_programme, registered()),
        ("co_build_base", weigh_base, opened()),
        ("teacher_practice_posts", weigh_teacher, hired()),
    ],
)
async def test_a_new_candidate_is_proposed_for_open_lines_before_its_state_arrives(
    kind: str, handle: Any, event: Any
) -> None:
    town = Town()
    await town.hear(weigh_need, posted([(kind, 4), ("rnd", 1)]))

    [fact] = await town.hear(handle, event)

    assert (fact.candidate.id, fact.line_no, fact.rank) == (event.subject, 1, 1)


async def test_what_a_candidate_sets_off_belongs_to_the_story_of_the_event_that_told_of_it() -> None:
    town = Town()
    await town.hear(weigh_need, posted())

    await town.hear(weigh_programme, registered(), correlation_id=programme().id)

    assert dict(split_headers(town.store.records[-1].headers))["ce_correlationid"] == programme().id.encode()
    assert [found.story for found in (await town.proposals()).values()] == [NEED]


async def test_a_candidate_finds_no_place_on_a_full_line() -> None:
    town = Town()
    town.know(*(programme(number) for number in range(1, 11)))
    await town.hear(weigh_need, posted())

    assert await town.hear(weigh_programme, registered(11, students=100)) == []


async def test_a_changed_candidate_is_the_same_match_with_another_score() -> None:
    town = Town()
    town.know(programme(1), programme(2))
    await town.hear(weigh_need, posted())

    [fact] = await town.hear(weigh_programme, registered(shape=ProgrammeUpdated, students=6))

    assert isinstance(fact, MatchProposed)
    assert (fact.match_id, fact.rank) == ((await town.proposals())[programme(1).id].id, 2)


async def test_a_candidate_that_changed_in_nothing_that_counts_is_not_proposed_again() -> None:
    town = Town()
    town.know(programme(1))
    await town.hear(weigh_need, posted())

    assert await town.hear(weigh_programme, registered(shape=ProgrammeUpdated, students=41)) == []


async def test_a_candidate_that_no_longer_fits_is_dropped() -> None:
    town = Town()
    town.know(programme(1), programme(2))
    await town.hear(weigh_need, posted())

    [fact] = await town.hear(weigh_programme, registered(shape=ProgrammeUpdated, skills=[]))

    assert isinstance(fact, MatchDropped)
    assert fact.match_id == (await town.proposals())[programme(1).id].id


async def test_a_dropped_candidate_is_not_proposed_for_the_line_again() -> None:
    town = Town()
    town.know(programme(1))
    await town.hear(weigh_need, posted())
    await town.hear(weigh_programme, registered(shape=ProgrammeUpdated, skills=[]))

    assert await town.hear(weigh_programme, registered(shape=ProgrammeUpdated)) == []


async def test_a_candidate_is_not_held_against_a_need_that_is_closed() -> None:
    town = Town()
    await town.hear(weigh_need, posted())
    await town.hear(close_need, NeedWithdrawn(need_id=NEED, organization_id=ENTERPRISE, reason="sold"))

    assert await town.hear(weigh_programme, registered()) == []


async def test_several_candidates_in_one_batch_share_the_places_of_a_line() -> None:
    town = Town()
    await town.hear(weigh_need, posted())
    work = town.work()
    for number in range(1, 13):
        await weigh_programme(registered(number), work)
        work.keep_step()
    await work.flush()

    assert len(await town.proposals()) == 10


async def test_an_offer_brings_its_candidates_to_lines_of_its_kind() -> None:
    town = Town()
    await town.hear(weigh_need, posted([("order_class", 12), ("staff_training", 20)]))
    town.know(programme(), offer(programme(), "staff_training"))

    [fact] = await town.hear(weigh_offer, published(programme(), "staff_training"))

    assert (fact.candidate.id, fact.line_no) == (programme().id, 2)


async def test_an_offer_waits_for_its_own_state() -> None:
    with pytest.raises(NotYet):
        await Town().hear(weigh_offer, published(programme(), "staff_training"))


async def test_a_withdrawn_offer_takes_its_candidates_away_from_kinds_that_need_one() -> None:
    town, offered = Town(), offer(programme(), "staff_training")
    town.know(programme(), offered)
    await town.hear(weigh_need, posted([("staff_training", 20)]))
    gone = CapabilityWithdrawn(capability_id=offered.id, organization_id=UNIVERSITY)

    with pytest.raises(NotYet):
        await town.hear(weigh_offer, gone)
    town.know(replace(offered, version=2, published=False))
    [fact] = await town.hear(weigh_offer, gone)

    assert isinstance(fact, MatchDropped)
    assert fact.reason.splitlines()[0] == "it is not offered for needs of this kind"


async def test_an_offer_of_the_wrong_kind_of_candidate_meets_nothing() -> None:
    town = Town()
    await town.hear(weigh_need, posted([("teacher_practice_posts", 4)], skills=[Skill("x")]))
    town.know(programme(), offer(programme(), "teacher_practice_posts"))

    assert await town.hear(weigh_offer, published(programme(), "teacher_practice_posts")) == []


def updated(status: str) -> OrganizationUpdated:
    return OrganizationUpdated(
        organization_id=UNIVERSITY,
        kind="university",
        name_zh="示例大学",
        uscc="12500101MA5U0002XC",
        region_code="500101",
        status=status,
    )


async def test_what_a_suspended_organization_has_is_proposed_once_it_is_verified_again() -> None:
    town = Town()
    town.know(programme(), organization(status="suspended"))
    await town.hear(weigh_need, posted())

    assert await town.hear(weigh_organization, updated("suspended")) == []
    [fact] = await town.hear(weigh_organization, updated("verified"))

    assert isinstance(fact, MatchProposed)
    assert fact.candidate.id == programme().id


async def test_an_organization_that_has_nothing_is_held_against_nothing() -> None:
    town = Town()
    await town.hear(weigh_need, posted())

    assert await town.hear(weigh_organization, updated("verified")) == []
