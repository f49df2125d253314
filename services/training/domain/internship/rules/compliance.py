"""What the rules say of one placement: before it is approved, and later, when logs, payments and a grade are there."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.training.domain.internship.rules import TRIALS
from services.training.domain.internship.rules.case import PlacementCase
from services.training.domain.internship.rules.duration import INT_02
from services.training.domain.internship.rules.logbook import INT_21, INT_22
from services.training.domain.internship.rules.papers import INT_05, INT_06
from services.training.domain.internship.rules.pay import INT_14, INT_15
from services.training.domain.internship.rules.person import INT_07, INT_08
from services.training.domain.internship.rules.programme import INT_17
from services.training.domain.internship.rules.quota import INT_03, INT_04
from shared.rules import Asked, Facts, Finding, Trial

COGNITION: Final = "cognition"
_AFTER_THE_START: Final = frozenset({INT_21.id, INT_22.id})
# The regulation asks this of internships on a post; one for cognition is led like any other excursion of a school.
_ON_A_POST_ONLY: Final = frozenset(
    rule.id for rule in (INT_02, INT_03, INT_04, INT_05, INT_06, INT_07, INT_08, INT_14, INT_15, INT_17, INT_21, INT_22)
)


def check(case: PlacementCase, asked: Asked) -> tuple[Finding, ...]:
    """One finding of every rule that applies to the placement before it is approved, in the order of their numbers."""
    return _judged(case, asked, (trial for trial in applying(case) if trial.shape.id not in _AFTER_THE_START))


def review(case: PlacementCase, asked: Asked) -> tuple[Finding, ...]:
    """One finding of every rule that applies to the placement at all, by what has become known of it since."""
    return _judged(case, asked, applying(case))


def applying(case: PlacementCase) -> Iterator[Trial]:
    """The rules that apply to this kind of internship; all of them while its kind is not known."""
    return (trial for trial in TRIALS if case.kind != COGNITION or trial.shape.id not in _ON_A_POST_ONLY)


def facts_of(trial: Trial, case: PlacementCase) -> Facts:
    """The facts that a rule is judged by, taken from the case as they are: they were checked when it was made."""
    return trial.facts.model_construct(**{name: getattr(case, name) for name in trial.facts.model_fields})


def _judged(case: PlacementCase, asked: Asked, trials: Iterable[Trial]) -> tuple[Finding, ...]:
    return tuple(trial.judge(facts_of(trial, case), asked) for trial in trials)
