"""Matches: kept under talent's id, accepted by both sides, declined, dropped, expired."""

from datetime import UTC, datetime

import pytest

from services.partnership.commands import DeclineMatch
from services.partnership.domain.match import Match
from services.partnership.domain.match_refusals import AnsweredTooLate, MatchAgreed, NotPending, NotYourSide
from services.partnership.handlers import match as handlers
from shared.contracts.ids import new_id
from shared.contracts.partnership import Candidate, MatchAccepted, MatchConfirmed, MatchDeclined, MatchExpired
from shared.contracts.talent import MatchDropped
from shared.kernel.work import NotYet
from tests.unit.partnership.alliance import COOP_OFFICE, ENTERPRISE_ADMIN, Alliance


async def decline(alliance: Alliance, match: Match) -> None:
    command = DeclineMatch(
        match_id=match.id, organization_id=alliance.university, roles=COOP_OFFICE, reason="no teachers"
    )
    await alliance.do(handlers.decline_match, command)


async def drop(alliance: Alliance, match: Match) -> None:
    event = MatchDropped(match_id=match.id, need_id=match.need_id, line_no=match.line_no, reason="skills changed")
    await alliance.do(handlers.drop_proposal, event)


async def test_a_proposal_is_kept_under_talents_id_and_belongs_to_the_needs_story(alliance: Alliance) -> None:
    need = await alliance.post()

    match = await alliance.proposed(need)

    assert (match.status, match.story, match.scored.score) == ("proposed", need.id, 80.0)
    assert alliance.need(need.id).status == "matching"


async def test_a_proposal_stands_to_the_end_of_its_fourteenth_day(alliance: Alliance) -> None:
    match = await alliance.proposed(await alliance.post())

    assert match.expires_at == datetime(2026, 9, 15, 16, tzinfo=UTC)


async def test_a_later_version_of_a_proposal_changes_its_score(alliance: Alliance) -> None:
    need = await alliance.post()
    match = await alliance.proposed(need)

    again = await alliance.proposed(need, match_id=match.id, score=61.5, candidate=match.candidate)

    assert (again.scored.score, again.version) == (61.5, 2)


async def test_what_one_side_accepted_keeps_the_score_that_it_saw(alliance: Alliance) -> None:
    need = await alliance.post()
    match = await alliance.proposed(need)
    await alliance.accept(match, alliance.enterprise, ENTERPRISE_ADMIN)

    again = await alliance.proposed(need, match_id=match.id, score=61.5, candidate=match.candidate)

    assert again.scored.score == 80.0


async def test_a_proposal_for_a_closed_need_is_passed_over(alliance: Alliance) -> None:
    need = await alliance.post()
    event = alliance.proposal(need, line_no=9)

    await alliance.do(handlers.keep_proposal, event)

    assert event.match_id not in alliance.store.rows.get("match", {})


async def test_a_proposal_waits_while_ten_are_pending_on_its_line(alliance: Alliance) -> None:
    need = await alliance.post()
    matches = [await alliance.proposed(need) for _ in range(10)]
    eleventh = alliance.proposal(need)
    with pytest.raises(NotYet):
        await alliance.do(handlers.keep_proposal, eleventh)

    await drop(alliance, matches[0])
    await alliance.do(handlers.keep_proposal, eleventh)

    assert alliance.match(eleventh.match_id).status == "proposed"


async def test_a_match_is_confirmed_by_both_sides_and_matches_its_line(alliance: Alliance) -> None:
    need = await alliance.post()

    match = await alliance.confirmed(need)

    assert [type(fact) for fact in alliance.facts_of(match.id)] == [MatchAccepted, MatchConfirmed]
    kept = alliance.need(need.id)
    assert (kept.status, [line.status for line in kept.lines]) == ("matched", ["matched", "open", "open"])


async def test_its_state_says_whose_answer_is_waited_for(alliance: Alliance) -> None:
    match = await alliance.proposed(await alliance.post())
    accepted = await alliance.accept(match, alliance.enterprise, ENTERPRISE_ADMIN)
    confirmed = await alliance.accept(match, alliance.university, COOP_OFFICE)

    waited_for = [each.state().pending_organization_ids for each in (match, accepted, confirmed)]

    assert waited_for == [[alliance.enterprise, alliance.university], [alliance.university], None]


