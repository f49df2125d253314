"""The papers of an internship: who stands on them, who signs, and until when they are printed."""

from datetime import date
from typing import Any

import pytest

from services.training.domain.internship.internship_paper import (
    ConsentPaper,
    NothingToSign,
    PaperCase,
    TripartitePaper,
)
from services.training.domain.internship.paper_refusals import NoConsentText
from services.training.domain.internship.placement_status import CALLED_OFF, PlacementStatus
from tests.unit.training.college import TODAY, College
from tests.unit.training.internship.intern import Intern, intern

OF_AGE = date(TODAY.year - 18, TODAY.month, TODAY.day)


async def case_of(someone: Intern, **parts: Any) -> PaperCase:
    college, placement = someone.college, await someone.placement
    usual = {
        "placement": placement,
        "student": await college.read("students", someone.student_id),
        "post": await college.read("posts", placement.post_id),
        "organizations": {
            id: await college.read("organizations", id) for id in (college.university, college.enterprise)
        },
        "supervisor": None,
        "mentor": None,
        "texts": (),
    }
    return PaperCase(**{**usual, **parts})


@pytest.mark.parametrize(("birth_date", "guardian"), [(OF_AGE, False), (date(2009, 9, 2), True)])
async def test_a_guardian_signs_for_who_is_not_of_age_on_the_first_day(birth_date: date, guardian: bool) -> None:
    someone = await intern(College(), birth_date=birth_date, status=PlacementStatus.PLANNED)

    paper = TripartitePaper.of(await case_of(someone))

    assert paper.guardian is guardian


async def test_the_agreement_says_what_is_planned_and_names_the_mentor_as_the_school_does() -> None:
    someone = await intern(College(), status=PlacementStatus.PLANNED)
    placement = await someone.placement

    paper = TripartitePaper.of(await case_of(someone, mentor="M-7"))

    assert (paper.days, paper.segments, paper.pay) == (placement.days, placement.segments, placement.pay)
    assert (paper.mentor, paper.supervisor) == ("M-7", None)
    assert paper.title_zh == "学生岗位实习三方协议"


async def test_the_consent_holds_the_newest_edition_of_the_text() -> None:
    someone = await intern(College(), status=PlacementStatus.PLANNED)
    texts = [await someone.publish(text=text) for text in ("一", "二")]

    paper = ConsentPaper.of(await case_of(someone, texts=texts))

    assert (paper.text.edition, paper.text.text, paper.text.digest) == (2, "二", texts[1].digest)


async def test_without_a_text_there_is_nothing_to_consent_to() -> None:
    someone = await intern(College(), status=PlacementStatus.PLANNED)

    with pytest.raises(NoConsentText):
        ConsentPaper.of(await case_of(someone))


@pytest.mark.parametrize("status", [PlacementStatus.COMPLETED, *sorted(CALLED_OFF)])
async def test_of_an_internship_that_is_over_or_called_off_no_paper_is_printed(status: PlacementStatus) -> None:
    someone = await intern(College(), status=status)

    with pytest.raises(NothingToSign):
        TripartitePaper.of(await case_of(someone))
