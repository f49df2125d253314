"""How a route says whom it lets in, and the check that follows from it: first 401, then the role's 403."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from shared.identity.principal import MACHINE, PERSONAL_ROLES, ROLES, Principal
from shared.identity.refusals import RoleNotAllowed

_SCOPE: Final = re.compile(r"[a-z]+:(read|write)")


@dataclass(frozen=True, slots=True)
class Access:
    """What a route asks: one of `roles` from people, `scope` from machine clients.

    Roles in `reach` go beyond their own things. Make one with `allow` or `public`.
    """

    roles: tuple[str, ...] = ()
    scope: str | None = None
    reach: tuple[str, ...] = ()
    public: bool = False

    def __post_init__(self) -> None:
        if strangers := {*self.roles, *self.reach} - ROLES:
            raise ValueError(f"No such role: {', '.join(sorted(strangers))}. Use one of {', '.join(sorted(ROLES))}.")
        if self.scope is not None and not _SCOPE.fullmatch(self.scope):
            raise ValueError(f"{self.scope!r} is no scope; write <service>:read or <service>:write.")
        if self.public == bool(self.roles or self.scope):
            raise ValueError("A route is either public or asks for a role or a scope.")

    def admit(self, who: Principal) -> Principal:
        """The caller in the role under which the route lets them in. Raises `RoleNotAllowed`."""
        role = self._role(who)
        if role is None:
            raise RoleNotAllowed(roles=self.roles, scope=self.scope)
        return replace(who, acting_as=role, alliance_wide=role in self.reach)

    def _role(self, who: Principal) -> str | None:
        held = [role for role in self.roles if role in who.roles]
        if held:
            # The role that reaches furthest is the one that is written down as having acted.
            return min(held, key=self._distance)
        if self.scope in who.scopes and not (who.roles and self.roles):
            return MACHINE
        return None

    def _distance(self, role: str) -> int:
        return 0 if role in self.reach else 2 if role in PERSONAL_ROLES else 1

    def document(self) -> dict[str, object]:
        """As the OpenAPI document shows it under `x-access`."""
        return {
            "public": self.public,
            "roles": list(self.roles),
            "scope": self.scope,
            "alliance_wide": list(self.reach),
        }


def allow(*roles: str, scope: str | None, alliance_wide: tuple[str, ...] = ()) -> Access:
    """Lets in people in one of the roles (or of those named `alliance_wide`), and machine clients that hold the scope.

    `scope=None` shuts machine clients out; without any role the scope alone decides, for people too. A role in
    `alliance_wide` reaches every organisation's things; `subscriber` there stands for machine clients.
    """
    everyone = (*roles, *(role for role in alliance_wide if role not in {*roles, MACHINE}))
    return Access(roles=everyone, scope=scope, reach=alliance_wide)


def public() -> Access:
    """Lets in everybody, unasked."""
    return Access(public=True)


def from_document(document: Mapping[str, object]) -> Access:
    """The access that a route's `x-access` shows. Raises `TypeError` when it is none."""
    match document:
        case {"public": bool(open_), "roles": [*roles], "scope": str() | None as scope, "alliance_wide": [*reach]}:
            return Access(tuple(map(str, roles)), scope, tuple(map(str, reach)), open_)
    raise TypeError("x-access is written by AccessRouter; give the route access=allow(...) or access=public().")
