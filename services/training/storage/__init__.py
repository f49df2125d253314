"""How training's aggregates are kept: one table each, columns named like the fields, by the part of the trade."""

from services.training.storage.table import Table
from services.training.storage.work import TrainingWork

__all__ = ["Table", "TrainingWork"]
