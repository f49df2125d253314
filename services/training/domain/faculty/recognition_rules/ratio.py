"""The share of dual-qualified teachers among teachers of professional courses, and the marks it earns (TCH-07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Final

from services.training.domain.teacher import TeacherKind
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial

TCH_07: Final = RuleShape(
    "TCH-07",
    params={"ratio_bp": int, "counted_kinds": tuple, "full_marks_bp": int, "no_marks_bp": int},
    cases=("ratio",),
    facts=("teachers",),
)
_WHOLE_BP: Final = 10_000


class RecognisedFrom(Facts):
    """A recognition that was granted: valid from the first day to the last, unless it was revoked on a day before."""

    starts_on: date
    ends_on: date
    revoked_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day; one that is being checked again is, until it is revoked."""
        return self.starts_on <= on <= self.ends_on and (self.revoked_on is None or on < self.revoked_on)


class TeacherFact(Facts):
    """One teacher of the university: what they teach, whether full-time, and the recognitions they were granted."""

    kind: TeacherKind
    full_time: bool = True
    recognitions: tuple[RecognisedFrom, ...] = ()


class RatioFacts(Facts):
    """All teachers of a university or of a programme, each once."""

    teachers: tuple[TeacherFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the professional teachers are recognised, and how many there are."""

    recognised: int
    professional: int

    @property
    def bp(self) -> int | None:
        """The share in basis points, rounded down; None where there is nobody."""
        return self.recognised * _WHOLE_BP // self.professional if self.professional else None


def share_of(teachers: Iterable[TeacherFact], *, on: date, rule: Rule) -> Share:
    """The full-time teachers of professional courses, and those of them with a recognition in force on a day."""
    counted = [each for each in teachers if each.full_time and each.kind.value in rule.names("counted_kinds")]
    return Share(sum(any(granted.holds(on) for granted in each.recognitions) for each in counted), len(counted))


def enough_are_recognised(facts: RatioFacts, asked: Asked) -> Finding:
    """TCH-07: 90 % of the full-time teachers of professional courses are recognised. Source: the action plan.

    Where there is no such teacher, nothing can be said.
    """
    rule = asked.rule(TCH_07.id)
    share, limit = share_of(facts.teachers, on=asked.on, rule=rule), rule.number("ratio_bp")
    if share.bp is None:
        return rule.unknown("teachers")
    # Whole basis points are compared exactly: what is rounded down reaches a whole limit where the share itself does.
    if share.bp < limit:
        return rule.fails("ratio", actual=share.bp, limit=limit)
    return rule.passes(actual=share.bp, limit=limit)


def marks_bp(share: Share, rule: Rule) -> int | None:
    """The share of the national rating's marks, in basis points: all from 60 %, none to 30 %, in proportion between."""
    if not share.professional:
        return None
    full, none = rule.number("full_marks_bp"), rule.number("no_marks_bp")
    reached = Fraction(share.recognised * _WHOLE_BP, share.professional) - none
    return floor(min(max(reached / (full - none), Fraction(0)), Fraction(1)) * _WHOLE_BP)


TRIAL: Final = Trial(TCH_07, RatioFacts, enough_are_recognised)
