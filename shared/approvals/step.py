"""A step of a chain of approvals: whose it is, and what somebody said at it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from shared.approvals.refusals import PersonMissing
from shared.documents.signing.parties import person, role_in
from shared.rules import Bilingual
from shared.words import Role, word_of

STEP_ROLES: Final = (
    "university_coop_office",
    "university_academic_office",
    "university_hr",
    "council_member",
    "teacher",
    "enterprise_admin",
    "enterprise_mentor",
    "base_operator",
)
"""In which roles somebody approves for their organisation."""
_ONE_OF_MANY: Final = frozenset({"teacher"})
"""Roles of so many that a step for all of them would be nobody's."""


class Verdict(StrEnum):
    """What somebody said at a step."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step, done by whoever holds the role in the organisation, or by one person who does."""

    name_zh: str
    name_en: str | None = None
    role: str
    person_id: str | None = None

    def __post_init__(self) -> None:
        """Raise `PersonMissing` where a role of many names nobody."""
        if self.role in _ONE_OF_MANY and self.person_id is None:
            raise PersonMissing(role=word_of(Role, self.role))

    @property
    def in_english(self) -> str:
        """Its name, the English one where there is one."""
        return self.name_en or self.name_zh

    @property
    def name(self) -> Bilingual:
        """What it is called in both languages."""
        return Bilingual(self.name_zh, self.in_english)

    def party(self, organization_id: str) -> str:
        """Whom it waits for in this organisation."""
        return person(self.person_id) if self.person_id else role_in(self.role, organization_id)

    def is_for(self, parties: Collection[str], organization_id: str) -> bool:
        """Whether it waits for somebody who is all these parties."""
        return {self.party(organization_id), role_in(self.role, organization_id)} <= set(parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDecision:
    """What was said at a step, by whom and when; with the reason, which a refusal must have."""

    step: int
    verdict: Verdict
    decided_by: str
    decided_at: datetime
    reason: str | None = None


def human(actor: str) -> str:
    """Who it is, in whichever role they act."""
    return actor.partition(":")[2]
