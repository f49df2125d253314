"""What should stand in a person's entry instead, as the person says it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.training.domain.privacy.refusals import BornLater, NotHeld, NothingToCorrect
from shared.words import Worded, choices


class PersonField(Worded):
    """What may be held of a person and can be corrected."""

    NAME = "name", "姓名", "name"
    NUMBER = "number", "学号或工号", "number"
    BIRTH_DATE = "birth_date", "出生日期", "birth date"
    SEX = "sex", "性别", "sex"


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
        return tuple(field.value for field in PersonField if getattr(self, field.value) is not None)

    def require_about(self, held: Collection[str], *, on: date) -> None:
        """Raise unless it says something, nothing but what is held of this person, and no birth that is to come."""
        if not self.fields:
            raise NothingToCorrect
        for field in self.fields:
            if field not in held:
                raise NotHeld(field=PersonField(field), held=choices(PersonField(each) for each in held))
        if self.birth_date is not None and self.birth_date > on:
            raise BornLater
