"""The numbers of the rule pack by which candidates are filtered, scored and proposed."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, Self

from shared.rules import Rule, Rulebook, RuleShape

MAT_01: Final = RuleShape(
    "MAT-01", params={"skills": int, "capacity": int, "distance": int, "record": int, "time": int, "unstated": Fraction}
)
MAT_02: Final = RuleShape(
    "MAT-02",
    params={"pending_per_line": int, "least_score": int, "least_skills": Fraction, "farthest_km": int},
)
MAT_03: Final = RuleShape(
    "MAT-03", params={"same_parent": Fraction, "text": Fraction, "least_text": Fraction, "per_grade": Fraction}
)
MAT_04: Final = RuleShape(
    "MAT-04",
    params={"scale_km": int, "prior_confirmed": int, "prior_answered": int, "settled_teacher": Fraction},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The most points that each of the five parts can give; together 100."""

    skills: int
    capacity: int
    distance: int
    record: int
    time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two skills count as: shares of an exact match. Below `least_text` two names are not alike at all."""

    same_parent: float
    text: float
    least_text: float
    per_grade: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Who is proposed at all, and how many for one line at a time."""

    pending_per_line: int
    least_score: int
    least_skills: float
    farthest_km: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """All numbers of one scoring. `unstated` is the share that counts where nobody said: neither none nor all.

    `version` names the pack that made them, as events carry it (`talent-alliance:1`).
    """

    weights: Weights
    likeness: Likeness
    limits: Limits
    unstated: float
    scale_km: int
    prior_confirmed: int
    prior_answered: int
    settled_teacher: float
    version: str

    @classmethod
    def of(cls, rules: Rulebook, on: date, jurisdiction: str) -> Self:
        """The numbers in force on this business date in this jurisdiction."""
        points, limits, likeness, rest = (
            rules.rule(shape.id, on, jurisdiction) for shape in (MAT_01, MAT_02, MAT_03, MAT_04)
        )
        return cls(
            weights=_weights(points),
            likeness=_likeness(likeness),
            limits=_limits(limits),
            unstated=float(points.ratio("unstated")),
            scale_km=rest.number("scale_km"),
            prior_confirmed=rest.number("prior_confirmed"),
            prior_answered=rest.number("prior_answered"),
            settled_teacher=float(rest.ratio("settled_teacher")),
            version=points.reference.replace("@", ":"),
        )


def _weights(rule: Rule) -> Weights:
    return Weights(
        skills=rule.number("skills"),
        capacity=rule.number("capacity"),
        distance=rule.number("distance"),
        record=rule.number("record"),
        time=rule.number("time"),
    )


def _likeness(rule: Rule) -> Likeness:
    return Likeness(
        same_parent=float(rule.ratio("same_parent")),
        text=float(rule.ratio("text")),
        least_text=float(rule.ratio("least_text")),
        per_grade=float(rule.ratio("per_grade")),
    )


def _limits(rule: Rule) -> Limits:
    return Limits(
        pending_per_line=rule.number("pending_per_line"),
        least_score=rule.number("least_score"),
        least_skills=float(rule.ratio("least_skills")),
        farthest_km=rule.number("farthest_km"),
    )
