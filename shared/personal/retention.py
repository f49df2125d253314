"""How long what is kept and why, read once from the file that says it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from shared.kernel.calendar import business_date, midnight, months_later
from shared.shipped import shipped_yaml

_FILE: Final = "retention.yaml"


class Retention(BaseModel):
    """One class of retention: its ground, its time, where both come from, and the sentence in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ground: Literal["statutory_duty", "contract", "consent", "none"]
    sure: Literal["law", "plan"]
    source: str
    en: str
    zh: str
    months: int | None = Field(default=None, ge=1)
    days: int | None = Field(default=None, ge=1)

    def begins(self, now: datetime) -> datetime:
        """What is older than this has been kept for its time. Raises `LookupError` where that is not a number."""
        if self.months is not None:
            return midnight(months_later(business_date(now), -self.months))
        if self.days is not None:
            return now - timedelta(days=self.days)
        raise LookupError("what is kept without a number does not go with time")


@cache
def retentions() -> Mapping[str, Retention]:
    """Every class by its name. Raises `ValidationError` where the file says what no class can be."""
    return TypeAdapter(dict[str, Retention]).validate_python(shipped_yaml(__package__, _FILE))
