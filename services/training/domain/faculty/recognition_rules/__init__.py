"""What recognition of dual-qualified teachers is judged by (TCH-05, TCH-07 to TCH-11, TCH-16)."""

from typing import Final

from services.training.domain.faculty.recognition_rules import (
    equivalence,
    ratio,
    recheck,
    standard,
    validity,
    votes,
    yearly,
)

TRIALS: Final = (
    yearly.TRIAL,
    ratio.TRIAL,
    validity.TRIAL,
    standard.TRIAL,
    equivalence.TRIAL,
    recheck.TRIAL,
    votes.TRIAL,
)
SHAPES: Final = tuple(trial.shape for trial in TRIALS)
