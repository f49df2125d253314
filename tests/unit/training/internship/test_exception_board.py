"""What a coordinator is shown of placements, and what is filed of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.training.domain.internship.exception_board import ExceptionKind, PlacementException, exception_of
from services.training.domain.internship.filing import COLUMNS, filed
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_papers import NO_PAPERS
from services.training.domain.internship.placement_terms import InternshipKind, TerminationRequest
from services.training.domain.internship.post_terms import BarredGroup
from tests.unit.training.internship.interns import LAST, Interns
from tests.unit.training.internship.workshop import TERMS

SOON = timedelta(days=14)


def matter(interns: Interns, one: Placement, *weeks: date, on: date | None = None) -> PlacementException:
    decision = interns.decision(one) if one.judgement else None
    return exception_of(one, decision, weeks, on=on or interns.college.today, soon=SOON)


@pytest.fixture
async def interns() -> Interns:
    return await Interns().open()


async def test_where_all_is_well_nothing_is_the_matter(interns: Interns) -> None:
    assert matter(interns, await interns.approved()).kinds == ()


async def test_a_blocked_placement_shows_what_refuses_it(interns: Interns) -> None:
    await interns.approved()

    exception = matter(interns, await interns.checked())

    assert exception.kinds == (ExceptionKind.BLOCKED,)
    assert [finding.rule for finding in exception.findings if finding.refuses] == ["INT-04"]


async def test_what_is_not_known_names_who_can_say_it(interns: Interns) -> None:
    unborn = await interns.check(await interns.ready(await interns.student(birth_date=None)))

    exception = matter(interns, unborn)

    givers = {missing.giver for finding in exception.findings for missing in finding.missing}
    assert ExceptionKind.FACT_MISSING in exception.kinds
    assert "university_academic_office" in givers


async def test_papers_that_nobody_handed_in_are_named(interns: Interns) -> None:
    planned = await interns.planned()
    cognition = replace(planned, internship_kind=InternshipKind.COGNITION)

    assert matter(interns, planned).missing_papers == ("tripartite_agreement", "insurance", "safety_training")
    assert matter(interns, cognition).missing_papers == ("insurance", "safety_training")
    assert matter(interns, planned).kinds == (ExceptionKind.PAPER_MISSING,)


async def test_it_is_late_it_ends_soon_and_somebody_wants_to_leave(interns: Interns) -> None:
    ongoing = await interns.ongoing()
    request = TerminationRequest(requested_on=LAST, reason="too far from home")

    exception = matter(interns, replace(ongoing, termination_request=request), date(2026, 9, 7), on=LAST - SOON)

    assert exception.kinds == (
        ExceptionKind.LOG_OVERDUE,
        ExceptionKind.ENDS_SOON,
        ExceptionKind.TERMINATION_REQUESTED,
    )
    assert matter(interns, ongoing, on=LAST - SOON - timedelta(days=1)).kinds == ()


async def test_the_filing_has_the_columns_of_the_public_form(interns: Interns) -> None:
    approved = await interns.approved()

    line = dict(zip(COLUMNS, filed(approved, interns.decision(approved)), strict=True))

    yes = {column for column, value in line.items() if value == "1"}
    assert yes == {"RelevantType", "IsPlan", "IsEducation", "IsGuarantee", "IsWarning", "IsAdult"}
    assert line["EnterpriseSource"] == "学校安排"
    assert "" not in line.values()


async def test_what_is_wrong_is_filed_as_it_is() -> None:
    conditions = replace(TERMS.conditions, barred_to=(BarredGroup.WOMEN,), through_intermediary=True)
    other = await Interns().open(replace(TERMS, conditions=conditions), fitters=4)
    blocked = await other.check(await other.ready(await other.student(study_year=1)))

    line = dict(zip(COLUMNS, filed(blocked, other.decision(blocked)), strict=True))

    yes = {column for column, value in line.items() if value == "1"}
    assert {"IsWomenTaboo", "IsIntermediary", "IsGradeOne", "IsPNumber"} <= yes
    assert line["IsENumber"] == "0"


async def test_what_was_never_judged_is_filed_as_not_known(interns: Interns) -> None:
    planned = replace(await interns.planned(), papers=NO_PAPERS)

    line = dict(zip(COLUMNS, filed(planned, None), strict=True))

    assert {column for column, value in line.items() if value == ""} == set(COLUMNS) - {
        "IsPlan",
        "IsEducation",
        "IsWarning",
        "EnterpriseSource",
    }
