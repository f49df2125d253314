"""Ids that follow from what they stand for, so that whoever makes a thing again names the same one."""

import hashlib
from typing import Final

from shared.contracts.ids import PREFIXES

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID_LENGTH: Final = 26
_PAIRS: Final = tuple(one + other for one in _ALPHABET for other in _ALPHABET)
_SHIFTS: Final = tuple(range(5 * _ULID_LENGTH - 10, -1, -10))
"""A batch derives hundreds of ids: two digits at once are half as many steps."""


def derived_id(kind: str, *parts: str) -> str:
    """The id of the thing of this kind that these parts tell from every other."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    number = int.from_bytes(digest[:16])
    digits = "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])
    return f"{PREFIXES[kind]}_{digits}"
