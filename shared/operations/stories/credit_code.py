"""Unified social credit codes for fictional organisations: valid by GB 32100, and no real organisation's."""

import hashlib
from typing import Final

_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_OTHER_AUTHORITY: Final = "Y1"
"""Registered by an authority of the kind "other": no commercial register and no civil-affairs office writes that."""


def credit_code(run_id: str, name: str, region_code: str) -> str:
    """The code of this organisation in this run: the same whenever it is asked for, another one in every other run."""
    digest = hashlib.sha256(f"{run_id}/{name}".encode()).digest()
    body = "".join(_CHARACTERS[byte % len(_CHARACTERS)] for byte in digest[:8])
    first = f"{_OTHER_AUTHORITY}{region_code}{body}{_organisation_digit(body)}"
    return first + _check_digit(first)


def _organisation_digit(body: str) -> str:
    """GB 11714."""
    total = sum(int(character, 36) * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def _check_digit(first: str) -> str:
    """GB 32100."""
    total = sum(_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(first))
    return _CHARACTERS[-total % 31]
