"""What may be asked about what an enterprise hosts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHostingYear:
    """Open a calendar year of an enterprise, for the papers that prove it."""

    enterprise_id: str
    year: int
