"""The share of dual-qualified teachers among teachers of professional courses, and the marks it earns (TCH-07)."""

from collections.abc import Iterable
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


def enough_are_recognised(facts: RatioFacts, asked: Asked) -> Finding:
    """TCH-07: 90 % of the full-time teachers of professional courses are recognised. Source: the action plan.

    Shares are in basis points, rounded down. Where there is no such teacher, nothing can be said.
    """
    rule = asked.rule(TCH_07.id)
    counted = [teacher for teacher in facts.teachers if is_counted(teacher.kind, rule, full_time=teacher.full_time)]
    recognised = sum(_is_recognised(teacher.recognitions, asked.on) for teacher in counted)
    share, limit = share_bp(recognised, len(counted)), rule.number("ratio_bp")
    if share is None:
        return rule.unknown("teachers")
    if Fraction(recognised, len(counted)) < Fraction(limit, _WHOLE_BP):
        return rule.fails("ratio", actual=share, limit=limit)
    return rule.passes(actual=share, limit=limit)


def is_counted(kind: TeacherKind, rule: Rule, *, full_time: bool) -> bool:
    """Whether a teacher stands in the denominator."""
    return full_time and kind.value in rule.names("counted_kinds")


def share_bp(part: int, whole: int) -> int | None:
    """The share in basis points, rounded down; None of nothing."""
    return part * _WHOLE_BP // whole if whole else None


def marks_bp(part: int, whole: int, rule: Rule) -> int | None:
    """The share of the national rating's marks, in basis points: all from 60 %, none to 30 %, in proportion between."""
    if not whole:
        return None
    full, none = rule.number("full_marks_bp"), rule.number("no_marks_bp")
    reached = Fraction(part * _WHOLE_BP, whole) - none
    return floor(min(max(reached / (full - none), Fraction(0)), Fraction(1)) * _WHOLE_BP)


def _is_recognised(recognitions: Iterable[RecognisedFrom], on: date) -> bool:
    return any(recognition.holds(on) for recognition in recognitions)


TRIAL: Final = Trial(TCH_07, RatioFacts, enough_are_recognised)
