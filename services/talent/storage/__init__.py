"""How talent keeps what it owns, and what it knows of others: one table each, columns named like the fields."""

from services.talent.storage.tables import Table
from services.talent.storage.work import TalentWork

__all__ = ["Table", "TalentWork"]
