"""Posts for interns: offered by an enterprise, changed by it, and offered no more."""

from dataclasses import replace
from datetime import time

import pytest

from services.training.commands.internship.post import ClosePost, UpdatePost
from services.training.domain.agreement import NotParty
from services.training.domain.internship.post import PostStatus, shift_minutes
from services.training.domain.internship.post_refusals import (
    AgreementEnded,
    AgreementUnknown,
    NoRest,
    NotAnInternshipAgreement,
    NotAtTheBase,
    NotThePostsEnterprise,
    PostIsClosed,
    RegionMissing,
)
from services.training.domain.internship.post_terms import PostTerms, Schedule, Shift
from services.training.handlers.internship import post as handlers
from shared.contracts.ids import new_id
from shared.contracts.partnership import AgreementTerms
from shared.contracts.training import PostCreated, PostUpdated
from tests.unit.training.college import NEED, College, practice_terms
from tests.unit.training.internship.workshop import SHIFT, TERMS, offered, unit_of
from tests.unit.training.test_training_base import planned

BASE = "internship_base"


def scheduled(*shifts: Shift, hours: int) -> PostTerms:
    schedule = Schedule(weekdays=(1, 2, 3, 4, 5), shifts=shifts, weekly_minutes=60 * hours)
    return replace(TERMS, schedule=schedule)


async def change(college: College, post_id: str, terms: PostTerms, by: str | None = None) -> None:
    command = UpdatePost(post_id=post_id, organization_id=by or college.enterprise, terms=terms)
    await college.do(handlers.update_post, command)


async def close(college: College, post_id: str, by: str | None = None) -> None:
    command = ClosePost(post_id=post_id, organization_id=by or college.enterprise, reason="no longer needed")
    await college.do(handlers.close_post, command)


async def test_a_post_is_offered_changed_and_closed(college: College) -> None:
    post = await offered(college)
    await change(college, post.id, replace(TERMS, places=8))
    await close(college, post.id)

    kept = await college.read("posts", post.id)
    assert college.story == ["post.created", "post.updated", "post.closed"]
    assert (kept.places, kept.status, kept.version) == (8, PostStatus.CLOSED, 3)


async def test_the_first_post_makes_the_enterprise_a_unit_and_the_second_finds_it(college: College) -> None:
    await offered(college)
    first = await unit_of(college)
    await offered(college)

    assert (first.enterprise_id, first.external_interns) == (college.enterprise, None)
    assert (await unit_of(college)).version == first.version


async def test_the_event_tells_of_hazards_and_places_and_of_no_wages(college: College) -> None:
    await offered(college)

    (created,) = (fact for fact in college.facts if isinstance(fact, PostCreated))
    told = created.model_dump()
    assert (told["headcount"], told["hazards"], told["site"]) == (6, [], "万州一厂")
    assert not {name for name in told if "wage" in name or "fee" in name or "pay" in name}


async def test_a_post_is_at_a_training_base_at_which_its_enterprise_takes_part(college: College) -> None:
    base_id = await planned(college)

    post = await offered(college, replace(TERMS, base_id=base_id))
    await change(college, post.id, TERMS)

    assert post.base_id == base_id
    assert (await college.read("posts", post.id)).base_id is None


async def test_a_post_is_at_no_base_that_is_unknown_or_others(college: College) -> None:
    post = await offered(college)

    for base_id in (new_id("base"), await planned(college, invited=())):
        with pytest.raises(NotAtTheBase):
            await offered(college, replace(TERMS, base_id=base_id))
        with pytest.raises(NotAtTheBase):
            await change(college, post.id, replace(TERMS, base_id=base_id))


async def test_a_post_under_an_agreement_belongs_to_its_story(college: College) -> None:
    agreement_id = await college.signed(BASE, AgreementTerms(), active=False)

    post = await offered(college, agreement_id=agreement_id)

    assert (post.story, post.agreement_id) == (NEED, agreement_id)


async def test_posts_are_closed_with_their_agreement(college: College) -> None:
    agreement_id = await college.signed(BASE, AgreementTerms())
    post = await offered(college, agreement_id=agreement_id)
    free = await offered(college)

    await college.terminate(agreement_id, BASE)

    assert not (await college.read("posts", post.id)).is_open
    assert (await college.read("posts", free.id)).is_open
    with pytest.raises(AgreementEnded):
        await offered(college, agreement_id=agreement_id)


async def test_an_agreement_from_before_posts_were_kept_is_passed_over(college: College) -> None:
    old = new_id("agreement")

    await college.activate(old, BASE)
    await college.terminate(old, BASE)

    assert await college.read("agreements", old) is None


async def test_a_post_is_offered_under_a_known_agreement_on_internships_of_the_enterprise(college: College) -> None:
    with pytest.raises(AgreementUnknown):
        await offered(college, agreement_id=new_id("agreement"))
    practice = await college.signed("teacher_practice", practice_terms(3))
    with pytest.raises(NotAnInternshipAgreement):
        await offered(college, agreement_id=practice)
    other = College()
    other.store, college.enterprise = college.store, college.knows("enterprise", "511700", "C38")
    theirs = await other.signed(BASE, AgreementTerms())
    with pytest.raises(NotParty):
        await offered(college, agreement_id=theirs)


async def test_a_closed_post_is_neither_changed_nor_closed_again(college: College) -> None:
    post = await offered(college)
    await close(college, post.id)

    with pytest.raises(PostIsClosed):
        await change(college, post.id, TERMS)
    with pytest.raises(PostIsClosed):
        await close(college, post.id)


async def test_a_post_is_its_enterprises(college: College) -> None:
    post = await offered(college)

    with pytest.raises(NotThePostsEnterprise):
        await change(college, post.id, TERMS, by=college.operator)
    with pytest.raises(NotThePostsEnterprise):
        await close(college, post.id, by=college.operator)
    assert not [fact for fact in college.facts if isinstance(fact, PostUpdated)]


@pytest.mark.parametrize(("country", "region_code"), [("CN", None), ("TH", "500101")])
async def test_a_post_at_home_has_a_region_and_one_abroad_has_none(
    college: College, country: str, region_code: str | None
) -> None:
    with pytest.raises(RegionMissing):
        await offered(college, replace(TERMS, country=country, region_code=region_code))


@pytest.mark.parametrize(
    "terms",
    [
        scheduled(SHIFT, hours=41),
        scheduled(replace(SHIFT, break_minutes=540), hours=1),
        scheduled(SHIFT, replace(SHIFT, ends_at=time(9), break_minutes=61), hours=1),
    ],
    ids=["more than the shifts", "only breaks", "one of two"],
)
async def test_hours_add_up(college: College, terms: PostTerms) -> None:
    with pytest.raises(NoRest):
        await offered(college, terms)


def test_a_shift_may_end_on_the_next_day() -> None:
    night = Shift(starts_at=time(22), ends_at=time(6), break_minutes=30)

    assert (shift_minutes(SHIFT), shift_minutes(night)) == (480, 450)
    assert shift_minutes(Shift(starts_at=time(8), ends_at=time(8))) == 24 * 60
