"""The five parts of a score, computed by hand."""

from dataclasses import replace
from datetime import date

import pytest

from services.talent.domain.explanation import explanation
from services.talent.domain.reasons import Reason
from services.talent.domain.scoring import Parts, Rejected, Scored, assess
from services.talent.domain.skill import Skill
from services.talent.domain.track_record import TrackRecord
from tests.unit.talent.world import (
    HELD,
    MAINTENANCE,
    PLC,
    UNIVERSITY,
    WELDING,
    base,
    demand,
    meeting,
    offer,
    organization,
    pool,
    programme,
    teacher,
)


def scored(found: Scored | Rejected) -> Scored:
    assert isinstance(found, Scored)
    return found


def test_a_programme_in_wanzhou_for_a_need_in_dazhou() -> None:
    found = scored(assess(meeting(programme())))

    # 45 x 3/4 (two of three skills, weights 2 + 1 of 4); 40 places for 12; 15 x exp(-100.2/60); prior 1 of 2; unstated.
    assert found.parts == Parts(skills=33.75, capacity=20.0, distance=2.82, record=5.0, time=5.0)
    assert found.score == 66.57
    assert found.missing == (PLC,)


def test_an_offer_says_how_much_and_for_how_long() -> None:
    half_a_year = offer(programme(), "order_class", capacity=6, starts_on=date(2027, 3, 2))
    found = scored(assess(meeting(programme(), among=pool(programme(), offers=[half_a_year]))))

    # 6 of 12 places; 183 of 365 days.
    assert found.parts == Parts(skills=33.75, capacity=10.0, distance=2.82, record=5.0, time=5.01)


def test_in_the_same_town_the_distance_counts_in_full() -> None:
    found = scored(assess(meeting(programme(region_code="511703"))))

    assert found.parts.distance == 15.0


def test_where_an_organisation_sits_counts_before_the_middle_of_its_region() -> None:
    seated = pool(programme(), organizations=[organization(latitude=31.209, longitude=107.468)])

    assert scored(assess(meeting(programme(), among=seated))).parts.distance == 15.0


def test_what_is_not_stated_counts_half() -> None:
    wanted = demand(skills=(), region_code="511702")
    found = scored(assess(meeting(programme(capacity=None, region_code="511702"), wanted)))

    assert found.parts == Parts(skills=22.5, capacity=10.0, distance=15.0, record=5.0, time=5.0)


def test_a_partner_who_confirmed_before_comes_before_one_who_did_not() -> None:
    good = TrackRecord(id=UNIVERSITY, story=UNIVERSITY, confirmed=3, answered=4)
    bad = replace(good, confirmed=0)

    points = [
        scored(assess(meeting(programme(), among=pool(programme(), records=[r])))).parts.record for r in (good, bad)
    ]

    # (3 + 1) / (4 + 2) and (0 + 1) / (4 + 2) of ten points.
    assert points == [6.67, 1.67]


def test_a_teacher_who_still_owes_practice_comes_first() -> None:
    wanted = demand("teacher_practice_posts", headcount=4)

    owing = scored(assess(meeting(teacher(), wanted, pool(teacher(), owing=[teacher().id]))))
    settled = scored(assess(meeting(teacher(), wanted)))

    assert (owing.parts.time, settled.parts.time) == (10.0, 5.0)
    assert owing.parts.capacity == 20.0


def test_a_teacher_knows_what_the_programmes_taught_are_about() -> None:
    bare = teacher(skills=(), programme_ids=(programme().id,))
    found = assess(meeting(bare, demand("teacher_practice_posts"), pool(bare, programme())))

    assert scored(found).missing == (PLC,)


def test_skills_that_a_capability_adds_count_too() -> None:
    more = offer(base(), "co_build_base", skills=(Skill(PLC, level="senior"),))
    found = assess(meeting(base(), demand("co_build_base", headcount=1), pool(base(), offers=[more])))

    assert scored(found).missing == ()


def test_each_grade_below_takes_a_quarter_of_the_skill_away() -> None:
    lower = programme(skills=(Skill(MAINTENANCE, level="apprentice"), Skill(WELDING, level="senior")))
    found = scored(assess(meeting(lower)))

    # Two grades are missing: (2 x 0.5 + 1) / 4 of 45 points.
    assert found.parts.skills == 22.5


def test_who_covers_less_than_a_fifth_is_left_out() -> None:
    stranger = programme(skills=(Skill("4-02-06-01", "物流服务", "senior"),))

    assert assess(meeting(stranger)) == Rejected(stranger, (Reason.SKILLS,))


def test_who_scores_too_low_is_left_out() -> None:
    weak = programme(skills=(Skill(WELDING, level="intermediate"),), capacity=1)

    # 11.25 + 1.67 + 2.82 + 5 + 5 points.
    assert assess(meeting(weak)) == Rejected(weak, (Reason.SCORE,))


def test_the_explanation_says_every_part_in_both_languages() -> None:
    english, chinese = explanation(scored(assess(meeting(programme(skills=HELD))))).splitlines()

    assert english == (
        "Score 66.57: skills 33.75 of 45 (has 2 of 3, lacks 460301); capacity 20 of 20 (room for 40, asked for 12); "
        "distance 2.82 of 15 (about 100 km); record 5 of 10 (0 of 0 earlier matches confirmed); "
        "time 5 of 10 (not stated)."
    )
    assert chinese.startswith("得分 66.57：技能 33.75/45（具备 3 项中的 2 项，缺 460301）；")


def test_an_explanation_names_five_missing_skills_at_most() -> None:
    wanted = demand(skills=[Skill(MAINTENANCE, weight=100), *(Skill(f"s{number}") for number in range(100))])

    english = explanation(scored(assess(meeting(programme(), wanted)))).splitlines()[0]

    assert "(has 1 of 101, lacks s0, s1, s2, s3, s4, …)" in english


@pytest.mark.parametrize("headcount", [1, 12, 100_000])
def test_the_parts_add_up_to_the_score(headcount: int) -> None:
    found = assess(meeting(programme(capacity=100_000), demand(headcount=headcount)))

    parts = scored(found).parts
    assert parts.told().model_dump() == {
        "skills": parts.skills,
        "capacity": parts.capacity,
        "distance": parts.distance,
        "record": parts.record,
        "time": parts.time,
    }
    assert sum(parts.told().model_dump().values()) == pytest.approx(scored(found).score, abs=1e-9)
