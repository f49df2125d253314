"""Who may come in where: the scopes that machine clients need, and the roles that read more than their own."""

from typing import Final

READ: Final = "training:read"
WRITE: Final = "training:write"
WIDE: Final = ("alliance_office", "government")
"""Who reads everybody's bases and cohorts."""
OFFICE: Final = ("alliance_office",)
"""Who alone reads everybody's practice, and overrides rules."""
