"""Who is asked to sign, and what a signature says: of which bytes, by whom, when and how."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class How(StrEnum):
    """In which way a signature was given."""

    ACCOUNT = "account"
    LINK = "link"
    SCAN = "scan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A party that is asked. `name` is who signs for it, where that is known before; it leaves the service never."""

    party: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A party's yes to the bytes with this hash.

    `signatory` is who gave it: the actor with an account, else a name. `scan_id` names the document that shows the
    seals, and `signed_on` the day that stands on it.
    """

    party: str
    how: How
    signatory: str
    sha256: str
    given_at: datetime
    link_id: str | None = None
    scan_id: str | None = None
    signed_on: date | None = None
