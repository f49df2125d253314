"""What recognition of dual-qualified teachers is judged by (TCH-05, TCH-07 to TCH-11)."""

from typing import Final

from services.training.domain.faculty.recognition_rules import (
    equivalence,
    ratio,
    recheck,
    standard,
    validity,
    yearly,
)

TRIALS: Final = (yearly.TRIAL, ratio.TRIAL, validity.TRIAL, standard.TRIAL, equivalence.TRIAL, recheck.TRIAL)
SHAPES: Final = tuple(trial.shape for trial in TRIALS)
