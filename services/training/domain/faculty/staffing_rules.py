"""The rules on who teaches: first practice, recruitment, part-time teachers, technicians and teachers in exchange."""

from typing import Final

from services.training.domain.faculty import (
    exchange,
    first_practice,
    part_time_share,
    recruiting,
    skill_level,
)

TRIALS: Final = (
    first_practice.TRIAL,
    recruiting.TRIAL,
    part_time_share.TRIAL,
    exchange.TRIAL,
    skill_level.TRIAL,
)
SHAPES: Final = tuple(trial.shape for trial in TRIALS)
