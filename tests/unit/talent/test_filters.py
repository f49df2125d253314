"""Who cannot meet a line, and that every reason is told."""

from dataclasses import replace
from datetime import date

import pytest

from services.talent.domain.candidate import Candidate
from services.talent.domain.filters import refusals
from services.talent.domain.reasons import SENTENCES, Reason, explain
from services.talent.domain.skill import Skill
from tests.unit.talent.world import (
    ENTERPRISE,
    FIRST,
    HELD,
    MAINTENANCE,
    OTHER,
    UNIVERSITY,
    base,
    demand,
    meeting,
    offer,
    organization,
    pool,
    programme,
    teacher,
)


def test_a_candidate_that_fits_is_refused_for_nothing() -> None:
    assert refusals(meeting(programme())) == ()


@pytest.mark.parametrize(
    ("candidate", "kind", "reason"),
    [
        (replace(programme(), status="closed"), "order_class", Reason.NOT_OPEN),
        (base(status="accepted"), "co_build_base", Reason.NOT_OPEN),
        (base(open_scope="own"), "co_build_base", Reason.BASE_SCOPE),
        (teacher(teacher_kind="public_basic"), "teacher_practice_posts", Reason.TEACHER_KIND),
        (programme(region_code="420102"), "order_class", Reason.PLACE_UNKNOWN),
        (replace(programme(), latitude=39.9, longitude=116.4, region_code="110101"), "order_class", Reason.REGION),
        (programme(skills=(Skill(MAINTENANCE, level="junior"),)), "order_class", Reason.LEVEL),
        (programme(), "rnd", Reason.NOT_OFFERED),
    ],
)
def test_each_filter_leaves_out_what_it_is_there_for(candidate: Candidate, kind: str, reason: Reason) -> None:
    assert refusals(meeting(candidate, demand(kind))) == (reason,)


def test_a_base_kept_for_its_own_is_open_to_the_enterprises_that_take_part() -> None:
    shared = base(open_scope="own", enterprise_ids=(ENTERPRISE,))

    assert refusals(meeting(shared, demand("co_build_base"))) == ()


def test_a_base_of_an_enterprise_is_not_built_together_with_a_university() -> None:
    among = pool(base(), organizations=[organization(kind="enterprise")])

    assert refusals(meeting(base(), demand("co_build_base"), among)) == (Reason.OPERATOR_KIND,)


def test_a_need_kept_to_named_organisations_is_for_nobody_else() -> None:
    named_other = demand(visibility="named", named_organization_ids=[OTHER], skills=())
    named_this = demand(visibility="named", named_organization_ids=[UNIVERSITY], skills=())

    assert refusals(meeting(programme(), named_other)) == (Reason.NOT_NAMED,)
    assert refusals(meeting(programme(), named_this)) == ()


def test_a_must_is_a_must_at_the_level_asked_for() -> None:
    wanted = demand(skills=[Skill(MAINTENANCE, level="senior", must=True)])

    held = meeting(programme(skills=(Skill(MAINTENANCE, level="technician"),)), wanted)
    below = meeting(programme(skills=HELD), wanted)
    unstated = meeting(programme(skills=(Skill(MAINTENANCE),)), wanted)

    assert [refusals(held), refusals(below), refusals(unstated)] == [(), (Reason.MUST_SKILLS,), ()]


def test_whoever_comes_to_learn_need_not_be_able_yet() -> None:
    wanted = demand("teacher_practice_posts", skills=[Skill("6-99-01-01", level="chief", must=True)])

    assert refusals(meeting(teacher(), wanted)) == ()


def test_what_is_offered_at_another_time_does_not_meet_the_need() -> None:
    early = offer(programme(), "order_class", starts_on=date(2025, 9, 1), ends_on=date(2026, 8, 31))
    last_day = offer(programme(), "order_class", number=2, starts_on=date(2025, 9, 1), ends_on=FIRST)

    too_early = meeting(programme(), among=pool(programme(), offers=[early]))
    just_so = meeting(programme(), among=pool(programme(), offers=[early, last_day]))

    assert [refusals(too_early), refusals(just_so)] == [(Reason.DATES,), ()]


def test_what_another_organisation_offers_of_it_does_not_count() -> None:
    foreign = replace(offer(programme(), "rnd"), organization_id=OTHER)

    among = pool(programme(), offers=[foreign])

    assert refusals(meeting(programme(), demand("rnd"), among)) == (Reason.NOT_OFFERED,)


def test_nobody_is_proposed_to_themselves() -> None:
    own = programme(organization_id=ENTERPRISE)

    assert refusals(meeting(own, among=pool(own, organizations=[organization(ENTERPRISE)]))) == (Reason.OWN_OFFER,)


def test_every_reason_is_kept_not_only_the_first() -> None:
    wrong = programme(status="closed", region_code="420102", organization_id=OTHER)

    assert refusals(meeting(wrong)) == (Reason.ORGANIZATION_UNKNOWN, Reason.NOT_OPEN, Reason.PLACE_UNKNOWN)


def test_a_suspended_organisation_offers_nothing() -> None:
    among = pool(programme(), organizations=[organization(status="suspended")])

    assert refusals(meeting(programme(), among=among)) == (Reason.ORGANIZATION_SUSPENDED,)


def test_every_reason_has_its_sentences() -> None:
    assert set(SENTENCES) == set(Reason)
    assert explain([Reason.DATES, Reason.LEVEL]).splitlines() == [
        "it is not offered while it is needed; the level is below the one asked for",
        "可提供的时间与需求不重叠；技能等级不足",
    ]
