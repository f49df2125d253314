"""The rules of internships, INT-01 to INT-25: pure functions over facts, and what they say of a placement."""

from typing import Final

from services.training.domain.internship.rules import (
    conduct,
    duration,
    insurance,
    logbook,
    papers,
    pay,
    person,
    programme,
    quota,
    venue,
    vetting,
    work_time,
)

_MODULES: Final = (
    duration,
    quota,
    papers,
    person,
    venue,
    conduct,
    work_time,
    pay,
    programme,
    insurance,
    vetting,
    logbook,
)
TRIALS: Final = tuple(
    sorted((trial for module in _MODULES for trial in module.TRIALS), key=lambda trial: trial.shape.id)
)
SHAPES: Final = tuple(trial.shape for trial in TRIALS)

__all__ = ["SHAPES", "TRIALS"]
