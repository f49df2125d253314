"""What should stand in a person's entry instead, as the person says it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.training.domain.privacy.refusals import BornLater, NotHeld, NothingToCorrect


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The corrected values; None leaves what is there."""

    name: str | None = None
    number: str | None = None
    birth_date: date | None = None
    sex: Literal["female", "male"] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """What it speaks of."""
        named = ("name", "number", "birth_date", "sex")
        return tuple(name for name in named if getattr(self, name) is not None)

    def require_about(self, held: Collection[str], *, on: date) -> None:
        """Raise unless it says something, nothing but what is held of this person, and no birth that is to come."""
        if not self.fields:
            raise NothingToCorrect
        for field in self.fields:
            if field not in held:
                raise NotHeld(field=field, held=", ".join(held))
        if self.birth_date is not None and self.birth_date > on:
            raise BornLater
