"""One transaction for state, outbox and audit, and the repositories through which handlers see it."""

from shared.persistence.unit_of_work.repositories import Logged, Projected, Stored, StoredReader, StoredRepository
from shared.persistence.unit_of_work.unit import UnitOfWork

__all__ = ["Logged", "Projected", "Stored", "StoredReader", "StoredRepository", "UnitOfWork"]
