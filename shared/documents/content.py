"""What was kept, known by its bytes alone: hash, size and kind of file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bytes in the store, as a document names them. Equal bytes have an equal hash and are kept once."""

    sha256: str
    size: int
    media_type: str
