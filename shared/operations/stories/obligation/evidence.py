"""What there is after story S3, read over HTTP once everything has come to rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.operations.stories.feed import Event, Feed
from shared.operations.stories.finding import name_of
from shared.operations.stories.obligation.cast import ObligationCast
from shared.operations.stories.obligation.clocking import KIND
from shared.operations.stories.obligation.college import Fate
from shared.operations.stories.teller import Teller
from shared.operations.stories.telling import Rest, at_rest, set_aside

RAISED: Final = "notify.escalation.raised"
_STEPS_UP: Final = 2
"""The level above, and the council."""
_TICKS_SECONDS: Final = 90.0
"""Longer than two of the ticks in which services do what has come due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationTold:
    """Story S3, told to its end: by whom, with whom, and what the rule said when it was tried."""

    teller: Teller
    cast: ObligationCast
    agreement: str
    trials: Sequence[Mapping[str, Any]]

    @property
    def stories(self) -> tuple[str, ...]:
        """What the events of the story are told under: the agreement, and each teacher for what time alone does."""
        return (self.agreement, *self.cast.teachers.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationEvidence:
    """Everything that the findings are made of: `clocks` are the new teachers', `counts` those of the department."""

    rest: Rest
    clocks: Mapping[Fate, Mapping[str, Any]]
    counts: Mapping[str, Any]
    set_aside: Mapping[str, Sequence[str]]


async def gather(story: ObligationTold) -> ObligationEvidence:
    """Wait until nothing moves any more, then read."""
    teller, cast = story.teller, story.cast
    rest = await at_rest(teller, *story.stories)
    counts = await teller.get(cast.personnel, "training", "/v1/obligation-counts")
    return ObligationEvidence(
        rest=rest,
        clocks=await clocks(teller, cast),
        counts=next((one for one in counts["items"] if one["kind"] == KIND), {}),
        set_aside=await set_aside(teller),
    )


async def clocks(teller: Teller, cast: ObligationCast) -> Mapping[Fate, Mapping[str, Any]]:
    """The clock of each new teacher's half year, as far as there is one."""
    owed = await teller.all(cast.personnel, "training", "/v1/obligations", kind=KIND)
    by_teacher = {clock["teacher_id"]: clock for clock in owed}
    return {fate: by_teacher[teacher] for fate, teacher in cast.teachers.items() if teacher in by_teacher}


async def until_counted(teller: Teller, cast: ObligationCast, days: Mapping[Fate, int]) -> None:
    """Wait until the clocks have counted so many days."""
    done: dict[Fate, int] = {}

    async def look() -> bool | None:
        done.update({fate: clock["done_days"] for fate, clock in (await clocks(teller, cast)).items()})
        return True if done == days else None

    await teller.until(f"the clocks to have counted {dict(days)}", look, lambda: done)


async def until_raised(teller: Teller, teacher: str) -> None:
    """Wait until everybody above has heard of a teacher who is overdue."""
    events: list[Event] = []

    async def look() -> bool | None:
        events[:] = await Feed(teller.visitor).story(teacher)
        raised = [name_of(event) for event in events].count(RAISED)
        return True if raised == _STEPS_UP else None

    teller.say("services do what has come due twice a minute")
    told = "reminders to go up to the council"
    await teller.until(told, look, lambda: [name_of(event) for event in events], within=_TICKS_SECONDS)
