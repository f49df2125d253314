"""The caller as every part of a service sees them: whose organisation, which persons, in which role."""

import re
from dataclasses import dataclass
from typing import Final

from shared.contracts.ids import ALLIANCE
from shared.words import Role

ROLES: Final = frozenset(role.value for role in Role)

MACHINE: Final = "subscriber"

# There is one such office, to whichever organisation those who work in it belong.
OFFICE_OF_ALLIANCE: Final = "alliance_office"

# These act for themselves: that their university owns a thing does not make it theirs.
PERSONAL_ROLES: Final = frozenset({"teacher", "student", "guardian"})

# What a token may put into an actor, a header or a party: visible ASCII, and for ids the letters of ids.
SUBJECT_PATTERN: Final = re.compile(r"[\x21-\x7e]{1,128}")
ID_PATTERN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody whose token was verified. `acting_as` and `alliance_wide` are set by the route that let them in.

    `persons` are all ids that are this user (`tch_…`, `stu_…`, `tec_…`, `per_…`). Who has no role is a machine client
    and acts as `subscriber`. `test` marks demonstration tokens, whose work is marked likewise.
    """

    subject: str
    organization_id: str | None = None
    roles: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    test: bool = False
    acting_as: str = MACHINE
    alliance_wide: bool = False

    @property
    def actor(self) -> str:
        """Who did it, as events and audit rows say it: `<role>:<person, or else the token's subject>`."""
        return f"{self.acting_as}:{min(self.persons, default=self.subject)}"

    @property
    def identities(self) -> frozenset[str]:
        """The ids in whose name the caller acts: their persons, and their organisation unless the role is personal."""
        if self.organization_id is None or self.acting_as in PERSONAL_ROLES:
            return self.persons
        return self.persons | {self.organization_id}

    @property
    def parties(self) -> frozenset[str]:
        """All addressees of notifications that are this caller: `person:<id>` and `role:<role>@<organisation id>`.

        The office of the alliance is one of them whatever its organisation.
        """
        persons = {f"person:{person}" for person in self.persons}
        office = {f"role:{OFFICE_OF_ALLIANCE}@{ALLIANCE}"} & {f"role:{role}@{ALLIANCE}" for role in self.roles}
        if self.organization_id is None:
            return frozenset(persons | office)
        return frozenset(persons | office | {f"role:{role}@{self.organization_id}" for role in self.roles})
