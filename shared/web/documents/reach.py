"""Whom the routes of documents let in: whom any of the service's objects lets in, and each to that object alone."""

from collections.abc import Iterable, Sequence

from shared.identity.access import Access, allow
from shared.identity.principal import MACHINE


def anyone_of(accesses: Iterable[Access]) -> Access:
    """Lets in whom one of these lets in. A role reaches beyond its own where it does so wherever it is let in."""
    several = tuple(accesses)
    roles = sorted({role for access in several for role in access.roles if role != MACHINE})
    wide = tuple(role for role in roles if _is_wide(role, several))
    scope = next((access.scope for access in several if access.scope), None)
    return allow(*(role for role in roles if role not in wide), scope=scope, alliance_wide=wide)


def _is_wide(role: str, accesses: Sequence[Access]) -> bool:
    return all(role in access.reach for access in accesses if role in access.roles)
