"""A round of signatures: who may sign when, what completes it, and what takes it away."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.training import (
    SigningCompleted,
    SigningGiven,
    SigningReminded,
    SigningRequested,
    SigningVoided,
)
from shared.documents.document import DocumentNoLongerStands
from shared.documents.signing.refusals import (
    DueAlready,
    NoAccount,
    NotASigner,
    NotYourTurn,
    OtherBytes,
    PartySigned,
    RoundOver,
)
from shared.documents.signing.round import SigningRound
from shared.documents.signing.signature import How
from shared.documents.signing.terms import Cause, RoundStatus
from tests.fakes import NOON
from tests.unit.signing.papers import (
    ALL,
    ENTERPRISE,
    GUARDIAN,
    INTERN,
    SCHOOL,
    SHA,
    STUDENT,
    UNIT,
    UNIVERSITY,
    asked,
    signature,
    terms,
)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def test_all_are_asked_at_once_where_the_order_is_free() -> None:
    _, fact = SigningRound.request("sgn_01K4Z0000000000000000000AA", terms(), at=NOON)

    assert isinstance(fact, SigningRequested)
    assert (fact.pending_parties, fact.asked_parties) == (list(ALL), list(ALL))


def test_only_the_first_is_asked_where_the_order_is_fixed() -> None:
    _, fact = SigningRound.request("sgn_01K4Z0000000000000000000AA", terms(ordered=True), at=NOON)

    assert isinstance(fact, SigningRequested)
    assert (fact.pending_parties, fact.asked_parties) == (list(ALL), [SCHOOL])


def test_a_round_belongs_to_whoever_reads_the_document_and_whoever_signs_it() -> None:
    assert asked().owners == {UNIVERSITY, ENTERPRISE, STUDENT}


@pytest.mark.parametrize("status", ["voided", "erased"])
def test_what_no_longer_stands_is_put_out_for_no_signature(status: str) -> None:
    with pytest.raises(DocumentNoLongerStands):
        asked(status=status)


def test_nobody_is_asked_to_have_signed_yesterday() -> None:
    with pytest.raises(DueAlready):
        asked(due_on=date(2026, 8, 31))


@given(order=st.permutations(ALL))
def test_in_a_free_order_every_order_completes_the_round(order: list[str]) -> None:
    at_hand, told = asked(), []
    for party in order:
        at_hand, facts = at_hand.sign(signature(party))
        told += facts

    assert [type(fact) for fact in told] == [SigningGiven] * 4 + [SigningCompleted]
    assert (at_hand.status, at_hand.pending) == (RoundStatus.COMPLETE, ())
    assert all(fact.asked_parties == [] for fact in told), "nobody is asked a second time"


@given(order=st.permutations(ALL), tried=st.permutations(ALL))
def test_in_a_fixed_order_only_that_order_passes(order: list[str], tried: list[str]) -> None:
    at_hand, passed = asked(*order, ordered=True), []
    for party in tried:
        if at_hand.turn == (party,):
            at_hand, facts = at_hand.sign(signature(party))
            passed.append(party)
            given: Any = facts[0]
            assert given.asked_parties == order[len(passed) : len(passed) + 1]
        else:
            with pytest.raises(NotYourTurn):
                at_hand.sign(signature(party))

    assert passed == order[: len(passed)]
    assert (at_hand.status is RoundStatus.COMPLETE) == (passed == order)


def test_a_party_signs_once() -> None:
    once, _ = asked().sign(signature(INTERN))

    with pytest.raises(PartySigned):
        once.sign(signature(INTERN, hours=2))


def test_a_stranger_does_not_sign() -> None:
    with pytest.raises(NotASigner):
        asked(SCHOOL, UNIT).sign(signature(INTERN))


def test_a_signature_is_on_the_very_bytes() -> None:
    with pytest.raises(OtherBytes):
        asked().sign(signature(INTERN, sha256=SHA[::-1]))


def test_a_guardian_has_no_account() -> None:
    with pytest.raises(NoAccount):
        asked().sign(signature(GUARDIAN, how=How.ACCOUNT))


def test_what_is_complete_takes_no_further_signature() -> None:
    complete, _ = asked(INTERN).sign(signature(INTERN))

    with pytest.raises(RoundOver):
        complete.sign(signature(INTERN))


def test_somebody_who_is_several_parties_signs_as_the_one_whose_turn_it_is() -> None:
    once, _ = asked(SCHOOL, UNIT, ordered=True).sign(signature(SCHOOL))

    assert once.party_of({SCHOOL, UNIT, "person:per_1"}) == UNIT


def test_somebody_who_has_signed_is_still_known_as_a_signer() -> None:
    once, _ = asked(SCHOOL, UNIT).sign(signature(SCHOOL))

    assert once.party_of({SCHOOL}) == SCHOOL


def test_somebody_who_is_no_party_is_told_so() -> None:
    with pytest.raises(NotASigner):
        asked(SCHOOL, UNIT).party_of({INTERN})


@pytest.mark.parametrize("complete", [False, True])
def test_a_voided_document_voids_what_was_signed_on_it(complete: bool) -> None:
    at_hand = asked(INTERN)
    if complete:
        at_hand, _ = at_hand.sign(signature(INTERN))

    void, facts = at_hand.void(Cause.DOCUMENT_VOIDED)

    told: Sequence[Any] = facts
    assert [(type(fact), fact.cause) for fact in told] == [(SigningVoided, "document_voided")]
    assert (void.status, void.turn, void.remind_at) == (RoundStatus.VOID, (), None)


def test_a_round_is_void_once() -> None:
    void, _ = asked().void(Cause.DOCUMENT_VOIDED)

    assert void.void(Cause.DOCUMENT_ERASED) == (void, ())


def test_a_withdrawn_round_takes_no_signature_and_is_not_voided_on_top() -> None:
    withdrawn, fact = asked().withdraw()

    assert isinstance(fact, SigningVoided)
    assert (withdrawn.status, fact.cause) == (RoundStatus.WITHDRAWN, "withdrawn")
    assert withdrawn.void(Cause.DOCUMENT_VOIDED) == (withdrawn, ())
    with pytest.raises(RoundOver):
        withdrawn.sign(signature(INTERN))


def test_what_is_complete_is_not_withdrawn() -> None:
    complete, _ = asked(INTERN).sign(signature(INTERN))

    with pytest.raises(RoundOver):
        complete.withdraw()


def test_nobody_is_reminded_before_the_day() -> None:
    at_hand = asked()

    assert at_hand.remind(at=NOON + days(3) - timedelta(seconds=1)) == (at_hand, ())


def test_those_whose_turn_it_is_are_reminded_step_by_step() -> None:
    at_hand, first = asked(SCHOOL, UNIT, ordered=True).remind(at=NOON + days(3))
    at_hand, second = at_hand.remind(at=NOON + days(7))

    told: Sequence[Any] = (*first, *second)
    assert [type(fact) for fact in told] == [SigningReminded] * 2
    assert [(fact.step, fact.days, fact.asked_parties) for fact in told] == [
        (1, 3, [SCHOOL]),
        (2, 7, [SCHOOL]),
    ]
    assert at_hand.remind_at is None


def test_steps_that_were_slept_through_are_one_reminder() -> None:
    at_hand, facts = asked().remind(at=NOON + days(30))

    told: Sequence[Any] = facts
    assert [(fact.step, fact.days) for fact in told] == [(2, 30)]
    assert at_hand.remind_at is None


def test_whose_turn_has_just_come_is_given_the_same_time() -> None:
    at_hand, _ = asked(SCHOOL, UNIT, ordered=True).sign(signature(SCHOOL, hours=24 * 6))

    assert (at_hand.reminders, at_hand.remind_at) == (0, NOON + days(9))


def test_the_time_of_the_others_goes_on_where_the_order_is_free() -> None:
    at_hand, _ = asked(SCHOOL, UNIT).sign(signature(SCHOOL, hours=24))

    assert at_hand.remind_at == NOON + days(3)


def test_after_the_last_signature_nobody_is_reminded() -> None:
    complete, _ = asked(INTERN).sign(signature(INTERN))

    assert complete.remind(at=NOON + days(30)) == (complete, ())


def test_the_state_says_who_has_signed_and_whose_turn_it_is() -> None:
    at_hand, _ = asked(SCHOOL, UNIT, ordered=True).sign(signature(SCHOOL))
    state = at_hand.state()

    assert (state.status, state.signed_parties, state.asked_parties) == ("open", [SCHOOL], [UNIT])


def test_no_name_travels() -> None:
    at_hand, facts = asked(INTERN).sign(signature(INTERN, signatory="Wang Fang"))

    assert all(b"Wang" not in told.write() for told in (*facts, at_hand.state()))
