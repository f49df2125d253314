"""A ladder of reminders: on which days, counted from the day on which something was due, who is reminded of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder: so many days after what is owed was due, on this level, to whoever these roles are in the case."""

    days: int
    level: int
    to: tuple[str, ...]

    def falls_on(self, due_on: date) -> date:
        """The day of the reminder."""
        return due_on + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Steps in the order of their days. `missed` says what becomes of those whose day had passed at the beginning."""

    steps: tuple[Step, ...]
    missed: Literal["skipped", "raised"]

    def __post_init__(self) -> None:
        """Refuse steps that are not in the order of their days."""
        days = [step.days for step in self.steps]
        if not days or days != sorted(set(days)):
            raise ValueError("the steps of a ladder follow each other, each on a day of its own")

    def first_after(self, due_on: date, on: date) -> int:
        """How many steps' days have come by a day."""
        return sum(step.falls_on(due_on) <= on for step in self.steps)

    def day_of(self, place: int, due_on: date) -> date | None:
        """The day of the step at this place; None above the last."""
        return self.steps[place].falls_on(due_on) if place < len(self.steps) else None

    def is_contained(self, place: int, reached: int) -> bool:
        """Whether everybody whom this step names is named by one that follows below `reached`."""
        later = {role for step in self.steps[place + 1 : reached] for role in step.to}
        return set(self.steps[place].to) <= later


Ladders = Mapping[str, Ladder]
