"""INT-03 and INT-04: how many interns a unit may have at once."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.training.domain.internship.rules.facts import InternsFacts, PostFacts, UnitFacts
from services.training.domain.internship.rules.occupancy import levels, merged, peak
from services.training.domain.internship.rules.quota import cap_of
from shared.rules import Severity, Verdict
from shared.rules.fact_types import DaySpan
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.internship.cases import FIRST, LAST, SITE, WELDER, ask, interns, missing, period

NEW_YEAR = date(2026, 1, 1)
few = settings(deadline=None, max_examples=100)


def day(number: int) -> date:
    return NEW_YEAR + timedelta(days=number)


spans = st.tuples(st.integers(0, 40), st.integers(0, 15)).map(lambda s: (day(s[0]), day(s[0] + s[1])))
stays = st.lists(st.builds(lambda span, count: interns(span[0], span[1], count), spans, st.integers(0, 3)), max_size=12)


def walked(present: list[InternsFacts], first: date, last: date) -> list[int]:
    """How many are there on each day, one by one."""
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    return [sum(stay.count for stay in present if stay.starts_on <= on <= stay.ends_on) for on in days]


@pytest.mark.parametrize(
    ("employees", "on_post", "of_unit", "of_post"), [(85, 9, 8, 1), (100, 10, 10, 2), (49, 4, 4, 0), (1200, 37, 120, 7)]
)
def test_caps_are_shares_rounded_down(employees: int, on_post: int, of_unit: int, of_post: int) -> None:
    caps = cap_of(employees, shipped_rule("training", "INT-03")), cap_of(on_post, shipped_rule("training", "INT-04"))

    assert caps == (of_unit, of_post)


@pytest.mark.parametrize(("employees", "present", "verdict"), [(85, 7, "pass"), (85, 8, "fail"), (9, 0, "fail")])
def test_the_last_place_of_the_unit_is_taken_and_no_more(employees: int, present: int, verdict: str) -> None:
    unit = UnitFacts(employees_total=employees, interns=(interns(FIRST, LAST, present),), external_interns=())

    finding = ask("INT-03", unit=unit)

    assert (finding.verdict, finding.actual, finding.limit) == (verdict, present + 1, employees // 10)
    assert finding.severity is Severity.BLOCK_IN_PRINCIPLE


@pytest.mark.parametrize(
    ("on_post", "present", "verdict"), [(9, 0, "pass"), (9, 1, "fail"), (10, 1, "pass"), (4, 0, "fail")]
)
def test_the_last_place_on_a_post_is_taken_and_no_more(on_post: int, present: int, verdict: str) -> None:
    unit = UnitFacts(employees_on_post=on_post, interns=(interns(FIRST, LAST, present),), external_interns=())

    assert ask("INT-04", unit=unit).verdict == verdict


def test_both_ends_of_an_internship_count() -> None:
    touching = (interns(day(0), FIRST, 8), interns(LAST, LAST, 8))
    apart = (interns(day(0), FIRST - timedelta(days=1), 8), interns(LAST + timedelta(days=1), day(365), 8))

    verdicts = [
        ask("INT-03", unit=UnitFacts(employees_total=85, interns=there, external_interns=())).verdict
        for there in (touching[:1], touching[1:], apart)
    ]

    assert verdicts == ["fail", "fail", "pass"]


def test_interns_who_never_meet_do_not_add_up() -> None:
    one_after_the_other = (interns(FIRST, date(2026, 5, 31), 7), interns(date(2026, 6, 1), LAST, 7))

    finding = ask("INT-03", unit=UnitFacts(employees_total=85, interns=one_after_the_other, external_interns=()))

    assert (finding.verdict, finding.actual) == (Verdict.PASS, 8)


def test_only_days_inside_the_segments_count() -> None:
    unit = UnitFacts(
        employees_total=85, interns=(interns(date(2026, 4, 1), date(2026, 4, 30), 8),), external_interns=()
    )
    around = period((FIRST, date(2026, 3, 31)), (date(2026, 5, 1), LAST))

    assert ask("INT-03", unit=unit, period=around).verdict is Verdict.PASS


def test_posts_are_counted_by_occupation_and_site() -> None:
    elsewhere = (interns(FIRST, LAST, 5, occupation="6-31-01-03"), interns(FIRST, LAST, 5, site="plant 2"))
    unit = UnitFacts(employees_on_post=9, interns=elsewhere, external_interns=elsewhere)

    assert ask("INT-04", unit=unit).verdict is Verdict.PASS


@pytest.mark.parametrize("rule", ["INT-03", "INT-04"])
def test_interns_of_other_schools_count_as_declared(rule: str) -> None:
    unit = UnitFacts(employees_total=10, employees_on_post=5, external_interns=(interns(FIRST, LAST),))

    assert ask(rule, unit=unit).verdict is Verdict.FAIL


@pytest.mark.parametrize("rule", ["INT-03", "INT-04"])
def test_interns_whom_nobody_declared_leave_it_open_until_the_cap_is_exceeded_without_them(rule: str) -> None:
    unit = UnitFacts(employees_total=20, employees_on_post=10)
    full = unit.model_copy(update={"interns": (interns(FIRST, LAST, 2),)})

    assert missing(ask(rule, unit=unit)) == ["external_interns"]
    assert ask(rule, unit=full).verdict is Verdict.FAIL


@pytest.mark.parametrize("rule", ["INT-03", "INT-04"])
def test_without_head_counts_and_declarations_the_enterprise_is_asked_for_both(rule: str) -> None:
    finding = ask(rule, unit=UnitFacts())

    assert [(fact.fact, fact.giver) for fact in finding.missing] == [
        ("employees", "enterprise_admin"),
        ("external_interns", "enterprise_admin"),
    ]


def test_without_days_or_post_nothing_is_counted() -> None:
    assert missing(ask("INT-03", period=period())) == ["segments"]
    assert missing(ask("INT-04", post=PostFacts(occupation_code=WELDER))) == ["post"]
    assert missing(ask("INT-04", post=PostFacts(site=SITE))) == ["post"]


@few
@given(stays, spans)
def test_levels_are_what_walking_day_by_day_counts(present: list[InternsFacts], span: tuple[date, date]) -> None:
    first, last = span
    found = levels(present, first, last)

    unrolled = [level.count for level in found for _ in range((level.ends_on - level.starts_on).days + 1)]
    assert unrolled == walked(present, first, last)
    assert (found[0].starts_on, found[-1].ends_on) == span
    assert all(one.count != other.count for one, other in itertools.pairwise(found))


@few
@given(stays, st.lists(spans, min_size=1, max_size=3), st.integers(0, 60), st.integers(0, 3))
def test_a_placement_fits_where_it_fits_on_every_day(
    present: list[InternsFacts], segments: list[tuple[date, date]], employees: int, declared: int
) -> None:
    unit = UnitFacts(
        employees_total=employees, interns=tuple(present[declared:]), external_interns=tuple(present[:declared])
    )
    busiest = max(count for first, last in segments for count in walked(present, first, last))

    finding = ask("INT-03", unit=unit, period=period(*segments))

    assert (finding.verdict, finding.actual) == ("pass" if busiest + 1 <= employees // 10 else "fail", busiest + 1)


@few
@given(stays, st.lists(spans, min_size=1, max_size=3))
def test_the_peak_is_the_first_of_the_busiest_stretches(
    present: list[InternsFacts], segments: list[tuple[date, date]]
) -> None:
    busiest = peak(present, [DaySpan(starts_on=first, ends_on=last) for first, last in segments])

    days = {
        first + timedelta(days=place): count
        for first, last in segments
        for place, count in enumerate(walked(present, first, last))
    }
    assert busiest is not None
    assert busiest.count == max(days.values())
    assert busiest.starts_on == min(on for on, count in days.items() if count == busiest.count)


@few
@given(st.lists(spans, max_size=6))
def test_merged_spans_hold_each_day_once(some: list[tuple[date, date]]) -> None:
    stretches = merged([DaySpan(starts_on=first, ends_on=last) for first, last in some])

    walked_days = {number for first, last in some for number in range(first.toordinal(), last.toordinal() + 1)}
    assert [number for first, last in stretches for number in range(first, last + 1)] == sorted(walked_days)
    assert all(one[1] + 1 < other[0] for one, other in itertools.pairwise(stretches))
