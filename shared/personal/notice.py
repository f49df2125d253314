"""The notice on processing to which persons consent: the edition in force, and the hash by which it is known."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Final

from pydantic import TypeAdapter

from shared.shipped import shipped_yaml

_FILE: Final = "notice.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One edition of the notice, in both languages."""

    edition: int
    zh: str
    en: str

    @property
    def digest(self) -> str:
        """What the edition says, as a hash."""
        return hashlib.sha256(f"{self.zh}\n{self.en}".encode()).hexdigest()


@cache
def notice_in_force() -> Notice:
    """The newest edition. Raises `ValidationError` where the file holds none."""
    return TypeAdapter(list[Notice]).validate_python(shipped_yaml(__package__, _FILE))[-1]
