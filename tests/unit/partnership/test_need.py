"""Needs over their life: posted, amended, withdrawn, expired, and what becomes of their matches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.partnership.commands import AmendNeed, PostNeed, WithdrawNeed
from services.partnership.domain.need import Need
from services.partnership.domain.need_refusals import NotAmendable, NotWithdrawable, NotYourNeed
from services.partnership.domain.need_terms import DetailChanges, NeedChanges
from services.partnership.domain.organization import NotVerified
from services.partnership.handlers import need as handlers
from shared.contracts.ids import new_id
from shared.contracts.partnership import MatchExpired, NeedAmended, NeedExpired, NeedPosted, NeedWithdrawn
from tests.unit.partnership.alliance import LINES, Alliance, terms


async def withdraw(alliance: Alliance, need: Need, by: str | None = None) -> Need:
    command = WithdrawNeed(need_id=need.id, organization_id=by or need.organization_id, reason="budget cut")
    withdrawn: Need = await alliance.do(handlers.withdraw_need, command)
    return withdrawn


async def amend(alliance: Alliance, need: Need, changes: NeedChanges, **details: object) -> Need:
    command = AmendNeed(
        need_id=need.id,
        organization_id=need.organization_id,
        changes=changes,
        details=DetailChanges(**details),
    )
    amended: Need = await alliance.do(handlers.amend_need, command)
    return amended


async def test_a_posted_need_is_its_storys_root(alliance: Alliance) -> None:
    need = await alliance.post()

    assert (need.status, need.story, need.version) == ("posted", need.id, 1)
    assert [type(fact) for fact in alliance.facts_of(need.id)] == [NeedPosted]


async def test_only_a_verified_organisation_posts_needs(alliance: Alliance) -> None:
    command = PostNeed(need_id=new_id("need"), organization_id=new_id("organization"), terms=terms())

    with pytest.raises(NotVerified):
        await alliance.do(handlers.post_need, command)


async def test_an_amended_need_tells_the_whole_of_itself(alliance: Alliance) -> None:
    need = await alliance.post()

    await amend(alliance, need, NeedChanges(region_code="500101"), title="Line maintenance")

    fact = alliance.facts_of(need.id)[-1]
    assert isinstance(fact, NeedAmended)
    assert (fact.region_code, fact.title, len(fact.lines), fact.budget_fen) == ("500101", "Line maintenance", 3, 100)


async def test_a_match_of_a_line_that_is_gone_or_of_another_kind_expires_when_its_need_is_amended(
    alliance: Alliance,
) -> None:
    need = await alliance.post()
    kept, gone, other = [await alliance.proposed(need, line_no) for line_no in (1, 2, 3)]

    await amend(alliance, need, NeedChanges(lines=(LINES[0], replace(LINES[2], kind="technician_supply"))))

    statuses = [alliance.match(match.id).status for match in (kept, gone, other)]
    assert statuses == ["proposed", "expired", "expired"]


async def test_a_matched_need_cannot_be_amended(alliance: Alliance) -> None:
    need = await alliance.post()
    await alliance.confirmed(need)

    with pytest.raises(NotAmendable):
        await amend(alliance, need, NeedChanges(region_code="500101"))


async def test_a_withdrawn_need_takes_its_matches_with_it(alliance: Alliance) -> None:
    need = await alliance.post()
    match = await alliance.proposed(need)

    withdrawn = await withdraw(alliance, need)

    expired = alliance.facts_of(match.id)[-1]
    assert (withdrawn.status, type(alliance.facts_of(need.id)[-1])) == ("withdrawn", NeedWithdrawn)
    assert isinstance(expired, MatchExpired)
    assert expired.reason == "need_closed"


async def test_nothing_can_come_of_a_confirmed_match_whose_need_is_withdrawn(alliance: Alliance) -> None:
    need = await alliance.post()
    match = await alliance.confirmed(need)

    await withdraw(alliance, need)

    assert alliance.match(match.id).status == "expired"


async def test_whom_a_need_names_cannot_withdraw_it(alliance: Alliance) -> None:
    need = await alliance.post()

    with pytest.raises(NotYourNeed):
        await withdraw(alliance, need, by=alliance.university)


async def test_a_contracted_need_cannot_be_withdrawn(alliance: Alliance) -> None:
    need = await alliance.post()
    await alliance.signed(await alliance.confirmed(need))

    with pytest.raises(NotWithdrawable):
        await withdraw(alliance, need)


async def test_a_need_expires_when_its_time_is_over(alliance: Alliance) -> None:
    need = await alliance.post(expires_at=alliance.at + timedelta(days=1))
    match = await alliance.proposed(need)
    alliance.later(days=1)

    await alliance.do(handlers.expire_need, need.id)

    assert [type(fact) for fact in alliance.facts_of(need.id)] == [NeedPosted, NeedExpired]
    assert alliance.match(match.id).status == "expired"


async def test_a_need_that_was_met_in_the_meantime_does_not_expire(alliance: Alliance) -> None:
    need = await alliance.post(expires_at=alliance.at + timedelta(days=1))
    await alliance.signed(await alliance.confirmed(need))
    alliance.later(days=1)

    await alliance.do(handlers.expire_need, need.id)

    assert alliance.need(need.id).status == "contracted"
