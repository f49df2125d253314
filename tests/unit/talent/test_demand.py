"""A need is posted, amended, contracted and closed: what is proposed, proposed again, dropped, or left unsaid."""

from collections import Counter
from dataclasses import replace

from services.talent.domain.skill import Skill
from services.talent.handlers.demand import close_need, contract_line, look_again, reopen_line, weigh_need
from shared.contracts.partnership import AgreementTerminated, NeedContracted, NeedWithdrawn
from shared.contracts.talent import MatchDropped, MatchProposed, NoMatchFound
from shared.persistence.record import split_headers
from tests.unit.talent.town import Town, region
from tests.unit.talent.world import (
    ASKED,
    ENTERPRISE,
    FIRST,
    MAINTENANCE,
    NEED,
    NOW,
    PLC,
    named,
    posted,
    programme,
    teacher,
)

S1 = (("order_class", 12), ("co_build_base", 1), ("teacher_practice_posts", 4))
AGREEMENT = named("agr", 1)


def contracted(line_no: int = 1) -> NeedContracted:
    return NeedContracted(
        need_id=NEED, organization_id=ENTERPRISE, line_no=line_no, agreement_id=AGREEMENT, days_to_contract=1
    )


def terminated(*, before_start: bool) -> AgreementTerminated:
    return AgreementTerminated(
        agreement_id=AGREEMENT,
        type="order_class",
        need_id=NEED,
        line_no=1,
        reason="no students",
        effective_on=FIRST,
        before_start=before_start,
    )


async def test_the_need_of_the_headline_story_finds_three_programmes_two_bases_and_six_teachers() -> None:
    town = Town()
    town.know(*region())

    facts = await town.hear(weigh_need, posted(S1))

    assert Counter(fact.candidate.kind for fact in facts) == {"programme": 3, "base": 2, "teacher": 6}
    assert all(fact.missing_skills == [PLC] for fact in facts)
    assert [fact.rank for fact in facts] == [1, 2, 3, 1, 2, 1, 2, 3, 4, 5, 6]


async def test_a_proposal_carries_the_story_of_the_need_and_says_what_made_it() -> None:
    town = Town()
    town.know(programme())

    [fact] = await town.hear(weigh_need, posted())

    assert (fact.need_organization_id, fact.line_no, fact.score) == (ENTERPRISE, 1, 66.57)
    assert fact.model_version == "talent-alliance:1"
    assert dict(split_headers(town.store.records[0].headers))["ce_correlationid"] == NEED.encode()


async def test_a_line_holds_ten_pending_proposals_and_they_are_the_best() -> None:
    town = Town()
    town.know(*(programme(number, capacity=number) for number in range(1, 13)))

    facts = await town.hear(weigh_need, posted([("order_class", 20)]))

    assert [fact.candidate.id for fact in facts] == [programme(number).id for number in range(12, 2, -1)]


async def test_a_line_that_nobody_can_meet_says_which_filters_left_how_many_out() -> None:
    town = Town()
    town.know(programme(1, status="closed"), programme(2, skills=()))

    facts = await town.hear(weigh_need, posted())

    assert facts == [NoMatchFound(need_id=NEED, line_no=1, rejected={"not_open": 1, "skills": 1})]


async def test_the_same_need_heard_twice_proposes_nobody_twice() -> None:
    town = Town()
    town.know(*region())
    await town.hear(weigh_need, posted(S1))

    assert await town.hear(weigh_need, posted(S1)) == []


async def test_an_amended_need_tells_only_of_the_scores_that_changed() -> None:
    town = Town()
    town.know(programme(1), programme(2, capacity=12))
    await town.hear(weigh_need, posted())
    before = await town.proposals()

    [fact] = await town.hear(weigh_need, posted([("order_class", 24)], amended=True))

    assert isinstance(fact, MatchProposed)
    assert (fact.match_id, fact.candidate.id, fact.rank) == (before[programme(2).id].id, programme(2).id, 2)
    assert (await town.proposals())[programme(2).id].version == 2


async def test_an_amended_need_drops_who_no_longer_fits_and_proposes_who_fits_now() -> None:
    town = Town()
    town.know(programme(1), programme(2, skills=(Skill(PLC, level="senior"),)))
    await town.hear(weigh_need, posted())

    facts = await town.hear(weigh_need, posted(skills=[Skill(PLC, must=True)], amended=True))

    dropped = next(fact for fact in facts if isinstance(fact, MatchDropped))
    assert dropped.match_id == (await town.proposals())[programme(1).id].id
    assert dropped.reason.splitlines()[0] == "a skill that is a must is missing"


