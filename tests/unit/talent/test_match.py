"""A match was answered: the record of the partner, and who comes next."""

from services.talent.handlers.demand import look_again, weigh_need
from services.talent.handlers.match import confirm, miss
from shared.contracts import partnership
from shared.contracts.partnership import MatchConfirmed, MatchDeclined, MatchExpired
from tests.unit.talent.town import Town
from tests.unit.talent.world import ENTERPRISE, NEED, NOW, UNIVERSITY, named, posted, programme


async def matched(town: Town) -> dict[str, object]:
    """A town in which a need is posted; what every event of its first programme's match says."""
    town.know(programme(1))
    await town.hear(weigh_need, posted())
    return {
        "match_id": (await town.proposals())[programme(1).id].id,
        "need_id": NEED,
        "line_no": 1,
        "need_organization_id": ENTERPRISE,
        "candidate": partnership.Candidate(kind="programme", id=programme(1).id, organization_id=UNIVERSITY),
    }


async def record(town: Town) -> tuple[int, int] | None:
    found = await town.work().records.find(UNIVERSITY)
    return (found.confirmed, found.answered) if found else None


async def test_a_confirmed_match_counts_for_the_partner_and_frees_its_place() -> None:
    town = Town()
    match = await matched(town)

    await town.hear(confirm, MatchConfirmed(**match))

    assert await record(town) == (1, 1)
    assert (await town.proposals())[programme(1).id].status == "closed"


async def test_a_declined_match_counts_against_the_partner_and_the_next_in_rank_is_proposed() -> None:
    town = Town()
    match = await matched(town)
    town.know(programme(2))

    await town.hear(miss, MatchDeclined(**match, declined_by_id=UNIVERSITY, reason="full"))
    assert (await town.work().demands.get(NEED)).look_again_at == NOW
    [fact] = await town.hear(look_again, NEED)

    assert await record(town) == (0, 1)
    assert fact.candidate.id == programme(2).id


async def test_a_match_that_nobody_answered_counts_against_the_partner() -> None:
    town = Town()
    match = await matched(town)

    await town.hear(miss, MatchExpired(**match, reason="not_answered"))

    assert await record(town) == (0, 1)


async def test_a_match_that_ended_with_its_need_says_nothing_about_the_partner() -> None:
    town = Town()
    match = await matched(town)

    await town.hear(miss, MatchExpired(**match, reason="need_closed"))

    assert await record(town) is None


async def test_several_answers_add_up() -> None:
    town = Town()
    match = await matched(town)
    await town.hear(confirm, MatchConfirmed(**match))

    await town.hear(miss, MatchDeclined(**match, declined_by_id=ENTERPRISE, reason="too far"))

    assert await record(town) == (1, 2)


async def test_a_match_that_talent_never_proposed_is_passed_over() -> None:
    town = Town()
    match = {**await matched(town), "match_id": named("mat", 9)}

    await town.hear(confirm, MatchConfirmed(**match))

    assert await record(town) is None
