"""The stories that can be told, each from its first step to what must hold after its last."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.operations.measuring import Latencies, measure
from shared.operations.stories import s1, s2, s3, s4
from shared.operations.stories.evidence import gather as gather_of_s1
from shared.operations.stories.finding import Finding
from shared.operations.stories.findings import find as find_in_s1
from shared.operations.stories.internship.evidence import gather as gather_of_s2
from shared.operations.stories.internship.findings import find as find_in_s2
from shared.operations.stories.obligation.evidence import gather as gather_of_s3
from shared.operations.stories.obligation.findings import find as find_in_s3
from shared.operations.stories.paperwork.findings import find as find_in_s4
from shared.operations.stories.paperwork.findings import gather as gather_of_s4
from shared.operations.stories.teller import Audience, Teller
from shared.operations.visitor import Visitor

HEADLINE: Final = "s1"


@dataclass(frozen=True, slots=True)
class Ending:
    """A story that was told: by whom, and what was found. `measured` posts so many needs more, where it has needs."""

    teller: Teller
    findings: Sequence[Finding]
    measured: Callable[[int], Awaitable[Latencies]] | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A story: how many steps it has, and how it is told. Raises `NotCome` or `AnswerError` where it cannot go on."""

    name: str
    steps: int
    conduct: Callable[[Visitor, Path, Audience], Awaitable[Ending]]


async def _s1(visitor: Visitor, run: Path, audience: Audience) -> Ending:
    story = await s1.tell(visitor, run, audience)
    audience.step(13, "Everybody was told, and nothing was lost")
    return Ending(story.teller, find_in_s1(story, await gather_of_s1(story)), lambda number: measure(story, number))


async def _s2(visitor: Visitor, run: Path, audience: Audience) -> Ending:
    story = await s2.tell(visitor, run, audience)
    audience.step(7, "Everybody was told, and nothing was lost")
    return Ending(story.teller, find_in_s2(story, await gather_of_s2(story)))


async def _s3(visitor: Visitor, run: Path, audience: Audience) -> Ending:
    story = await s3.tell(visitor, run, audience)
    audience.step(5, "Everybody was told, and nothing was lost")
    return Ending(story.teller, find_in_s3(story, await gather_of_s3(story)))


async def _s4(visitor: Visitor, run: Path, audience: Audience) -> Ending:
    story = await s4.tell(visitor, run, audience)
    audience.step(8, "Everybody was told, and nothing was lost")
    return Ending(story.teller, find_in_s4(story, await gather_of_s4(story)))


STORIES: Final[Mapping[str, Story]] = {
    story.name: story for story in (Story("s1", 13, _s1), Story("s2", 7, _s2), Story("s3", 5, _s3), Story("s4", 8, _s4))
}
