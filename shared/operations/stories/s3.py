"""Story S3: three new teachers, of whom one is warned in time, one fulfils what they owe, and one is overdue."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from shared.kernel.clock import system_clock
from shared.operations.stories.obligation.clocking import ask_the_rule, found, practise
from shared.operations.stories.obligation.college import college
from shared.operations.stories.obligation.evidence import ObligationTold, until_counted, until_raised
from shared.operations.stories.obligation.findings import DONE
from shared.operations.stories.run import Diary
from shared.operations.stories.teller import Audience, Teller
from shared.operations.visitor import Visitor


async def tell(
    visitor: Visitor, path: Path, audience: Audience, *, clock: Callable[[], datetime] = system_clock
) -> ObligationTold:
    """Tell the story: go on with the run of the file where it is unfinished, else begin a new one.

    Raises `NotCome` or `AnswerError` where it cannot go on; the run then stays unfinished.
    """
    diary = Diary.open(path, clock)
    teller = Teller(visitor, diary, audience)
    teller.step(0, "A college hires three teachers, and the clocks of their first practice begin to run")
    # Earlier runs need not leave: teachers without skills are no candidates for anybody's need.
    diary.note()
    cast = await found(teller, college())
    trials = await ask_the_rule(teller, cast, college().trials)
    agreement = await practise(teller, college(), cast)
    teller.step(4, "The clocks count what was verified; who is overdue is told of up to the council")
    await until_counted(teller, cast, DONE)
    await until_raised(teller, cast.teachers["overdue"])
    return ObligationTold(teller=teller, cast=cast, agreement=agreement, trials=trials)
