"""Minutes as papers write them: whole hours, or with two places after the point at most."""

from typing import Final

_MINUTES: Final = 60


def in_hours(minutes: int) -> str:
    """Hours, rounded down to a hundredth: `40`, `37.5`."""
    hours, rest = divmod(minutes, _MINUTES)
    hundredths = rest * 100 // _MINUTES
    return f"{hours}.{hundredths:02}".rstrip("0") if hundredths else str(hours)
