"""What bodies and views have in common: bodies are closed and bounded, views are frozen; and the parts both use."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Sentence = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[^\x00]*$")
]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2199, 12, 31))]
"""A date of the platform's time; what lies outside is a slip of the pen."""


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


class BilingualView(View):
    """One sentence in both languages."""

    zh: str
    en: str


class WarningView(View):
    """A finding that forbade nothing and should still be seen."""

    rule: str
    version: str
    case: str
    message: BilingualView
    remedy: BilingualView | None
    actual: int | str | None
    limit: int | str | None
