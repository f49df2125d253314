"""What bodies and views have in common: bodies are closed and bounded, views are frozen; and the parts both use."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.fields import Code
from shared.contracts.ids import ProgrammeId
from shared.contracts.partnership import Skill

Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1900, pattern=r"^[^\x00]*$")
]
Day = Annotated[date, Field(ge=date(1940, 1, 1), le=date(2199, 12, 31))]
"""A date of the platform's time; what lies outside is a slip of the pen."""
Hours = Annotated[Decimal, Field(gt=0, le=24, multiple_of=Decimal("0.25"))]
"""Hours of one day, in quarters."""
Skills = Annotated[tuple[Skill, ...], Field(max_length=100)]
Programmes = Annotated[tuple[ProgrammeId, ...], Field(max_length=100)]
Number = Code
"""A number that a university gives to a person."""
_MINUTES: Final = 60


class Body(BaseModel):
    """What a caller sends."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Reason(Body):
    """Why something is ended."""

    reason: Sentence


class View(BaseModel):
    """What a caller is shown."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    @classmethod
    def of(cls, thing: object) -> Self:
        """The view of a thing of the domain."""
        return cls.model_validate(thing)


def minutes(hours: Decimal) -> int:
    """Hours as the domain keeps them."""
    return int(hours * _MINUTES)


def hours(minutes: int) -> float:
    """Minutes as a view shows them; quarters of an hour are exact."""
    return minutes / _MINUTES
