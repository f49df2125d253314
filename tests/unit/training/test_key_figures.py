"""Key figures beside their targets: exactly on the edge, with things unknown, of nothing, and of the alliance."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from services.training.domain.kpi import internship_kpis, teacher_kpis
from services.training.domain.kpi.figure import Figure
from services.training.domain.kpi.internship_kpis import (
    COMPLIANT,
    HANDLING,
    OVERRIDDEN,
    PER_PROGRAMME,
    RELATED,
    WITH_ENTERPRISE,
    InternshipCounts,
    internship_figures,
)
from services.training.domain.kpi.kpi import Kpi, KpiLine, Measured, Period, PeriodBackwards, lines
from services.training.domain.kpi.teacher_kpis import DUAL_QUALIFIED, TEACHERS
from shared.rules import Rule
from tests.unit.rules.packs import shipped_rule

DAY = date(2026, 9, 1)
YEAR = Period.between(date(2026, 1, 1), date(2026, 12, 31))
ratio = Figure.ratio


def rules(id: str, on: date) -> Rule:  # noqa: ARG001
    return shipped_rule("training", id)


def line(kpi: Kpi, figure: Figure, *, university_id: str | None = "org_1") -> KpiLine:
    (found,) = lines(university_id, [Measured(kpi=kpi, period=YEAR, figure=figure)], rules)
    return found


@pytest.mark.parametrize(
    ("numerator", "denominator", "unknown", "verdict", "shown"),
    [
        (98, 100, 0, "met", Fraction(98)),
        (9_799, 10_000, 0, "missed", Fraction("97.99")),
        (979_999, 1_000_000, 0, "missed", Fraction("97.99")),
        (99, 100, 1, "met", Fraction(99)),
        (98, 100, 1, "unknown", Fraction(98)),
        (90, 100, 1, "missed", Fraction(90)),
        (0, 0, 5, "unknown", None),
        (0, 0, 0, "nothing_to_measure", None),
    ],
)
def test_a_share_is_met_or_missed_where_what_is_unknown_cannot_change_it(
    numerator: int, denominator: int, unknown: int, verdict: str, shown: Fraction | None
) -> None:
    found = line(COMPLIANT, ratio(numerator, denominator, unknown=unknown, lacks="judgement"))

    assert (found.verdict, found.shown, found.target) == (verdict, shown, Fraction(98))
    assert found.figure.lacks == (("judgement",) if unknown else ())


@pytest.mark.parametrize(
    ("numerator", "verdict", "shown"), [(200, "met", Fraction(2)), (201, "missed", Fraction("2.01"))]
)
def test_a_share_that_is_to_stay_below_is_met_at_its_very_limit(numerator: int, verdict: str, shown: Fraction) -> None:
    found = line(OVERRIDDEN, ratio(numerator, 10_000))

    assert (found.verdict, found.shown) == (verdict, shown)


def test_what_is_shown_is_rounded_away_from_the_target() -> None:
    assert line(OVERRIDDEN, ratio(200_001, 10_000_000)).shown == Fraction("2.01")


@pytest.mark.parametrize(
    ("bases", "programmes", "verdict", "said"),
    [
        (4, 2, "met", None),
        (3, 2, "missed", "fewer off-campus bases per programme than the target"),
        (2, 2, "missed", "fewer off-campus bases per programme than the target"),
        (1, 2, "missed", "less than one off-campus base per programme, which is rated as none"),
        (0, 2, "missed", "less than one off-campus base per programme, which is rated as none"),
        (3, 0, "unknown", "not known: the programmes that are taught"),
    ],
)
def test_bases_per_programme_have_a_target_and_a_number_below_which_they_are_rated_as_none(
    bases: int, programmes: int, verdict: str, said: str | None
) -> None:
    found = line(PER_PROGRAMME, ratio(bases, programmes, nothing_lacks="programmes"))

    assert found.verdict == verdict
    assert (found.told is None) if said is None else (found.told is not None and said in found.told.message.en)


def test_a_target_of_the_alliance_is_held_against_no_single_university() -> None:
    whole, single = (line(TEACHERS, Figure.count(99), university_id=id) for id in (None, "org_1"))

    assert (whole.verdict, whole.target, whole.shown) == ("missed", Fraction(100), Fraction(99))
    assert (single.verdict, single.target, single.shown) == ("no_target", None, Fraction(99))


def test_the_target_of_the_dual_qualified_is_that_of_their_rule() -> None:
    assert line(DUAL_QUALIFIED, ratio(9, 10)).target == Fraction(90)
    assert line(DUAL_QUALIFIED, ratio(9, 10)).verdict == "met"
    assert line(DUAL_QUALIFIED, ratio(0, 0, nothing_lacks="teachers")).verdict == "unknown"


@pytest.mark.parametrize(
    ("times", "median"),
    [({0: 1, 3: 1, 4: 1, 10: 1}, Fraction(7, 2)), ({1: 2, 9: 1}, Fraction(1)), ({5: 1}, Fraction(5)), ({}, None)],
)
def test_the_median_is_the_middle_or_halfway_between_the_two_in_the_middle(
    times: dict[int, int], median: Fraction | None
) -> None:
    assert Figure.median(times, unknown=0, lacks="handling").value == median


def test_a_figure_without_a_target_tells_what_is_not_known_beside_it() -> None:
    some, none, nothing = (
        line(HANDLING, Figure.median(times, unknown=unknown, lacks="handling"))
        for times, unknown in (({2: 1}, 3), ({}, 3), ({}, 0))
    )

    assert [each.verdict for each in (some, none, nothing)] == ["no_target", "unknown", "nothing_to_measure"]
    assert (some.figure.unknown, some.figure.lacks, some.told) == (3, ("handling",), None)
    assert none.told is not None
    assert none.told.missing[0].giver == "university_coop_office"


def test_counts_of_two_universities_are_added_and_what_they_share_is_one() -> None:
    here = InternshipCounts(judged=2, new_bases=frozenset({"base_1"}), waited=Counter({1: 1}))
    there = InternshipCounts(judged=3, new_bases=frozenset({"base_1", "base_2"}), waited=Counter({1: 2, 4: 1}))

    both = here + there

    assert (both.judged, both.new_bases) == (5, frozenset({"base_1", "base_2"}))
    assert both.waited == Counter({1: 3, 4: 1})


def test_the_figures_of_internships_are_those_of_their_counts() -> None:
    counts = InternshipCounts(
        judged=5, unjudged=1, unblocked=2, overridden=1, related=2, unrelated=1, relation_unknown=1, programmes=1,
        new_bases=frozenset("abc"), with_enterprise=frozenset("ab"), off_campus=frozenset("xy"),
    )  # fmt: skip

    found = {each.kpi.shape.id: each.figure for each in internship_figures(counts, YEAR, on=DAY)}

    assert found[COMPLIANT.shape.id].value == Fraction(2, 5)
    assert (found[COMPLIANT.shape.id].least, found[COMPLIANT.shape.id].most) == (Fraction(2, 6), Fraction(3, 6))
    assert found[OVERRIDDEN.shape.id].value == Fraction(1, 5)
    assert found[RELATED.shape.id].value == Fraction(2, 3)
    assert found[WITH_ENTERPRISE.shape.id].value == Fraction(2, 3)
    assert found[PER_PROGRAMME.shape.id].value == 2


def test_every_figure_has_its_name_and_its_reading_in_both_languages() -> None:
    for kpi in (*internship_kpis.KPIS, *teacher_kpis.KPIS):
        rule = shipped_rule("training", kpi.shape.id)
        assert rule.title.zh
        assert rule.reading.en
        assert rule.source.document_zh


def test_a_period_does_not_end_before_it_begins() -> None:
    assert Period.between(DAY, DAY).starts_on == DAY
    with pytest.raises(PeriodBackwards):
        Period.between(DAY, date(2026, 8, 31))
