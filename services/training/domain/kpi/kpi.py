"""A key figure: what it is called and read by in the rule packs, and what it comes to beside its target."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Final, Self, TypeAlias

from services.training.domain.kpi.figure import Figure
from shared.errors import Invalid
from shared.rules import Finding, Rule, RuleShape

_HUNDREDTHS: Final = 100
_BP_OF_A_PERCENT: Final = 100

RulesOn: TypeAlias = Callable[[str, date], Rule]
"""The rule of an id as it applies somewhere on a day."""


class PeriodBackwards(Invalid):
    """A report is of some days."""

    en = "The report ends on {last}, before it begins on {first}; let it end on the same day or later."
    zh = "报告期截止日 {last} 早于起始日 {first}，截止日须为起始日当日或之后。"


class KpiUnit(StrEnum):
    """In what a figure is told."""

    PERCENT = "percent"
    PERSONS = "persons"
    DAYS = "days"
    BASES_PER_PROGRAMME = "bases_per_programme"


class Bound(StrEnum):
    """On which side of its target a figure is to be."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class KpiVerdict(StrEnum):
    """How a figure stands to its target. `no_target`: there is none, or it is that of the alliance as a whole."""

    MET = "met"
    MISSED = "missed"
    NOTHING_TO_MEASURE = "nothing_to_measure"
    UNKNOWN = "unknown"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number of the packs that a figure is held against: basis points for shares, else the figure's own unit."""

    rule: str
    param: str
    bound: Bound
    of_the_alliance: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """A key figure. Its rule in the packs holds its name, how it is read, where it comes from, and what to do."""

    shape: RuleShape
    unit: KpiUnit
    target: Target | None = None


def share(id: str, *facts: str, param: str = "least_bp", bound: Bound = Bound.AT_LEAST) -> Kpi:
    """A share that is held against a number of its own rule."""
    shape = RuleShape(id, params={param: int}, cases=("missed",), facts=facts)
    return Kpi(shape=shape, unit=KpiUnit.PERCENT, target=Target(rule=id, param=param, bound=bound))


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days that a figure is of; without a first one it is as things stand on the last."""

    starts_on: date | None
    ends_on: date

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """From one day to another, both included. Raises `PeriodBackwards`."""
        if last < first:
            raise PeriodBackwards(first=first, last=last)
        return cls(starts_on=first, ends_on=last)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiLine:
    """A figure of one university, or (None) of the alliance, as a report shows it. `told` is for whoever acts on it."""

    university_id: str | None
    kpi: Kpi
    rule: Rule
    period: Period
    figure: Figure
    value: Fraction | None
    target: Fraction | None
    verdict: KpiVerdict
    told: Finding | None

    @property
    def shown(self) -> Fraction | None:
        """The value in hundredths of its unit, rounded away from its target: what misses it is never shown to meet."""
        if self.value is None:
            return None
        at_most = self.kpi.target is not None and self.kpi.target.bound is Bound.AT_MOST
        return Fraction((ceil if at_most else floor)(self.value * _HUNDREDTHS), _HUNDREDTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure, and the days it is of."""

    kpi: Kpi
    period: Period
    figure: Figure


def lines(university_id: str | None, measured: Iterable[Measured], rules: RulesOn) -> Iterator[KpiLine]:
    """The figures of one university or (None) of the alliance, by the rules that apply there on their last days."""
    return (_line(university_id, each, rules) for each in measured)


def _line(university_id: str | None, measured: Measured, rules: RulesOn) -> KpiLine:
    kpi, figure, on = measured.kpi, measured.figure, measured.period.ends_on
    own, target = rules(kpi.shape.id, on), _target(kpi, rules, on, alone=university_id is not None)
    verdict = _verdict(kpi, figure, target)
    return KpiLine(
        university_id=university_id,
        kpi=kpi,
        rule=own,
        period=measured.period,
        figure=figure,
        value=_in(kpi.unit, figure.value),
        target=target,
        verdict=verdict,
        told=_told(figure, own, verdict),
    )


def _target(kpi: Kpi, rules: RulesOn, on: date, *, alone: bool) -> Fraction | None:
    if kpi.target is None or (alone and kpi.target.of_the_alliance):
        return None
    number = Fraction(rules(kpi.target.rule, on).number(kpi.target.param))
    return number / _BP_OF_A_PERCENT if kpi.unit is KpiUnit.PERCENT else number


def _verdict(kpi: Kpi, figure: Figure, target: Fraction | None) -> KpiVerdict:
    if figure.value is None and not figure.unknown:
        return KpiVerdict.UNKNOWN if figure.lacks else KpiVerdict.NOTHING_TO_MEASURE
    if target is None or kpi.target is None:
        return KpiVerdict.NO_TARGET if figure.value is not None else KpiVerdict.UNKNOWN
    return _held_against(target, kpi, figure)


def _held_against(target: Fraction, kpi: Kpi, figure: Figure) -> KpiVerdict:
    """Met or missed where it is so whatever the unknown turn out to be."""
    least, most = _in(kpi.unit, figure.least), _in(kpi.unit, figure.most)
    if least is None or most is None or kpi.target is None:
        return KpiVerdict.UNKNOWN
    reached = {value >= target if kpi.target.bound is Bound.AT_LEAST else value <= target for value in (least, most)}
    if len(reached) > 1:
        return KpiVerdict.UNKNOWN
    return KpiVerdict.MET if reached == {True} else KpiVerdict.MISSED


def _told(figure: Figure, rule: Rule, verdict: KpiVerdict) -> Finding | None:
    """What is missing where that decides, or by which case the target is missed."""
    if verdict is KpiVerdict.UNKNOWN:
        return rule.unknown(*figure.lacks)
    return rule.fails(_case(figure, rule)) if verdict is KpiVerdict.MISSED else None


def _case(figure: Figure, rule: Rule) -> str:
    """The graver case where the packs have one: below it, a rating gives nothing."""
    rated_from = rule.params.get("rated_from")
    is_rated = not isinstance(rated_from, int) or figure.value is None or figure.value >= rated_from
    return "missed" if is_rated else "rated_zero"


def _in(unit: KpiUnit, value: Fraction | None) -> Fraction | None:
    return None if value is None else value * _HUNDREDTHS if unit is KpiUnit.PERCENT else value
