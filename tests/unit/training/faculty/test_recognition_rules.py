"""Validity and publicity, equivalents and rechecks (TCH-08, TCH-10, TCH-11), judged by the packs that ship."""

from datetime import date

import pytest
from pydantic import ValidationError

from services.training.domain.faculty.recognition_rules.equivalence import EquivalenceFacts, equivalence_is_judged
from services.training.domain.faculty.recognition_rules.facts import (
    CommitteeWord,
    Dimension,
    EvidenceFact,
    Level,
    Route,
)
from services.training.domain.faculty.recognition_rules.recheck import (
    CauseKind,
    RecheckFacts,
    Withdrawal,
    recheck_is_not_due,
)
from services.training.domain.faculty.recognition_rules.validity import (
    ValidityFacts,
    holds_no_longer_than_allowed,
    last_day_of_validity,
    reminded_on,
)
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.faculty.dossier import GOOD
from tests.unit.training.faculty.recognising import DAY, OPENED, asked


def test_a_level_is_valid_for_five_years_and_no_day_more() -> None:
    facts = {"levels": (Level.JUNIOR,), "publicity_starts_on": OPENED, "publicity_ends_on": OPENED + 6 * DAY}
    starts_on = date(2026, 10, 1)

    verdicts = [
        holds_no_longer_than_allowed(ValidityFacts(**facts, starts_on=starts_on, ends_on=last), asked()).case
        for last in (date(2031, 9, 30), date(2031, 10, 1))
    ]

    assert verdicts == ["", "validity"]


def test_publicity_lasts_its_days_both_ends_included() -> None:
    cases = [
        holds_no_longer_than_allowed(
            ValidityFacts(levels=(Level.JUNIOR,), publicity_starts_on=OPENED, publicity_ends_on=OPENED + days * DAY),
            asked(),
        ).case
        for days in (5, 6)
    ]

    assert cases == ["publicity", "unknown"]


def test_publicity_that_nobody_has_set_is_unknown() -> None:
    finding = holds_no_longer_than_allowed(ValidityFacts(levels=(Level.JUNIOR,)), asked())

    assert [fact.fact for fact in finding.missing] == ["publicity"]


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 10, 1), 60, date(2031, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_validity(first: date, months: int, last: date) -> None:
    assert last_day_of_validity(first, months) == last


def test_a_reminder_comes_180_days_before_the_end_the_last_day_included() -> None:
    ends_on = date(2031, 9, 30)

    assert (ends_on - reminded_on(ends_on, shipped_rule("training", "TCH-08"))).days + 1 == 180


def test_years_of_service_stand_for_nothing() -> None:
    evidence = (EvidenceFact(evidence_id="q", dimension=Dimension.QUALIFICATION, route=Route.EQUIVALENT,
                             seniority=True, verified=True),)  # fmt: skip
    words = (CommitteeWord(subject="q", satisfied=True),)

    finding = equivalence_is_judged(EquivalenceFacts(evidence=evidence, words=words), asked())

    assert (finding.case, finding.refuses) == ("seniority", True)


@pytest.mark.parametrize(("satisfied", "verdict"), [(None, "unknown"), (True, "pass"), (False, "pass")])
@pytest.mark.parametrize("route", [Route.EQUIVALENT, Route.EXCEPTION])
def test_every_equivalent_and_exception_goes_to_the_committee(
    route: Route, satisfied: bool | None, verdict: str
) -> None:
    evidence = (*GOOD, EvidenceFact(evidence_id="q", dimension=Dimension.AWARD, route=route, verified=True))
    words = () if satisfied is None else (CommitteeWord(subject="q", satisfied=satisfied),)

    assert equivalence_is_judged(EquivalenceFacts(evidence=evidence, words=words), asked()).verdict == verdict


def recheck(on: date = OPENED, **more: object) -> str:
    gone = Withdrawal(source_id="prc_1", kind=CauseKind.PRACTICE_REVOKED, withdrawn_on=OPENED)
    facts = {"starts_on": OPENED - DAY, "ends_on": OPENED + DAY, "sources": ("prc_1",), "withdrawals": (gone,), **more}
    return recheck_is_not_due(RecheckFacts.model_validate(facts), asked(on)).verdict.value


def test_a_source_that_was_taken_back_opens_one_recheck() -> None:
    assert recheck() == "fail"
    assert recheck(opened_for=("prc_1",)) == "pass"


def test_a_recheck_is_for_recognitions_in_force_and_their_own_evidence() -> None:
    assert recheck(sources=("prc_2",)) == "pass"
    assert recheck(ended_on=OPENED) == "pass"
    assert recheck(on=OPENED + 2 * DAY) == "pass"
    assert recheck(on=OPENED - DAY) == "pass"
    assert recheck(sources=None) == "unknown"


def test_a_stretch_that_ends_before_it_starts_is_no_validity() -> None:
    with pytest.raises(ValidationError, match="ends_on is before starts_on"):
        ValidityFacts(levels=(Level.JUNIOR,), starts_on=date(2031, 1, 8), ends_on=date(2026, 1, 8))
