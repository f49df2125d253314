"""The checker of quotas: places, seats and balances that do not add up are counted."""

from typing import Any

from tests.failures.campaign.checks.quotas import check_accounts, check_askers, check_classes, check_lines, check_seats
from tests.failures.campaign.harm import Harm
from tests.unit.campaign.histories import done, journal, refused

COHORT = {"id": "coh_1", "planned": 1, "enrolled": 1}
PLACE = {"cohort_id": "coh_1", "student_id": "stu_1"}
SEATS = {"id": "seat_1", "seats": 1, "taken": 1, "holder_ids": ["tch_1"]}
PRACTICE = {"seats_id": "seat_1", "teacher_id": "tch_1", "status": "approved"}
ACCOUNT = {"id": "acc_1", "balance": 8, "entry_count": 1}
ENTRY = {
    "id": "acc_1/1",
    "account_id": "acc_1",
    "number": 1,
    "half_credits": 8,
    "balance_after": 8,
    "conversion_id": "cnv_1",
    "entry_type": "convert",
}
CONVERSION = {"id": "cnv_1", "account_id": "acc_1", "half_credits": 8, "status": "posted"}


def classes(*enrolments: dict[str, Any], **changes: Any) -> Harm:
    harm = Harm()
    check_classes([{**COHORT, **changes}], enrolments, harm)
    return harm


def seats(*practices: dict[str, Any], **changes: Any) -> Harm:
    harm = Harm()
    check_seats([{**SEATS, **changes}], practices, harm)
    return harm


def accounts(*ledger: dict[str, Any], status: str = "posted", **changes: Any) -> Harm:
    harm = Harm()
    check_accounts([{**ACCOUNT, **changes}], ledger, [{**CONVERSION, "status": status}], harm)
    return harm


def test_a_full_class_is_no_harm() -> None:
    assert classes(PLACE).none


def test_more_students_than_places_violate_the_quota() -> None:
    assert classes(PLACE, {**PLACE, "student_id": "stu_2"}, enrolled=2).counts == {"violated": 1}


def test_a_class_that_counts_otherwise_than_it_sits_is_violated() -> None:
    assert classes(PLACE, enrolled=0).counts == {"violated": 1}


def test_a_granted_place_that_is_not_there_is_lost_and_one_that_was_refused_violated() -> None:
    harm = Harm()
    asked = [
        done("enrol", "coh_1", facts={"students": ("stu_1",)}),
        refused("enrol", "coh_1", facts={"students": ("stu_2",)}),
    ]
    check_askers(journal(*asked), [{**PLACE, "student_id": "stu_2"}], harm)

    assert harm.counts == {"lost": 1, "violated": 1}


def test_a_seat_with_its_holder_is_no_harm() -> None:
    assert seats(PRACTICE).none


def test_more_holders_than_seats_violate_the_quota() -> None:
    both = [PRACTICE, {**PRACTICE, "teacher_id": "tch_2"}]

    assert seats(*both, taken=2, holder_ids=["tch_1", "tch_2"]).counts == {"violated": 1}


def test_an_approved_practice_without_a_seat_is_violated() -> None:
    assert seats(PRACTICE, {**PRACTICE, "teacher_id": "tch_2"}).counts == {"violated": 1}


def test_a_balance_that_is_its_ledger_and_its_conversions_is_no_harm() -> None:
    assert accounts(ENTRY).none


def test_a_balance_that_is_not_what_was_converted_is_violated() -> None:
    assert accounts(ENTRY, balance=16).counts == {"violated": 1}


def test_a_conversion_that_was_entered_twice_is_violated_everywhere() -> None:
    again = {**ENTRY, "id": "acc_1/2", "number": 2, "balance_after": 16}

    assert accounts(ENTRY, again, balance=16, entry_count=2).counts == {"violated": 2}


def test_a_reversal_that_the_ledger_does_not_have_is_violated_everywhere() -> None:
    assert accounts(ENTRY, status="reversed").counts == {"violated": 2}


def test_eleven_pending_matches_of_one_line_are_one_too_many() -> None:
    harm = Harm()
    check_lines([{"need_id": "need_1", "line_no": 1, "status": "proposed"}] * 11, harm)

    assert harm.counts == {"violated": 1}
