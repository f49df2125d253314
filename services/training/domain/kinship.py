"""Ids of things that are born of others: the same parent gives the same id, so that a repeat finds what is there."""

import hashlib
from typing import Final

from shared.contracts.ids import PREFIXES

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def born_of(parent_id: str, kind: str, part: str = "") -> str:
    """The id of the `kind` that is born of this parent; `part` tells several of one kind apart.

    It keeps the ten letters of the parent's time, so that it sorts like its parent; the rest is drawn from the names.
    """
    time = parent_id.rpartition("_")[2][:10]
    digest = hashlib.sha256(f"{parent_id}/{kind}/{part}".encode()).digest()
    number = int.from_bytes(digest[:10])
    drawn = "".join(_LETTERS[number >> 5 * place & 31] for place in range(16))
    return f"{PREFIXES[kind]}_{time}{drawn}"