async def test_a_line_that_is_gone_takes_its_proposals_with_it() -> None:
    town = Town()
    town.know(programme(), teacher())
    await town.hear(weigh_need, posted([("order_class", 12), ("teacher_practice_posts", 4)]))

    [fact] = await town.hear(weigh_need, posted([("order_class", 12)], amended=True))

    assert isinstance(fact, MatchDropped)
    assert (fact.line_no, fact.reason.splitlines()[0]) == (2, "the need no longer has this line")


async def test_a_withdrawn_need_closes_its_proposals_without_a_word() -> None:
    town = Town()
    town.know(programme())
    await town.hear(weigh_need, posted())

    facts = await town.hear(close_need, NeedWithdrawn(need_id=NEED, organization_id=ENTERPRISE, reason="sold"))

    assert facts == []
    assert [found.status for found in (await town.proposals()).values()] == ["closed"]


async def test_the_end_of_a_need_that_was_never_heard_of_is_passed_over() -> None:
    facts = await Town().hear(close_need, NeedWithdrawn(need_id=NEED, organization_id=ENTERPRISE, reason="sold"))

    assert facts == []


async def test_nobody_else_is_proposed_for_a_line_that_is_contracted() -> None:
    town = Town()
    town.know(programme(1))
    await town.hear(weigh_need, posted())
    await town.hear(contract_line, contracted())
    town.know(programme(2))

    assert await town.hear(look_again, NEED) == []


async def test_a_line_whose_agreement_ended_before_its_start_looks_for_somebody_again() -> None:
    town = Town()
    town.know(programme(1))
    await town.hear(weigh_need, posted())
    await town.hear(contract_line, contracted())
    town.know(programme(2))
    await town.hear(reopen_line, terminated(before_start=True))

    [fact] = await town.hear(look_again, NEED)

    assert fact.candidate.id == programme(2).id


async def test_a_line_whose_agreement_ended_in_its_course_stays_closed() -> None:
    town = Town()
    await town.hear(weigh_need, posted())
    await town.hear(contract_line, contracted())

    await town.hear(reopen_line, terminated(before_start=False))

    assert (await town.work().demands.get(NEED)).open_lines == ()


async def test_a_second_look_finds_who_was_registered_in_the_same_moment_and_disturbs_nobody() -> None:
    town = Town()
    town.know(programme(1))
    await town.hear(weigh_need, posted())
    due = (await town.work().demands.get(NEED)).look_again_at
    town.know(programme(1, capacity=1), programme(2))

    facts = await town.hear(look_again, NEED)

    assert due is not None
    assert due > NOW
    assert [fact.candidate.id for fact in facts] == [programme(2).id]
    assert (await town.work().demands.get(NEED)).look_again_at is None


async def test_what_is_proposed_later_for_a_demonstration_need_is_demonstration_data_too() -> None:
    town = Town()
    await town.hear(weigh_need, posted(), test=True)
    town.know(programme())

    await town.hear(look_again, NEED, correlation_id=None)

    assert (await town.proposals())[programme().id].test
    headers = dict(split_headers(town.store.records[-1].headers))
    assert (headers["ce_test"], headers["ce_correlationid"]) == (b"true", NEED.encode())


async def test_whoever_gives_up_a_place_is_told_of_before_whoever_takes_it() -> None:
    town = Town()
    town.know(*(programme(number) for number in range(1, 11)))
    await town.hear(weigh_need, posted())
    town.know(*(programme(number, skills=()) for number in range(1, 11)), programme(11))

    facts = await town.hear(weigh_need, posted(amended=True))

    assert [type(fact) for fact in facts] == [*[MatchDropped] * 10, MatchProposed]


async def test_of_a_need_kept_to_named_organisations_nothing_but_them_is_known() -> None:
    town = Town()
    elsewhere = replace(programme(2), organization_id=named("org", 7))
    town.know(
        programme(1), elsewhere, *(replace(o, id=named("org", 7)) for o in await town.work().organizations.where())
    )

    [fact] = await town.hear(
        weigh_need, posted(skills=(), visibility="named", named_organization_ids=[elsewhere.organization_id])
    )

    assert fact.candidate.id == elsewhere.id


async def test_weights_of_the_need_decide_what_a_skill_is_worth() -> None:
    town = Town()
    town.know(programme(skills=(Skill(MAINTENANCE, level="senior"),)))
    heavy = [replace(ASKED[0], weight=98), *ASKED[1:]]

    [fact] = await town.hear(weigh_need, posted(skills=heavy))

    assert fact.parts.skills == 44.1
