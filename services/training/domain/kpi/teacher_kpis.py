"""The key figures of teachers, and what of each university they are counted from."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.training.domain.faculty.exchange import TCH_14, Exchange
from services.training.domain.faculty.obligations import ObligationKind, ObligationStatus
from services.training.domain.faculty.recognition_rules.ratio import TCH_07
from services.training.domain.kpi.counts import together
from services.training.domain.kpi.figure import Figure
from services.training.domain.kpi.kpi import Bound, Kpi, KpiUnit, Measured, Period, Target, share
from shared.rules import RuleShape, Verdict

DUAL_QUALIFIED: Final = Kpi(
    shape=RuleShape("KPI-02", cases=("missed",), facts=("teachers",)),
    unit=KpiUnit.PERCENT,
    target=Target(rule=TCH_07.id, param="ratio_bp", bound=Bound.AT_LEAST),
)
TECHNICIANS: Final = Kpi(
    shape=RuleShape("KPI-03", cases=("missed",)),
    unit=KpiUnit.PERSONS,
    target=Target(rule=TCH_14.id, param="technicians", bound=Bound.AT_LEAST, of_the_alliance=True),
)
TEACHERS: Final = Kpi(
    shape=RuleShape("KPI-04", cases=("missed",)),
    unit=KpiUnit.PERSONS,
    target=Target(rule=TCH_14.id, param="teachers", bound=Bound.AT_LEAST, of_the_alliance=True),
)
FIVE_YEARS: Final = share("KPI-05")
NEW_TEACHERS: Final = share("KPI-06")
RECRUITS: Final = share("KPI-07")
POSTS_FILLED: Final = Kpi(shape=RuleShape("KPI-25"), unit=KpiUnit.PERCENT)

KPIS: Final = (DUAL_QUALIFIED, TECHNICIANS, TEACHERS, FIVE_YEARS, NEW_TEACHERS, RECRUITS, POSTS_FILLED)
_IN_ORDER: Final = frozenset({Verdict.PASS.value, Verdict.OVERRIDDEN.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherCounts:
    """What is counted of a university.

    `full_time` and `recognised` are full-time teachers by kind, `obligations` those of one kind in one status,
    `recruits` the candidates who were selected, by what the rule on recruitment says of them.
    """

    full_time: Counter[str] = field(default_factory=Counter)
    recognised: Counter[str] = field(default_factory=Counter)
    obligations: Counter[tuple[str, str]] = field(default_factory=Counter)
    recruits: Counter[str] = field(default_factory=Counter)
    seats: int = 0
    taken: int = 0

    def __add__(self, other: "TeacherCounts") -> "TeacherCounts":
        """Both together."""
        return together(self, other)


def teacher_figures(
    counts: TeacherCounts, exchange: Exchange, year: Period, *, on: date, kinds: Collection[str]
) -> Iterator[Measured]:
    """Every key figure of a university or of several, in the order of their numbers.

    `kinds` are the kinds of teachers among whom the dual-qualified are counted (TCH-07).
    """
    now = Period(starts_on=None, ends_on=on)
    recognised, professional = (sum(by[kind] for kind in kinds) for by in (counts.recognised, counts.full_time))
    in_order = sum(counts.recruits[verdict] for verdict in _IN_ORDER)
    figures = (
        (DUAL_QUALIFIED, now, Figure.ratio(recognised, professional, nothing_lacks="teachers")),
        (TECHNICIANS, year, Figure.count(len(exchange.technicians))),
        (TEACHERS, year, Figure.count(len(exchange.teachers))),
        (FIVE_YEARS, now, _fulfilled(counts, ObligationKind.FIVE_YEAR)),
        (NEW_TEACHERS, now, _fulfilled(counts, ObligationKind.NEW_TEACHER)),
        (RECRUITS, year, Figure.ratio(in_order, counts.recruits.total())),
        (POSTS_FILLED, now, Figure.ratio(counts.taken, counts.seats)),
    )
    return (Measured(kpi=kpi, period=days, figure=figure) for kpi, days, figure in figures)


def _fulfilled(counts: TeacherCounts, kind: ObligationKind) -> Figure:
    """The fulfilled among those that are due: fulfilled, or past their last day. What still has time is neither."""
    fulfilled, overdue = (
        counts.obligations[kind.value, status.value]
        for status in (ObligationStatus.FULFILLED, ObligationStatus.OVERDUE)
    )
    return Figure.ratio(fulfilled, fulfilled + overdue)
