"""Bringing one service that was restored from a dump back into agreement with what its topics have told since."""

from shared.operations.restoring.command import Wish, restore

__all__ = ["Wish", "restore"]
