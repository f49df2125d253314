"""Ids that follow from what they stand for, so that whoever makes a thing again names the same one."""

import hashlib
from typing import Final

from shared.contracts.ids import PREFIXES

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID_LENGTH: Final = 26


def derived_id(kind: str, *parts: str) -> str:
    """The id of the thing of this kind that these parts tell from every other."""
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    number = int.from_bytes(digest[:16])
    digits = (_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_ULID_LENGTH)))
    return f"{PREFIXES[kind]}_{''.join(digits)}"
