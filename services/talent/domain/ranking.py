"""A line's candidates in order, and those left out: the same for the same facts, whatever order they came in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.talent.domain.demand import Demand, DemandLine
from services.talent.domain.filters import meet
from services.talent.domain.measure import Measure
from services.talent.domain.pool import Contender, Pool
from services.talent.domain.reasons import Reason
from services.talent.domain.scoring import Rejected, Scored, assess


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who could meet a line, best first, and who could not.

    `places` is how many may be pending for the line at a time; `complete` says that everybody there is was looked at.
    """

    line: DemandLine
    scored: tuple[Scored, ...]
    rejected: tuple[Rejected, ...]
    places: int
    complete: bool

    @property
    def best(self) -> Mapping[str, Scored]:
        """Those who could, by their id, best first."""
        return {scored.candidate.id: scored for scored in self.scored}

    @property
    def reasons(self) -> Mapping[str, tuple[Reason, ...]]:
        """Why the others could not, by their id."""
        return {rejected.candidate.id: rejected.reasons for rejected in self.rejected}

    def counted(self) -> dict[str, int]:
        """How many candidates each filter left out; one that fails several counts for each."""
        counts = Counter(reason for rejected in self.rejected for reason in rejected.reasons)
        return {reason.value: counts[reason] for reason in Reason if counts[reason]}


def rank(demand: Demand, line: DemandLine, pool: Pool, measure: Measure) -> Ranking:
    """Everybody in the pool, held against one line: by score, and by id where the scores are equal."""
    return _ranked(demand, line, pool.contenders(line.kind), measure, complete=True)


def rank_some(demand: Demand, line: DemandLine, contenders: Iterable[Contender], measure: Measure) -> Ranking:
    """Some contenders, held against one line."""
    return _ranked(demand, line, contenders, measure, complete=False)


def _ranked(
    demand: Demand, line: DemandLine, contenders: Iterable[Contender], measure: Measure, *, complete: bool
) -> Ranking:
    assessed = [assess(meet(demand, line, contender, measure)) for contender in contenders]
    scored = sorted(
        (found for found in assessed if isinstance(found, Scored)), key=lambda it: (-it.score, it.candidate.id)
    )
    rejected = sorted((found for found in assessed if isinstance(found, Rejected)), key=lambda it: it.candidate.id)
    return Ranking(line, tuple(scored), tuple(rejected), measure.limits.pending_per_line, complete)
