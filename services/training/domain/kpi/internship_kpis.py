"""The key figures of productive internships and training, and what of each university they are counted from."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.training.domain.kpi.counts import together
from services.training.domain.kpi.figure import Figure
from services.training.domain.kpi.kpi import Bound, Kpi, KpiUnit, Measured, Period, Target, share
from shared.rules import RuleShape

OFF_CAMPUS: Final = "off_campus_internship"
"""The kind of base that is counted by programme."""
WITH_ENTERPRISE: Final = share("KPI-08")
PER_PROGRAMME: Final = Kpi(
    shape=RuleShape(
        "KPI-10", params={"least": int, "rated_from": int}, cases=("missed", "rated_zero"), facts=("programmes",)
    ),
    unit=KpiUnit.BASES_PER_PROGRAMME,
    target=Target(rule="KPI-10", param="least", bound=Bound.AT_LEAST),
)
COMPLIANT: Final = share("KPI-12", "judgement")
OVERRIDDEN: Final = share("KPI-21", param="most_bp", bound=Bound.AT_MOST)
REVIEWED: Final = share("KPI-22")
RELATED: Final = Kpi(shape=RuleShape("KPI-23", facts=("related_major",)), unit=KpiUnit.PERCENT)
HANDLING: Final = Kpi(shape=RuleShape("KPI-24", facts=("handling",)), unit=KpiUnit.DAYS)

KPIS: Final = (WITH_ENTERPRISE, PER_PROGRAMME, COMPLIANT, OVERRIDDEN, REVIEWED, RELATED, HANDLING)


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipCounts:
    """What is counted of a university. Bases and agreements stand by their ids, for several universities may share one.

    `waited` says how many incidents were handled after so many days.
    """

    judged: int = 0
    unjudged: int = 0
    unblocked: int = 0
    overridden: int = 0
    related: int = 0
    unrelated: int = 0
    relation_unknown: int = 0
    logs: int = 0
    reviewed: int = 0
    unhandled: int = 0
    waited: Counter[int] = field(default_factory=Counter)
    programmes: int = 0
    new_bases: frozenset[str] = frozenset()
    with_enterprise: frozenset[str] = frozenset()
    off_campus: frozenset[str] = frozenset()

    def __add__(self, other: "InternshipCounts") -> "InternshipCounts":
        """Both together; a base that both share is one."""
        return together(self, other)


def internship_figures(counts: InternshipCounts, period: Period, *, on: date) -> Iterator[Measured]:
    """Every key figure of a university or of several, in the order of their numbers."""
    now = Period(starts_on=None, ends_on=on)
    new, with_, bases = len(counts.new_bases), len(counts.with_enterprise), len(counts.off_campus)
    known = counts.related + counts.unrelated
    figures = (
        (WITH_ENTERPRISE, period, Figure.ratio(with_, new)),
        (PER_PROGRAMME, now, Figure.ratio(bases, counts.programmes, nothing_lacks="programmes")),
        (COMPLIANT, period, Figure.ratio(counts.unblocked, counts.judged, unknown=counts.unjudged, lacks="judgement")),
        (OVERRIDDEN, period, Figure.ratio(counts.overridden, counts.judged)),
        (REVIEWED, period, Figure.ratio(counts.reviewed, counts.logs)),
        (RELATED, period, Figure.ratio(counts.related, known, unknown=counts.relation_unknown, lacks="related_major")),
        (HANDLING, period, Figure.median(counts.waited, unknown=counts.unhandled, lacks="handling")),
    )
    return (Measured(kpi=kpi, period=days, figure=figure) for kpi, days, figure in figures)
