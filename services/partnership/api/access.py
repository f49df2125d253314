"""Who may come in where: the roles that read, and the scopes that machine clients need."""

from typing import Final

from shared.identity.access import Access, allow

WIDE: Final = ("alliance_office", "government")
"""Who reads everybody's things."""
READ: Final[Access] = allow(
    "university_coop_office",
    "university_academic_office",
    "university_hr",
    "enterprise_admin",
    "enterprise_mentor",
    "base_operator",
    scope="partnership:read",
    alliance_wide=WIDE,
)
WRITE: Final = "partnership:write"
