"""The token of a one-time link: told once, kept as a hash, and as hard to guess as a key."""

import hashlib
import secrets
from typing import Annotated, Final

from fastapi import Path

_BYTES: Final = 32
_LETTERS: Final = 43
"""How long 32 bytes are in base64 without padding."""

_FORM: Final = {"minLength": _LETTERS, "maxLength": _LETTERS, "pattern": r"^[0-9A-Za-z_-]+$"}

OneTimeToken = Annotated[str, Path(json_schema_extra=_FORM)]
"""A token as it stands in a path; what has another form was never given out, and is not found like any such."""


def new_token() -> str:
    """A new token of 256 random bits: trying them out finds none, however fast anybody tries."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(token: str) -> str:
    """What is kept of a token. It needs no salt: nobody can list 2**256 tokens beforehand."""
    return hashlib.sha256(token.encode()).hexdigest()
