"""How many more interns a unit may take: when, on which kind of post, and which cap says so."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.training.domain.internship.rules.facts import InternsFacts
from services.training.domain.internship.rules.quota_calendar import (
    FreePlaces,
    PostKind,
    QuotaCalendar,
    Staff,
    Use,
    quota_calendar,
)
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.internship.cases import SITE, WELDER, interns

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 31)
WELDING, FITTING = PostKind(WELDER, SITE), PostKind("6-31-01-03", SITE)


def calendar(
    total: int | None,
    on_post: dict[PostKind, int | None],
    there: list[InternsFacts],
    declared: Sequence[InternsFacts] | None = (),
) -> QuotaCalendar:
    return quota_calendar(
        Staff(total, on_post.get),
        on_post,
        there,
        declared,
        first=FIRST,
        last=LAST,
        unit_rule=shipped_rule("training", "INT-03"),
        post_rule=shipped_rule("training", "INT-04"),
    )


def free_on(found: QuotaCalendar, day: date, post: PostKind | None = None) -> FreePlaces:
    places = found.unit if post is None else found.posts[post]
    return next(place for place in places if place.starts_on <= day <= place.ends_on)


def july(day: int) -> date:
    return date(2026, 7, day)


def test_the_tighter_cap_says_how_many_may_come_and_from_when_to_when() -> None:
    found = calendar(30, {WELDING: 40}, [interns(date(2026, 6, 1), july(10)), interns(july(21), date(2026, 9, 1), 3)])

    assert found.posts[WELDING] == (
        FreePlaces(july(1), july(10), 2, Use("INT-03", 1, 3)),
        FreePlaces(july(11), july(20), 3, Use("INT-03", 0, 3)),
        FreePlaces(july(21), july(31), 0, Use("INT-03", 3, 3)),
    )
    assert found.posts[WELDING] == found.unit


def test_a_small_kind_of_post_is_full_before_the_unit_is() -> None:
    found = calendar(100, {WELDING: 9, FITTING: 20}, [interns(july(5), july(9))])

    assert free_on(found, july(7), WELDING) == FreePlaces(july(5), july(9), 0, Use("INT-04", 1, 1))
    assert free_on(found, july(10), WELDING) == FreePlaces(july(10), july(31), 1, Use("INT-04", 0, 1))
    assert free_on(found, july(7), FITTING).free == 4
    assert free_on(found, july(7)).free == 9


def test_where_both_caps_leave_the_same_the_one_of_the_post_is_named() -> None:
    elsewhere = interns(july(5), july(9), occupation="6-31-01-03")
    found = calendar(20, {WELDING: 5}, [elsewhere, interns(july(8), july(8), 0)])

    assert [(place.free, place.bound_by.rule) for place in found.posts[WELDING]] == [(1, "INT-04")]

    full = calendar(
        20, {WELDING: 5}, [elsewhere, interns(july(20), july(22)), interns(july(20), july(20), 1, site="x")]
    )
    assert [(place.starts_on.day, place.free, place.bound_by.rule) for place in full.posts[WELDING]] == [
        (1, 1, "INT-04"),
        (20, 0, "INT-04"),
        (23, 1, "INT-04"),
    ]


def test_an_unknown_head_count_leaves_it_open_unless_the_other_cap_is_full() -> None:
    found = calendar(10, {WELDING: None}, [interns(july(5), july(9), occupation="6-31-01-03")])

    assert [(place.starts_on.day, place.free, place.bound_by.rule) for place in found.posts[WELDING]] == [
        (1, None, "INT-04"),
        (5, 0, "INT-03"),
        (10, None, "INT-04"),
    ]


def test_undeclared_interns_leave_it_open_unless_it_is_full_without_them() -> None:
    found = calendar(10, {WELDING: 10}, [interns(july(5), july(9))], None)

    assert [place.free for place in found.posts[WELDING]] == [None, 0, None]
    assert not found.declared


def test_a_cap_that_was_lowered_below_those_who_are_there_lets_nobody_in() -> None:
    found = calendar(10, {WELDING: 5}, [interns(FIRST, LAST, 3)])

    assert free_on(found, FIRST, WELDING).free == 0


spans = st.tuples(st.integers(-10, 35), st.integers(0, 15))
kinds = st.sampled_from([WELDING, FITTING])
stays = st.lists(
    st.builds(
        lambda span, kind, count: interns(
            FIRST + timedelta(days=span[0]),
            FIRST + timedelta(days=sum(span)),
            count,
            occupation=kind.occupation_code,
            site=kind.site,
        ),
        spans,
        kinds,
        st.integers(0, 2),
    ),
    max_size=10,
)


@settings(deadline=None, max_examples=100)
@given(stays, stays, st.integers(0, 120), st.integers(0, 30), st.integers(0, 30))
def test_free_places_are_what_walking_day_by_day_leaves(
    there: list[InternsFacts], declared: list[InternsFacts], total: int, welders: int, fitters: int
) -> None:
    found = calendar(total, {WELDING: welders, FITTING: fitters}, there, declared)

    for post, employees in ((WELDING, welders), (FITTING, fitters)):
        for offset in range(31):
            on = FIRST + timedelta(days=offset)
            present = [stay for stay in (*there, *declared) if stay.starts_on <= on <= stay.ends_on]
            of_post = sum(stay.count for stay in present if stay.occupation_code == post.occupation_code)
            free = min(total // 10 - sum(stay.count for stay in present), employees // 5 - of_post)
            assert free_on(found, on, post).free == max(free, 0)
        stretches = found.posts[post]
        assert (stretches[0].starts_on, stretches[-1].ends_on) == (FIRST, LAST)
