"""Runs ours and its yardsticks alternately on the same servers, and says what the rounds have in common.

A variant answers figures only after it has checked that every event arrived, once and in order: a fast loss is no
figure. Figures are compared within a round, never across rounds; the machine may be slower in the next one.
"""

import asyncio
import gc
import statistics
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.stage import Stage

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of doing a row's work. `run` answers figures by name (`rate`, `seconds`, `megabytes`, ...)."""

    name: str
    run: Callable[[Stage], Awaitable[Figures]]


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure of one variant is to reach: of another variant's figure in the same round, or by itself."""

    figure: str
    of: str
    against: str | None = None
    least: float | None = None
    most: float | None = None

    @property
    def name(self) -> str:
        """`rate of ours against Y`."""
        return f"{self.figure} of {self.of}" + (f" against {self.against}" if self.against else "")

    def met_by(self, value: float) -> bool:
        """Whether the value is good enough; without a bound everything is, and is only reported."""
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the suite. `slow` are variants that need not run in every round (a peer with its own runtime)."""

    id: str
    title: str
    variants: Sequence[Variant]
    targets: Sequence[Target]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of the rounds and their ends."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Of at least one value."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass(slots=True)
class Results:
    """What the rounds of one row gave: figures by variant and name, one value per round."""

    row: Row
    rounds: list[dict[str, Figures]] = field(default_factory=list)

    def figures(self) -> Iterator[tuple[str, str, Spread]]:
        """Each variant's figures over the rounds."""
        for variant in self.row.variants:
            for name in self.rounds[0][variant.name]:
                yield variant.name, name, Spread.of([known[variant.name][name] for known in self.rounds])

    def outcomes(self) -> Iterator[tuple[Target, Spread]]:
        """Each target's ratio (or figure) over the rounds."""
        for target in self.row.targets:
            yield target, Spread.of([_value(target, known) for known in self.rounds])


def _value(target: Target, known: Mapping[str, Figures]) -> float:
    value = known[target.of][target.figure]
    return value / known[target.against][target.figure] if target.against else value


def measure(row: Row, stage: Stage, rounds: int, tell: Callable[[str], None]) -> Results:
    """So many rounds of all variants, each round begun by another one. Blocks; raises what a wrong count raises."""
    results, variants = Results(row), list(row.variants)
    for number in range(rounds):
        start = number % len(variants)
        known: dict[str, Figures] = {}
        for variant in variants[start:] + variants[:start]:
            gc.collect()
            with asyncio.Runner() as runner:
                known[variant.name] = runner.run(variant.run(stage))
            tell(f"{row.id} {variant.name}: {_written(known[variant.name])}")
        results.rounds.append(known)
    return results


def _written(figures: Figures) -> str:
    return ", ".join(
        f"{name} {value:,.4g}" if value < 100 else f"{name} {value:,.0f}" for name, value in figures.items()
    )
