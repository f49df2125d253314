"""Giving out what `shared.operations.access` works out: users of Kafka, their rights, and outside subscribers."""

from shared.operations.granting.command import AccessDiffersError, apply_access, shown_access
from shared.operations.granting.subscribers import add_subscriber, remove_subscriber, shown_subscribers

__all__ = [
    "AccessDiffersError",
    "add_subscriber",
    "apply_access",
    "remove_subscriber",
    "shown_access",
    "shown_subscribers",
]
