"""What training tells fills the lines of needs, each source once and only under the line's own agreement."""

from datetime import date

from services.partnership.domain.agreement import Agreement
from services.partnership.domain.need import Need
from services.partnership.domain.need_line import NeedLine
from services.partnership.handlers import fulfilment
from shared.contracts.ids import new_id
from shared.contracts.partnership import (
    AgreementTerms,
    BaseCoBuildTerms,
    NeedFulfilled,
    TeacherPracticeTerms,
)
from shared.contracts.training import BaseOpened, CohortStarted, Period, PlacementStarted, PracticeVerified
from tests.unit.partnership.alliance import LINES, Alliance


async def contracted(alliance: Alliance, line_no: int, **posted: object) -> tuple[Need, Agreement]:
    need = await alliance.post(**posted)
    match = await alliance.confirmed(need, line_no)
    base = BaseCoBuildTerms(
        operator_id=alliance.university, base_kind="maker_space", industry_codes=["C34"], functions=[]
    )
    fields = {
        1: {},
        2: {"type": "base_co_build", "terms": AgreementTerms(base_co_build=base)},
        3: {"type": "teacher_practice", "terms": AgreementTerms(teacher_practice=TeacherPracticeTerms(seats=4))},
    }[line_no]
    return need, await alliance.signed(match, **fields)


def cohort(need: Need, paper: Agreement, *, enrolled: int, cohort_id: str | None = None) -> CohortStarted:
    return CohortStarted(
        cohort_id=cohort_id or new_id("cohort"),
        type="order_class",
        programme_id=new_id("programme"),
        occupation_code="6-31-01-01",
        university_id=paper.parties[0].organization_id,
        enterprise_ids=[paper.parties[1].organization_id],
        agreement_id=paper.id,
        need_id=need.id,
        line_no=1,
        planned=12,
        enrolled=enrolled,
        hire_bp=8000,
    )


def placement(need: Need, paper: Agreement) -> PlacementStarted:
    first, last = date(2026, 3, 1), date(2026, 8, 31)
    return PlacementStarted(
        placement_id=new_id("placement"),
        student_id=new_id("student"),
        university_id=paper.parties[0].organization_id,
        programme_id=new_id("programme"),
        post_id=new_id("post"),
        enterprise_id=paper.parties[1].organization_id,
        agreement_id=paper.id,
        need_id=need.id,
        line_no=1,
        internship_kind="post",
        mode="arranged",
        starts_on=first,
        ends_on=last,
        segments=[Period(starts_on=first, ends_on=last)],
    )


def practice(need: Need, paper: Agreement, **fields: object) -> PracticeVerified:
    usual = {
        "practice_id": new_id("practice"),
        "teacher_id": new_id("teacher"),
        "university_id": paper.parties[0].organization_id,
        "enterprise_id": paper.parties[1].organization_id,
        "agreement_id": paper.id,
        "need_id": need.id,
        "line_no": 3,
        "form": "post_work",
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 8, 27),
        "verified_days": 180,
        "rolling_days": 180,
    }
    return PracticeVerified.model_validate({**usual, **fields})


def base(need: Need, paper: Agreement) -> BaseOpened:
    return BaseOpened(
        base_id=new_id("base"),
        kind="maker_space",
        name="base",
        operator_id=paper.parties[0].organization_id,
        agreement_id=paper.id,
        need_id=need.id,
        line_no=2,
        functions=[],
        industry_codes=["C34"],
        region_code="500101",
        open_scope="own",
    )


def fulfilled(alliance: Alliance, need: Need) -> list[tuple[int, int]]:
    facts = [fact for fact in alliance.facts_of(need.id) if isinstance(fact, NeedFulfilled)]
    return [(fact.line_no, fact.headcount_filled) for fact in facts]


async def test_a_started_cohort_fills_its_line_with_its_students(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 1)

    await alliance.do(fulfilment.count_cohort, cohort(need, paper, enrolled=12))

    assert fulfilled(alliance, need) == [(1, 12)]
    assert alliance.need(need.id).lines[0].status == "fulfilled"


async def test_a_cohort_that_is_too_small_fills_its_line_in_part(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 1)

    await alliance.do(fulfilment.count_cohort, cohort(need, paper, enrolled=11))

    kept = alliance.need(need.id).lines[0]
    assert (fulfilled(alliance, need), kept.headcount_filled, kept.status) == ([], 11, "contracted")


async def test_an_opened_base_fulfils_its_line(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 2)

    await alliance.do(fulfilment.count_base, base(need, paper))

    assert fulfilled(alliance, need) == [(2, 1)]


async def test_each_verified_practice_fills_one_seat_and_the_last_one_fulfils_the_line(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 3)

    for _ in range(3):
        await alliance.do(fulfilment.count_practice, practice(need, paper))
    before = (fulfilled(alliance, need), alliance.need(need.id).lines[2].headcount_filled)
    await alliance.do(fulfilment.count_practice, practice(need, paper))

    assert (before, fulfilled(alliance, need)) == (([], 3), [(3, 4)])


async def test_each_internship_that_began_fills_one_post(alliance: Alliance) -> None:
    need = await alliance.post(lines=(NeedLine(line_no=1, kind="internship_posts", headcount=2),))
    paper = await alliance.signed(await alliance.confirmed(need), type="internship_base", terms=AgreementTerms())

    for _ in range(2):
        await alliance.do(fulfilment.count_placement, placement(need, paper))

    assert fulfilled(alliance, need) == [(1, 2)]


async def test_what_is_told_twice_fills_once(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 3)
    event = practice(need, paper)
    await alliance.do(fulfilment.count_practice, event)
    once = alliance.need(need.id)

    await alliance.do(fulfilment.count_practice, event)

    assert alliance.need(need.id) == once


async def test_a_line_is_fulfilled_once(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 1)
    await alliance.do(fulfilment.count_cohort, cohort(need, paper, enrolled=12))

    await alliance.do(fulfilment.count_cohort, cohort(need, paper, enrolled=3))

    assert fulfilled(alliance, need) == [(1, 12)]


async def test_what_was_agreed_for_no_need_fills_none(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 3)

    await alliance.do(fulfilment.count_practice, practice(need, paper, need_id=None, line_no=None))

    assert alliance.need(need.id).lines[2].headcount_filled == 0


async def test_another_agreement_does_not_fill_the_line(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 3)

    await alliance.do(fulfilment.count_practice, practice(need, paper, agreement_id=new_id("agreement")))

    assert alliance.need(need.id).lines[2].headcount_filled == 0


async def test_a_practice_does_not_fill_a_line_of_another_kind(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 1)

    await alliance.do(fulfilment.count_practice, practice(need, paper, line_no=1))

    assert alliance.need(need.id).lines[0].headcount_filled == 0


async def test_a_need_whose_lines_are_all_contracted_is_fulfilled_with_the_last_of_them(alliance: Alliance) -> None:
    need, paper = await contracted(alliance, 1, lines=(LINES[0], LINES[2]))
    terms = AgreementTerms(teacher_practice=TeacherPracticeTerms(seats=4))
    posts = await alliance.signed(await alliance.confirmed(need, 3), type="teacher_practice", terms=terms)
    await alliance.do(fulfilment.count_cohort, cohort(need, paper, enrolled=12))
    before = alliance.need(need.id).status

    for _ in range(4):
        await alliance.do(fulfilment.count_practice, practice(need, posts))

    assert (before, alliance.need(need.id).status) == ("contracted", "fulfilled")
