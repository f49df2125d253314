"""An approval goes step by step, each by those whose it is, and counts for what was approved alone."""

from dataclasses import replace
from typing import Any

import pytest

from shared.approvals.case import ApprovalCase, ApprovalStatus, Cause
from shared.approvals.refusals import (
    ApprovalOver,
    DecidedBefore,
    NotYourStep,
    OwnRequest,
    PersonMissing,
    ReasonMissing,
    StepOver,
)
from shared.approvals.step import Step, Verdict
from shared.documents.signing.parties import person, role_in
from shared.errors import Refusal
from tests.unit.approvals.cases import (
    AS_DEAN,
    AS_VICE,
    ASKER,
    DEAN,
    OFFICE,
    OFFICER,
    STEPS,
    UNIVERSITY,
    VICE,
    VICE_ACTS,
    asked,
    decided,
)

BY_OFFICE: dict[str, Any] = {"by": OFFICER, "parties": OFFICE}
BY_VICE: dict[str, Any] = {"by": VICE_ACTS, "parties": AS_VICE}
NO = {"verdict": Verdict.REFUSED, "reason": "the term is too short"}


def approved() -> ApprovalCase:
    """An approval of all three steps."""
    return decided(decided(decided(asked(), 1)[0], 2, **BY_OFFICE)[0], 3, **BY_VICE)[0]


def test_it_passes_from_step_to_step_and_is_approved_by_the_last() -> None:
    first = asked()
    second, told_of_first = decided(first, 1)
    third, _ = decided(second, 2, **BY_OFFICE)

    last, told_of_last = decided(third, 3, **BY_VICE)

    turns = [case.turn for case in (first, second, third, last)]
    assert turns == [person(DEAN), role_in("university_academic_office", UNIVERSITY), person(VICE), None]
    assert (told_of_first, told_of_last) == (["step_decided"], ["step_decided", "decided"])
    assert (last.status, last.step, last.is_live) == (ApprovalStatus.APPROVED, 3, True)


def test_a_refusal_ends_it_and_makes_room_for_another() -> None:
    refused, told = decided(decided(asked(), 1)[0], 2, **BY_OFFICE, **NO)

    assert (refused.status, refused.step, refused.standing, told) == ("refused", 2, None, ["step_decided", "decided"])
    assert refused.decisions[-1].reason == "the term is too short"


@pytest.mark.parametrize(
    ("case", "step", "fields", "refusal"),
    [
        (asked(), 1, BY_OFFICE, NotYourStep),
        (asked(), 1, {"parties": {person(DEAN)}}, NotYourStep),
        (asked(), 1, {"parties": {role_in("teacher", UNIVERSITY)}}, NotYourStep),
        (asked(), 2, BY_OFFICE, StepOver),
        (decided(asked(), 1)[0], 1, {}, StepOver),
        (asked(), 1, {"verdict": Verdict.REFUSED}, ReasonMissing),
        (replace(asked(), asked_by=f"university_hr:{DEAN}"), 1, {}, OwnRequest),
        (approved(), 3, BY_VICE, ApprovalOver),
    ],
)
def test_who_may_not_decide_is_told_why(
    case: ApprovalCase, step: int, fields: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as told:
        decided(case, step, **fields)

    assert "{" not in told.value.say("zh") + told.value.say("en")


def two_of_the_office(*, several_steps: bool) -> ApprovalCase:
    """The office at both steps; one of it has decided the first."""
    office = (STEPS[1], replace(STEPS[1], name_zh="教务处长"))
    return decided(asked(*office, several_steps=several_steps), 1, **BY_OFFICE)[0]


def test_one_person_decides_one_step() -> None:
    with pytest.raises(DecidedBefore):
        decided(two_of_the_office(several_steps=False), 2, **BY_OFFICE)


def test_in_whichever_role_it_is_the_same_person() -> None:
    with pytest.raises(DecidedBefore):
        decided(two_of_the_office(several_steps=False), 2, by="university_hr:per_officer", parties=OFFICE)


def test_where_the_chain_says_so_one_person_decides_several() -> None:
    last, _ = decided(two_of_the_office(several_steps=True), 2, **BY_OFFICE)

    assert last.status is ApprovalStatus.APPROVED


def test_nobody_approves_their_own_request_even_where_one_person_decides_several() -> None:
    case = asked(STEPS[1], several_steps=True)

    with pytest.raises(OwnRequest):
        decided(case, 1, by=ASKER.replace("university_coop_office", "university_academic_office"), parties=OFFICE)


def test_what_is_void_or_withdrawn_or_used_makes_room() -> None:
    ended = [approved().void(Cause.OBJECT_CHANGED)[0], approved().withdraw()[0], approved().use()]

    assert [(case.status, case.standing, case.is_live) for case in ended] == [
        ("void", None, False),
        ("withdrawn", None, False),
        ("used", None, False),
    ]


def test_what_is_over_is_not_withdrawn() -> None:
    with pytest.raises(ApprovalOver):
        approved().use().withdraw()


def test_a_step_for_all_teachers_would_be_nobodys() -> None:
    with pytest.raises(PersonMissing):
        Step(name_zh="二级学院", role="teacher")


def test_it_is_its_organisation_s_and_of_those_whom_it_names() -> None:
    assert asked().owners == {UNIVERSITY, DEAN, VICE}


def test_what_is_told_names_no_person_who_decided_and_no_reason() -> None:
    refused, facts = asked().decide(
        1, Verdict.REFUSED, by="teacher:tch_secret", parties=AS_DEAN, at=asked().asked_at, reason="not so"
    )

    told = " ".join(fact.model_dump_json() for fact in (*facts, refused.state()))
    assert "tch_secret" not in told
    assert "not so" not in told
