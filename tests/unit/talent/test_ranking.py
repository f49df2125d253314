"""A ranking is in order, the same whatever order its candidates came in, and every score is within bounds."""

import random
from typing import Any

import pytest
from hypothesis import given, strategies

from services.talent.domain.ranking import rank
from services.talent.domain.skill import GRADES, Skill
from services.talent.domain.track_record import TrackRecord
from tests.unit.talent.world import MEASURE, UNIVERSITY, demand, offer, pool, programme, teacher

CODES = ("6-31-01-03", "6-31-01-04", "6-18-02-04", "460301", "460302", "x")
NAMES = (None, "设备维修", "设备维修与管理", "焊接", "welding")

skills = strategies.builds(
    Skill,
    code=strategies.sampled_from(CODES),
    name=strategies.sampled_from(NAMES),
    level=strategies.sampled_from((None, *GRADES)),
    weight=strategies.integers(1, 100),
)
programmes = strategies.builds(
    programme,
    number=strategies.integers(1, 1000),
    skills=strategies.lists(skills, max_size=4).map(tuple),
    capacity=strategies.one_of(strategies.none(), strategies.integers(1, 100)),
    region_code=strategies.sampled_from(("500101", "511723", "500154", "420102")),
)
records = strategies.integers(0, 50).flatmap(
    lambda answered: strategies.builds(
        TrackRecord,
        id=strategies.just(UNIVERSITY),
        story=strategies.just(UNIVERSITY),
        confirmed=strategies.integers(0, answered),
        answered=strategies.just(answered),
    )
)


@given(strategies.lists(programmes, max_size=8), strategies.lists(skills, max_size=4), records, strategies.randoms())
def test_order_does_not_depend_on_how_the_candidates_came(
    candidates: list[Any], asked: list[Skill], record: TrackRecord, chance: random.Random
) -> None:
    unique = list({candidate.id: candidate for candidate in candidates}.values())
    need = demand(skills=asked)
    once = rank(need, need.lines[0], pool(*unique, records=[record]), MEASURE)
    chance.shuffle(unique)

    again = rank(need, need.lines[0], pool(*unique, records=[record]), MEASURE)

    assert [found.candidate.id for found in again.scored] == [found.candidate.id for found in once.scored]
    assert again.rejected == once.rejected


@given(programmes, strategies.lists(skills, max_size=4), records)
def test_every_score_is_within_bounds_and_the_sum_of_its_parts(
    candidate: object, asked: list[Skill], record: TrackRecord
) -> None:
    need = demand(skills=asked)
    ranking = rank(need, need.lines[0], pool(candidate, records=[record]), MEASURE)

    assert len(ranking.scored) + len(ranking.rejected) == 1
    for found in ranking.scored:
        parts = found.parts.told().model_dump()
        assert 0 <= found.score <= 100
        assert all(points >= 0 for points in parts.values())
        assert round(sum(parts.values()) * 100) == round(found.score * 100)


def test_equal_scores_stand_in_the_order_of_their_ids() -> None:
    need = demand()

    ranking = rank(need, need.lines[0], pool(programme(3), programme(1), programme(2)), MEASURE)

    assert [found.candidate.id for found in ranking.scored] == [programme(number).id for number in (1, 2, 3)]


def test_who_is_held_against_a_line_follows_from_its_kind() -> None:
    need = demand("order_class")
    ranking = rank(need, need.lines[0], pool(programme(), teacher()), MEASURE)

    assert [found.candidate.kind for found in ranking.scored] == ["programme"]
    assert ranking.rejected == ()


def test_for_other_kinds_only_what_a_capability_offers_is_looked_at() -> None:
    need = demand("staff_training")
    among = pool(programme(1), programme(2), offers=[offer(programme(2), "staff_training")])

    ranking = rank(need, need.lines[0], among, MEASURE)

    assert [found.candidate.id for found in ranking.scored] == [programme(2).id]


def test_a_kind_that_is_not_known_yet_is_met_by_nobody() -> None:
    need = demand("staff_training")
    line = type(need.lines[0])(1, "UNKNOWN", 1)

    ranking = rank(need, line, pool(programme(), offers=[offer(programme(), "UNKNOWN")]), MEASURE)

    assert (ranking.scored, ranking.rejected) == ((), ())


@pytest.mark.parametrize("count", [0, 2])
def test_rejections_are_counted_by_reason(count: int) -> None:
    need = demand()
    closed = [programme(number, status="closed", region_code="420102") for number in range(count)]

    ranking = rank(need, need.lines[0], pool(programme(9), *closed), MEASURE)

    assert ranking.counted() == ({"not_open": count, "place_unknown": count} if count else {})
