"""The two sides of a match, and which office of which organisation answers for each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from shared.contracts.partnership import Candidate

NEED_ROLE: Final = "enterprise_admin"
CANDIDATE_ROLES: Final = {
    "programme": "university_coop_office",
    "base": "base_operator",
    "teacher": "university_hr",
    "student": "university_coop_office",
    "technician": "enterprise_admin",
}
"""Who answers for a candidate of each kind, in the organisation that answers for the candidate."""


class Side(StrEnum):
    """Who asked, and who could meet it."""

    NEED = "need"
    CANDIDATE = "candidate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """That one side said yes."""

    side: Side
    organization_id: str
    at: datetime


def is_answerable(candidate: Candidate) -> bool:
    """Whether anybody answers for candidates of this kind; a later release of talent may know more kinds."""
    return candidate.kind in CANDIDATE_ROLES


def sides_of(
    candidate: Candidate, need_organization_id: str, organization_id: str, roles: Collection[str]
) -> frozenset[Side]:
    """The sides that somebody of this organisation with these roles answers for; both, where both are theirs."""
    answered = {
        Side.NEED: organization_id == need_organization_id and NEED_ROLE in roles,
        Side.CANDIDATE: organization_id == candidate.organization_id and CANDIDATE_ROLES[candidate.kind] in roles,
    }
    return frozenset(side for side, theirs in answered.items() if theirs)
