"""Story S1: from an enterprise's need to a converted credit, through every service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shared.kernel.clock import system_clock
from shared.operations.stories.carrying_out import carry_out
from shared.operations.stories.cast import Cast
from shared.operations.stories.contracting import contract
from shared.operations.stories.crediting import credit
from shared.operations.stories.docking import Docking, dock
from shared.operations.stories.feed import Feed
from shared.operations.stories.practising import practise
from shared.operations.stories.region import region
from shared.operations.stories.retiring import retire
from shared.operations.stories.run import Diary
from shared.operations.stories.seed import seed
from shared.operations.stories.teller import Audience, Teller
from shared.operations.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Told:
    """A story that was told to its end, by whom and with whom."""

    teller: Teller
    cast: Cast
    docking: Docking


async def tell(
    visitor: Visitor, path: Path, audience: Audience, *, clock: Callable[[], datetime] = system_clock
) -> Told:
    """Tell the story: go on with the run of the file where it is unfinished, else begin a new one.

    Raises `NotCome` or `AnswerError` where it cannot go on; the run then stays unfinished.
    """
    diary = Diary.open(path, clock)
    teller = Teller(visitor, diary, audience)
    teller.step(0, "A small region comes into being")
    if diary.is_new:
        await retire(teller, region())
        diary.note()
    cast = await seed(teller, region())
    if diary.run.after is None:
        diary.note(after=await Feed(visitor).position())
    docking = await dock(teller, region(), cast)
    contracts = await contract(teller, region(), cast, docking)
    cohort = await carry_out(teller, cast, docking, contracts)
    await practise(teller, cast, docking, contracts)
    await credit(teller, cast, cohort)
    return Told(teller, cast, docking)