async def test_accepting_twice_is_accepting_once(alliance: Alliance) -> None:
    match = await alliance.proposed(await alliance.post())
    once = await alliance.accept(match, alliance.enterprise, ENTERPRISE_ADMIN)

    twice = await alliance.accept(match, alliance.enterprise, ENTERPRISE_ADMIN)

    assert twice == once
    assert len(alliance.facts_of(match.id)) == 1


@pytest.mark.parametrize(
    ("kind", "role"),
    [("programme", "university_coop_office"), ("base", "base_operator"), ("teacher", "university_hr")],
)
async def test_the_candidates_side_is_the_office_that_answers_for_its_kind(
    alliance: Alliance, kind: str, role: str
) -> None:
    candidate = Candidate(kind=kind, id=new_id(kind), organization_id=alliance.university)
    match = await alliance.proposed(await alliance.post(), candidate=candidate)

    accepted = await alliance.accept(match, alliance.university, frozenset({role}))

    assert [acceptance.side for acceptance in accepted.acceptances] == ["candidate"]


@pytest.mark.parametrize("role", ["university_academic_office", "enterprise_admin", "university_hr"])
async def test_another_office_does_not_answer_for_a_programme(alliance: Alliance, role: str) -> None:
    match = await alliance.proposed(await alliance.post())

    with pytest.raises(NotYourSide):
        await alliance.accept(match, alliance.university, frozenset({role}))


async def test_an_offer_is_not_accepted_after_its_time(alliance: Alliance) -> None:
    match = await alliance.proposed(await alliance.post())
    alliance.later(days=15)

    with pytest.raises(AnsweredTooLate):
        await alliance.accept(match, alliance.enterprise, ENTERPRISE_ADMIN)


async def test_a_declined_match_stays_declined(alliance: Alliance) -> None:
    match = await alliance.proposed(await alliance.post())
    await decline(alliance, match)

    with pytest.raises(NotPending):
        await alliance.accept(match, alliance.enterprise, ENTERPRISE_ADMIN)

    assert [type(fact) for fact in alliance.facts_of(match.id)] == [MatchDeclined]


async def test_a_line_is_open_again_when_its_last_confirmed_match_is_declined(alliance: Alliance) -> None:
    need = await alliance.post()
    first, last = await alliance.confirmed(need), await alliance.confirmed(need)

    await decline(alliance, first)
    assert alliance.need(need.id).status == "matched"
    await decline(alliance, last)

    kept = alliance.need(need.id)
    assert (kept.status, kept.lines[0].status) == ("matching", "open")


async def test_a_match_that_an_agreement_carries_out_is_not_declined(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post())
    await alliance.submitted(match)

    with pytest.raises(MatchAgreed):
        await decline(alliance, match)


async def test_a_dropped_proposal_expires(alliance: Alliance) -> None:
    match = await alliance.proposed(await alliance.post())

    await drop(alliance, match)

    assert [type(fact) for fact in alliance.facts_of(match.id)] == [MatchExpired]


async def test_what_both_sides_confirmed_outlives_a_drop(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post())

    await drop(alliance, match)

    assert alliance.match(match.id).status == "confirmed"


async def test_a_match_that_nobody_answered_expires(alliance: Alliance) -> None:
    match = await alliance.proposed(await alliance.post())
    await alliance.accept(match, alliance.enterprise, ENTERPRISE_ADMIN)
    alliance.later(days=15)

    await alliance.do(handlers.expire_match, match.id)

    fact = alliance.facts_of(match.id)[-1]
    assert isinstance(fact, MatchExpired)
    assert fact.reason == "not_answered"


async def test_a_match_that_was_answered_in_the_meantime_does_not_expire(alliance: Alliance) -> None:
    match = await alliance.confirmed(await alliance.post())
    alliance.later(days=15)

    await alliance.do(handlers.expire_match, match.id)

    assert alliance.match(match.id).status == "confirmed"
